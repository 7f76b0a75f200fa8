/** PostgreSQL, Redis and the holder of the jcli lease fail in each of their ways. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "../until.ts";
import { settled } from "./oracle.ts";
import { PARTS, Plant } from "./plant.ts";

describe("stores that fail", () => {
  let plant: Plant;

  before(async () => {
    plant = await Plant.start();
  });
  after(() => plant?.[Symbol.asyncDispose]());

  /** Sends until `work` is done; what was accepted meanwhile must not be lost. */
  const whileSending = async (work: () => Promise<unknown>): Promise<void> => {
    let isDone = false;
    const sending = Array.from({ length: 4 }, async () => {
      while (!isDone) await plant.send();
    });
    try {
      await work();
    } finally {
      isDone = true;
      await Promise.all(sending);
    }
    await settled(plant);
  };
  const tells = (name: string, state: string) =>
    until(
      `/healthz to tell that ${name} is ${state}`,
      30,
      async () => await plant.health(name) === state,
    );
  const sent = (count: number) => {
    const from = plant.accepted.length;
    return until(`${count} more to be taken`, 60, () => plant.accepted.length >= from + count);
  };

  it("every connection to PostgreSQL is cut, again and again", () =>
    whileSending(async () => {
      for (let cut = 0; cut < 10; cut++) {
        await plant.sql`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name like 'jasmin-dashboard%'`;
        await sent(4);
      }
    }));

  it("PostgreSQL is killed and comes back", () =>
    whileSending(async () => {
      await sent(10);
      await plant.postgres.crash();
      await sent(10);
      await tells("postgresql", "up");
    }));

  it("the table of messages is locked for a while: everything waits, and goes on", () =>
    whileSending(async () => {
      await sent(10);
      await plant.sql.begin(async (tx) => {
        await tx`lock table messages in access exclusive mode`;
        await tx`select pg_sleep(5)`;
      });
      await sent(10);
    }));

  it("Redis is killed and comes back empty", () =>
    whileSending(async () => {
      await sent(10);
      await plant.redis.crash();
      await sent(10);
      await tells("redis", "up");
    }));

  it("Redis is frozen: told, and messages go on", () =>
    whileSending(async () => {
      await plant.redis.freeze();
      try {
        await tells("redis", "down");
        await sent(10);
      } finally {
        plant.redis.thaw();
      }
      await tells("redis", "up");
    }));

  it("the holder of the jcli lease is frozen past its lease: another takes over, it says no more", async () => {
    const [pid = 0] = plant.pids("gateway");
    const holder = async () => {
      const [row] = await plant.sql<{ holder: string; epoch: bigint; held: boolean }[]>`
        select holder, epoch, expires_at > now() as held from leases where name = 'gateway:main'`;
      return row;
    };
    const before = await holder();
    const session = plant.jcli.passages.at(-1);
    assert(session !== undefined && session.said > 0);
    Deno.kill(pid, "SIGSTOP");
    let said = 0;
    try {
      plant.launchAnother("gateway");
      await until("another to hold the lease", 60, async () => {
        const now = await holder();
        return now !== undefined && now.held && now.epoch > (before?.epoch ?? 0n);
      });
      said = session.said;
    } finally {
      Deno.kill(pid, "SIGCONT");
    }
    const taken = await holder();
    await until(
      "the thawed one to know",
      30,
      () => /The lease is lost/.test(plant.outputs("gateway")[0] ?? ""),
    );
    // A whole round of looking at the gateway, by whoever may.
    const byOthers = () =>
      plant.jcli.passages.filter((each) => each !== session)
        .reduce((sum, each) => sum + each.said, 0);
    const heard = byOthers();
    await until("the new holder to look again", 60, () => byOthers() > heard + 50);
    assert.equal(session.said, said, "the frozen one went on with its session");
    assert.equal((await holder())?.epoch, taken?.epoch);
    await plant.kill("gateway");
    plant.launch("gateway");
    await settled(plant);
  });

  it("asked to end under load: each role drains within 10 s, and nothing is lost", () =>
    whileSending(async () => {
      for (const part of PARTS.filter((each) => each !== "web")) {
        await until(
          `${part} to be up`,
          60,
          () => plant.outputs(part).every((output) => output.includes("Gateway: ")),
        );
        const { codes, seconds } = await plant.stop(part);
        assert(codes.every((code) => code === 0), `${part} ended with ${codes}`);
        assert(seconds < 10, `${part} took ${seconds.toFixed(1)} s`);
        plant.launch(part);
      }
      await sent(10);
    }));
});
