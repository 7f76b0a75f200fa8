import assert from "node:assert/strict";
import { UnavailableError, ValidationError } from "../errors/mod.ts";
import { connect, healthy, ping } from "./connect.ts";
import { isConnectionError, isUniqueViolation } from "./failures.ts";
import { testDatabase } from "./testing.ts";

/** A port on which nobody listens. */
function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("int8 comes and goes as bigint, beyond 2^53", async () => {
  await using db = await testDatabase("connect");
  const big = 2n ** 63n - 1n;
  const [row] = await db.sql<{ value: bigint; sum: bigint }[]>`
    select ${big}::int8 as value, sum(n)::int8 as sum from unnest(${
    db.sql.array([1n, 2n])
  }::int8[]) n`;
  assert.deepEqual({ ...row }, { value: big, sum: 3n });
});

Deno.test("timestamptz comes as a Date", async () => {
  await using db = await testDatabase("connect");
  const [row] = await db.sql<{ at: Date }[]>`select '2026-01-02T03:04:05.678Z'::timestamptz as at`;
  assert.equal(row?.at.toISOString(), "2026-01-02T03:04:05.678Z");
});

Deno.test("the URL of SQLAlchemy's asyncpg is taken", async () => {
  await using db = await testDatabase("connect");
  const sql = connect(db.url.replace("postgres://", "postgresql+asyncpg://"), { max: 1 });
  assert.ok(await ping(sql) > 0);
  await sql.end();
});

Deno.test("what isn't PostgreSQL's URL is refused without showing it", () => {
  for (const url of ["", "localhost", "mysql://root:geheim@127.0.0.1/x", "postgres:/x"]) {
    assert.throws(() => connect(url), (error) => {
      assert.ok(error instanceof ValidationError);
      assert.match(error.message, /^DATABASE_URL: /);
      assert.doesNotMatch(error.message, /geheim/);
      return true;
    });
  }
});

Deno.test("a statement over its time is cancelled, the connection lives on", async () => {
  await using db = await testDatabase("connect");
  const sql = connect(db.url, { max: 1, statementTimeoutMs: 50 });
  await assert.rejects(async () => await sql`select pg_sleep(5)`, /statement timeout/);
  assert.ok(await healthy(sql));
  await sql.end();
});

Deno.test("a transaction that idles over its time is ended", async () => {
  await using db = await testDatabase("connect");
  const sql = connect(db.url, { max: 1, idleInTransactionTimeoutMs: 30 });
  const failed = sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await gone(row?.pid ?? 0);
    await tx`select 1`;
  });
  const gone = async (pid: number): Promise<void> => {
    while ((await db.sql`select from pg_stat_activity where pid = ${pid}`).length > 0);
  };
  await assert.rejects(failed, (error) => isConnectionError(error));
  await sql.end({ timeout: 1 });
});

Deno.test("a server that isn't there is a connection error and not healthy", async () => {
  const sql = connect(`postgres://nobody@127.0.0.1:${closedPort()}/none`);
  await assert.rejects(async () => await sql`select 1`, (error) => isConnectionError(error));
  assert.equal(await healthy(sql), false);
  await assert.rejects(() => ping(sql), UnavailableError);
  await sql.end({ timeout: 0 });
});

Deno.test("a server that takes the connection and says nothing is not healthy in time", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const sql = connect(`postgres://nobody@127.0.0.1:${listener.addr.port}/none`);
  await assert.rejects(() => ping(sql, 50), /no answer within 50 ms/);
  (await accepted).close();
  await sql.end({ timeout: 0 });
});

Deno.test("a connection that the server ends is a connection error", async () => {
  await using db = await testDatabase("connect");
  await assert.rejects(
    async () => await db.sql`select pg_terminate_backend(pg_backend_pid())`,
    (error) => isConnectionError(error),
  );
});

Deno.test("a unique violation is told from others, and by its constraint", async () => {
  await using db = await testDatabase("connect");
  await db.sql`create table t (a int constraint a_once unique, b int constraint b_once unique,
                               c int constraint c_small check (c < 5))`;
  await db.sql`insert into t (a, b) values (1, 1)`;
  const failure = async (a: number, b: number, c: number): Promise<unknown> => {
    try {
      await db.sql`insert into t (a, b, c) values (${a}, ${b}, ${c})`;
    } catch (error) {
      return error;
    }
    return undefined;
  };
  const clash = await failure(1, 2, 3);
  assert.ok(isUniqueViolation(clash));
  assert.ok(isUniqueViolation(clash, "a_once"));
  assert.ok(!isUniqueViolation(clash, "b_once"));
  assert.ok(!isConnectionError(clash));
  assert.ok(!isUniqueViolation(await failure(2, 2, 9)));
  assert.ok(!isUniqueViolation(new Error("23505")));
  assert.ok(!isConnectionError(undefined));
});
