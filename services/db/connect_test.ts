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

Deno.test("statements of a transaction whose connection was lost fail, each and later ones", async () => {
  await using db = await testDatabase("connect");
  const sql = connect(db.url, { max: 1 });
  const failed = sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const waiting = [tx`select pg_sleep(60)`, tx`select 1`].map((statement) => statement.then());
    await db.sql`select pg_terminate_backend(${row?.pid ?? 0})`;
    const later = async () => await tx.unsafe("select 2");
    for (const outcome of await Promise.allSettled([...waiting, later()])) {
      assert.ok(outcome.status === "rejected" && isConnectionError(outcome.reason));
    }
  });
  await assert.rejects(failed, (error) => isConnectionError(error));
  const [row] = await sql<{ one: number }[]>`select 1 as one`;
  assert.equal(row?.one, 1);
  await sql.end();
});

Deno.test("what failed in a transaction fails it, whoever caught that", async () => {
  await using db = await testDatabase("connect");
  await db.sql`create table t (a int unique)`;
  const failed = db.sql.begin(async (tx) => {
    await tx`insert into t values (1)`;
    await assert.rejects(async () => await tx`insert into t values (1)`);
    await assert.rejects(async () => await tx`select 1`, /aborted/);
  });
  await assert.rejects(failed, (error) => isUniqueViolation(error));
  assert.equal((await db.sql`select from t`).count, 0);
});

Deno.test("a statement after the end of its transaction is refused, and changes nothing", async () => {
  await using db = await testDatabase("connect");
  await db.sql`create table t (a int)`;
  const tx = await db.sql.begin((tx) => tx);
  await assert.rejects(async () => await tx`insert into t values (1)`, /has ended/);
  assert.equal((await db.sql`select from t`).count, 0);
});

Deno.test("a plan that a change of its table has made stale is made anew", async () => {
  await using db = await testDatabase("connect");
  await db.sql`create table t (a int)`;
  const sql = connect(db.url, { max: 1 });
  const columns = async () => Object.keys((await sql`select * from t`)[0] ?? {});
  await sql`insert into t values (1)`;
  assert.deepEqual(await columns(), ["a"]);
  await db.sql`alter table t add column b int`;
  assert.deepEqual(await columns(), ["a", "b"]);
  await sql.end();
});

Deno.test("while connections are cut all the time, each statement gets its own answer or fails", async () => {
  await using db = await testDatabase("connect");
  const sql = connect(db.url, { max: 4, applicationName: "cut" });
  const seen = { right: 0, lost: 0 };
  const count = async (answer: Promise<number | undefined>, expected: number): Promise<void> => {
    try {
      assert.equal(await answer, expected);
      seen.right++;
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      seen.lost++;
    }
  };
  let next = 0;
  const alone = async (mine: number) =>
    (await sql<{ it: number }[]>`select ${mine}::int as it`)[0]?.it;
  const together = (mine: number) =>
    sql.begin(async (tx) => {
      const [row] = await tx<{ it: number }[]>`select ${mine}::int as it`;
      // Somebody who tries again at once, on what may be no connection any more.
      await tx`select 1`.catch(() => tx`select 2`);
      return row?.it;
    });
  const cutting = new AbortController();
  const workers = Array.from({ length: 8 }, async (_, index) => {
    while (!cutting.signal.aborted) {
      const mine = ++next;
      await count(index % 2 === 0 ? alone(mine) : together(mine), mine);
    }
  });
  for (let cut = 0; cut < 40; cut++) {
    const before = next;
    while (next < before + 20) {
      await db.sql`select pg_terminate_backend(pid)
        from pg_stat_activity where application_name = 'cut' and random() < 0.7`;
    }
  }
  cutting.abort();
  await Promise.all(workers);
  assert.ok(seen.right > 40 && seen.lost > 40, JSON.stringify(seen));
  await sql.end();
});

Deno.test("a transaction whose connection closes while it waits elsewhere fails at its next statement", async () => {
  await using db = await testDatabase("connect");
  const sql = connect(db.url, { max: 1 });
  for (const wait of [0, 1, 2, 5, 10]) {
    const failed = sql.begin(async (tx) => {
      const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await db.sql`select pg_terminate_backend(${row?.pid ?? 0})`;
      await new Promise((resolve) => setTimeout(resolve, wait));
      await tx`select 1`;
    });
    await assert.rejects(failed, (error) => isConnectionError(error), `after ${wait} ms`);
  }
  await sql.end();
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
