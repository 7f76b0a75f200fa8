/**
 * Databases for tests, on the server of `TEST_DATABASE_URL`.
 * @module
 */
import { connect, type Sql } from "./connect.ts";

const SERVER = Deno.env.get("TEST_DATABASE_URL") ?? "postgres://root@127.0.0.1:5432/test";

/** A database of its own for one test, dropped with everything in it at the end of its scope. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly sql: Sql;
}

/** Makes an empty database; its name begins with `word`, so that a leftover tells where from. */
export async function testDatabase(word: string): Promise<TestDatabase> {
  const name = `${word}_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await onServer((server) => server`create database ${server(name)}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const sql = connect(url.href, { max: 4 });
  return {
    url: url.href,
    sql,
    [Symbol.asyncDispose]: async () => {
      await sql.end({ timeout: 1 });
      await onServer(async (server) => {
        // `drop database ... with (force)` came with PostgreSQL 13.
        await server`
          select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
        await server`drop database if exists ${server(name)}`;
      });
    },
  };
}

async function onServer(work: (server: Sql) => Promise<unknown>): Promise<void> {
  const server = connect(SERVER, { max: 1 });
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
