import assert from "node:assert/strict";
import { UnavailableError } from "../../errors/mod.ts";
import { setLogLevel } from "../../log/mod.ts";
import { openStream, START_ID } from "../mod.ts";
import { startCuttingProxy } from "../testing/cutting_proxy.ts";
import { collect, end, numbered } from "../testing/harness.ts";
import { RedisServer } from "../testing/redis_server.ts";

const S = "live";

setLogLevel("silent"); // each cut would be a line

async function withServer(
  options: string[],
  body: (server: RedisServer) => Promise<void>,
): Promise<void> {
  const server = await RedisServer.start(...options);
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

Deno.test("redis: reader and appender survive a kill of a server that keeps its file", () =>
  withServer(["--appendonly", "yes", "--appendfsync", "always"], async (server) => {
    const stream = openStream({ redisUrl: server.url });
    try {
      const from = await end(stream, S);
      const total = 300;
      const reading = collect(stream, S, from, total);
      const ids: string[] = [];
      let down: Promise<void> | undefined;
      for (let n = 0; n < total; n += 10) {
        if (n === 100) down = server.kill().then(() => server.restart());
        ids.push(...await stream.append(S, numbered(n, n + 10)));
      }
      await down;
      const entries = await reading;
      assert.deepEqual(entries.map((entry) => entry.id), ids);
      assert.equal((await stream.bounds(S)).epoch, from.epoch);
    } finally {
      await stream.close();
    }
  }));

Deno.test("redis: FLUSHALL and a crash that loses everything make new epochs", () =>
  withServer([], async (server) => {
    const stream = openStream({ redisUrl: server.url });
    try {
      const epochs = new Set<string>();
      for (const lose of [() => server.command("FLUSHALL"), () => server.kill()]) {
        await stream.append(S, numbered(0, 3));
        const before = await end(stream, S);
        epochs.add(before.epoch);
        const reading = stream.read(S, before, { blockMs: 20_000 });
        await lose();
        if (lose.toString().includes("kill")) await server.restart();
        await stream.append(S, numbered(3, 4));
        const read = await reading;
        assert.ok(read.kind === "gap");
        epochs.add(read.bounds.epoch);
        assert.deepEqual((await stream.range(S)).map((entry) => entry.data), ['{"n":3}']);
      }
      assert.equal(epochs.size, 3);
    } finally {
      await stream.close();
    }
  }));

Deno.test("redis: a server that comes back without acknowledged entries makes a new epoch", () =>
  withServer([], async (server) => {
    const stream = openStream({ redisUrl: server.url });
    try {
      await stream.append(S, numbered(0, 3));
      await server.command("SAVE");
      await stream.append(S, numbered(3, 6));
      const before = await end(stream, S);
      await server.kill();
      await server.restart();
      assert.equal((await stream.read(S, before)).kind, "gap"); // ahead of what the server has
      await stream.append(S, numbered(6, 7));
      const after = await stream.bounds(S);
      assert.notEqual(after.epoch, before.epoch);
      const all = await stream.read(S, { epoch: after.epoch, id: START_ID });
      assert.ok(all.kind === "entries");
      assert.deepEqual(all.entries.map((entry) => JSON.parse(entry.data).n), [0, 1, 2, 6]);
    } finally {
      await stream.close();
    }
  }));

Deno.test("redis: an append whose answer was cut is stored once", () =>
  withServer([], async (server) => {
    const proxy = startCuttingProxy({ hostname: "127.0.0.1", port: server.port });
    const stream = openStream({ redisUrl: `redis://127.0.0.1:${proxy.port}` });
    try {
      await stream.append(S, numbered(0, 1));
      const ids: string[] = [];
      for (let n = 1; n < 21; n++) {
        proxy.cutNextAnswer();
        ids.push(...await stream.append(S, numbered(n, n + 1)));
      }
      assert.equal(proxy.cuts, 20);
      const stored = await stream.range(S);
      assert.deepEqual(
        stored.map((entry) => JSON.parse(entry.data).n),
        Array.from({ length: 21 }, (_, i) => i),
      );
      assert.deepEqual(stored.slice(1).map((entry) => entry.id), ids);
    } finally {
      await stream.close();
      await proxy.close();
    }
  }));

Deno.test("redis: what the server rejects is repeated for a bounded time only", () =>
  withServer([], async (server) => {
    const stream = openStream({ redisUrl: server.url, retryBudgetMs: 400 });
    try {
      await stream.append(S, numbered(0, 1));
      await server.command("CONFIG", "SET", "min-replicas-to-write", "1"); // NOREPLICAS
      await assert.rejects(stream.append(S, numbered(1, 2)), UnavailableError);
      const patient = stream.append(S, numbered(2, 3));
      await server.command("CONFIG", "SET", "min-replicas-to-write", "0");
      await patient;
      assert.deepEqual((await stream.range(S)).map((e) => e.data), ['{"n":0}', '{"n":2}']);

      await server.kill();
      await assert.rejects(stream.append(S, numbered(3, 4)), UnavailableError);
      await assert.rejects(stream.bounds(S), UnavailableError);
      const health = await stream.health();
      assert.equal(health.ok, false);
      assert.match(health.message ?? "", /ECONNREFUSED/);
    } finally {
      await stream.close();
    }
  }));

Deno.test("redis: a wrong password is told at once and isn't in the message", () =>
  withServer([], async (server) => {
    await server.command("CONFIG", "SET", "requirepass", "right");
    const stream = openStream({ redisUrl: `redis://:wr0ng@127.0.0.1:${server.port}` });
    try {
      const started = performance.now();
      await assert.rejects(stream.bounds(S), (error: Error) => {
        assert.ok(error instanceof UnavailableError);
        assert.match(error.message, /WRONGPASS/);
        assert.doesNotMatch(error.message, /wr0ng/);
        return true;
      });
      assert.ok(performance.now() - started < 3_000);
    } finally {
      await stream.close();
    }
  }));
