/**
 * A database for one test file, with the stream's tables.
 * @module
 */
import { connect, type Sql } from "../../db/mod.ts";

const SERVER = Deno.env.get("TEST_DATABASE_URL") ?? "postgres://root@127.0.0.1:5432/test";

/** A database that nobody else uses. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes a database of a random name beside the one of TEST_DATABASE_URL. */
export async function makeDatabase(): Promise<TestDatabase> {
  const name = `stream_${crypto.randomUUID().replaceAll("-", "")}`;
  await withPool(SERVER, (sql) => sql.unsafe(`create database ${name}`));
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const schema = await Deno.readTextFile(
    new URL("../../../migrations/0005_stream.sql", import.meta.url),
  );
  await withPool(url.href, (sql) => sql.unsafe(schema));
  return {
    url: url.href,
    // The name is ours, and the connections that a test cut may still be closing.
    drop: () => withPool(SERVER, (sql) => sql.unsafe(`drop database ${name} with (force)`)),
  };
}

async function withPool(url: string, work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const sql = connect(url, { max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
