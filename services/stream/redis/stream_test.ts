import { createClient } from "redis";
import { openStream, type Stream } from "../mod.ts";
import { conformance } from "../testing/conformance.ts";
import type { Place } from "../testing/harness.ts";

const URL = Deno.env.get("TEST_REDIS_URL") ?? "redis://127.0.0.1:6379";

conformance("redis", async (): Promise<Place> => {
  const prefix = `test:${crypto.randomUUID()}:`;
  const admin = createClient({ url: URL });
  await admin.connect();
  const streams: Stream[] = [];
  const flush = async () => {
    const keys = await admin.keys(`{${prefix}*`);
    if (keys.length > 0) await admin.del(keys);
  };
  return {
    open() {
      const stream = openStream({ redisUrl: URL, prefix });
      streams.push(stream);
      return stream;
    },
    flush,
    async close() {
      await Promise.all(streams.map((stream) => stream.close()));
      await flush();
      await admin.close();
    },
  };
});
