/**
 * The same live tests on both streams.
 * @module
 */
import { connect } from "../../db/mod.ts";
import { openStream, type Stream } from "../../stream/mod.ts";
import { makeDatabase } from "../../stream/testing/database.ts";

/** A stream of a test's own. */
export interface Place {
  readonly stream: Stream;
  close(): Promise<void>;
}

const REDIS_URL = Deno.env.get("TEST_REDIS_URL") ?? "redis://127.0.0.1:6379";

async function onRedis(): Promise<Place> {
  const stream = openStream({ redisUrl: REDIS_URL, prefix: `test:${crypto.randomUUID()}:` });
  return await Promise.resolve({
    stream,
    async close() {
      await stream.reset("live"); // leaves two small keys, which a test's Redis can bear
      await stream.close();
    },
  });
}

async function onPostgres(): Promise<Place> {
  const database = await makeDatabase();
  const sql = connect(database.url, { max: 4 });
  const stream = openStream({ sql });
  return {
    stream,
    async close() {
      await stream.close();
      await sql.end();
      await database.drop();
    },
  };
}

/** Defines a test once for each driver. */
export function onBothStreams(name: string, body: (stream: Stream) => Promise<void>): void {
  for (const [driver, make] of [["redis", onRedis], ["postgres", onPostgres]] as const) {
    Deno.test(`${driver}: ${name}`, async () => {
      const place = await make();
      try {
        await body(place.stream);
      } finally {
        await place.close();
      }
    });
  }
}
