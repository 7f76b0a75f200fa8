import { connect } from "../../db/mod.ts";
import { openStream, type Stream } from "../mod.ts";
import { conformance } from "../testing/conformance.ts";
import { makeDatabase } from "../testing/database.ts";
import type { Place } from "../testing/harness.ts";

conformance("postgres", async (): Promise<Place> => {
  const database = await makeDatabase();
  const sql = connect(database.url, { max: 4 });
  const streams: Stream[] = [];
  return {
    open() {
      const stream = openStream({ sql });
      streams.push(stream);
      return stream;
    },
    async flush() {
      await sql`truncate streams, stream_entries, stream_groups, stream_pending`;
    },
    async close() {
      await Promise.all(streams.map((stream) => stream.close()));
      await sql.end();
      await database.drop();
    },
  };
});
