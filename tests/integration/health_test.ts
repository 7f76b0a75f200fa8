/** What `/healthz` and the API say while PostgreSQL or Redis is away. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiClient, ask } from "../client.ts";
import {
  type PostgresService,
  type RedisService,
  startPostgres,
  startRedis,
  testStack,
} from "../setup/mod.ts";
import { until } from "../until.ts";
import { numberFor, type Stack, startStack } from "./stack.ts";

interface Health {
  readonly status: number;
  readonly states: Readonly<Record<string, string>>;
  readonly text: string;
}

async function healthOf(url: string): Promise<Health> {
  const { status, body } = await ask(url, "GET", "/healthz");
  const dependencies: { name: string; state: string }[] = body.dependencies;
  return {
    status,
    states: Object.fromEntries(dependencies.map(({ name, state }) => [name, state])),
    text: JSON.stringify(body),
  };
}

describe("health", () => {
  let stack: Stack;

  before(async () => {
    stack = await startStack();
  });
  after(() => stack?.[Symbol.asyncDispose]());

  it("tells each dependency and each role, to anybody, and no secret", async () => {
    const { status, states, text } = await healthOf(stack.url);
    assert.equal(status, 200, text);
    assert.deepEqual(
      Object.keys(states).toSorted(),
      [
        "dispatch 0",
        "gateway 0",
        "gateway-http",
        "ingest 0",
        "jcli",
        "metrics 0",
        "postgresql",
        testStack() === "real" ? "redis" : "stream",
        "scheduler 0",
      ].toSorted(),
    );
    assert.deepEqual(new Set(Object.values(states)), new Set(["up"]));
    for (const secret of [stack.env["SECRET_KEY"] ?? "", "jclipwd", "postgres://", "redis://"]) {
      assert(!text.includes(secret), secret);
    }
    const alive = await ask(stack.url, "GET", "/livez");
    assert.deepEqual([alive.status, alive.body], [200, "ok"]);
    assert.equal(alive.headers.get("cache-control"), "no-store");
  });
});

// The embedded server has no life of its own: it stands and falls with its process.
if (testStack() === "real") {
  describe("an outage", () => {
    let postgres: PostgresService;
    let redis: RedisService;
    let stack: Stack;
    let client: ApiClient;

    before(async () => {
      [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
      stack = await startStack({ env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url } });
      client = await stack.user("admin");
    });
    after(async () => {
      await stack?.[Symbol.asyncDispose]();
      await Promise.all([postgres?.stop(), redis?.stop()]);
    });

    it("of Redis: 503, alive, and messages still go their way, for PostgreSQL is the truth", async () => {
      await redis.stop();
      const health = await until("the health to tell it", 15, async () => {
        const now = await healthOf(stack.url);
        return now.states["redis"] === "down" && now;
      });
      assert.equal(health.status, 503);
      assert.equal(health.states["postgresql"], "up");
      assert.equal((await ask(stack.url, "GET", "/livez")).status, 200);
      const sent = await client.post("/api/v1/messages/send", { to: numberFor(), text: "x" });
      assert.equal(sent.status, 202);
      await until(
        "delivery",
        20,
        async () => (await client.get(`/api/v1/messages/${sent.body.id}`)).state === "delivered",
      );
    });

    it("of PostgreSQL: 503 and problems that say so with Retry-After, alive", async () => {
      await postgres.stop();
      const health = await until("the health to tell it", 15, async () => {
        const now = await healthOf(stack.url);
        return now.states["postgresql"] === "down" && now;
      });
      assert.equal(health.status, 503);
      assert.equal((await ask(stack.url, "GET", "/livez")).status, 200);
      const answer = await until("the API to refuse", 20, async () => {
        const { status, headers, body } = await client.ask("GET", "/api/v1/messages");
        return status === 503 && { headers, body };
      });
      assert.equal(answer.body.type, "urn:jasmin-dashboard:problem:unavailable");
      assert(Number(answer.headers.get("retry-after")) >= 1);
      assert(!/127\.0\.0\.1|ECONN/.test(JSON.stringify(answer.body)), "nothing of the inside");
    });

    it("keeps nobody from ending: the server stops without the two", async () => {
      const begun = performance.now();
      await stack[Symbol.asyncDispose]();
      const seconds = (performance.now() - begun) / 1000;
      // It is to take 10 s at most; the rest is for a machine with other work.
      assert(seconds < 15, `${seconds} s`);
    });
  });
}
