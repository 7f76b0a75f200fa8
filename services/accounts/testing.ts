/**
 * A real, migrated PostgreSQL database for the tests of one file.
 * @module
 */
import { v7 } from "uuid";
import { connect, migrate, type Sql, startEmbedded } from "../db/mod.ts";

/** A database of its own, which ends with `close`. */
export interface TestDatabase {
  readonly sql: Sql;
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Makes and migrates an empty database: on the server of `TEST_DATABASE_URL`, whose user may create
 * databases, or without it on an embedded server of its own.
 *
 * @param max connections of the pool, which is how many statements truly run at once
 */
export async function testDatabase({ max = 10 } = {}): Promise<TestDatabase> {
  const server = Deno.env.get("TEST_DATABASE_URL");
  const made = server === undefined ? await embedded() : await onServer(server);
  const sql = connect(made.url, { applicationName: "test", max });
  async function close(): Promise<void> {
    await sql.end({ timeout: 5 });
    await made.drop();
  }
  try {
    await migrate(sql);
    // All connections now: while they open one by one, a test's first statements run one by one too,
    // and a race that it should show doesn't happen.
    await Promise.all(Array.from({ length: max }, () => sql`select pg_sleep(0.02)`));
  } catch (error) {
    await close();
    throw error;
  }
  return { close, sql, url: made.url };
}

/** Runs `work` on a database of its own, and drops it whatever happens. */
export async function withDatabase(
  work: (sql: Sql) => Promise<void>,
  options: { readonly max?: number } = {},
): Promise<void> {
  const database = await testDatabase(options);
  try {
    await work(database.sql);
  } finally {
    await database.close();
  }
}

async function onServer(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `jd_test_${v7().replaceAll("-", "")}`;
  await withServer(server, (sql) => sql`create database ${sql(name)}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    drop: () => withServer(server, (sql) => sql`drop database if exists ${sql(name)}`),
    url: url.toString(),
  };
}

async function withServer(
  server: string,
  work: (sql: Sql) => PromiseLike<unknown>,
): Promise<void> {
  const sql = connect(server, { applicationName: "test", max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function embedded(): Promise<{ url: string; drop(): Promise<void> }> {
  const folder = await Deno.makeTempDir({ prefix: "jd-test-" });
  // As root, the server runs under another user and must be able to enter; or it would keep its
  // files elsewhere, where removing the folder doesn't reach.
  if (Deno.build.os !== "windows") await Deno.chmod(folder, 0o755);
  const server = await startEmbedded(folder);
  return {
    async drop() {
      await server.stop();
      await Deno.remove(folder, { recursive: true });
    },
    url: server.url,
  };
}
