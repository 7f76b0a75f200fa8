/**
 * The stream: Redis with the settings that it needs, or PostgreSQL.
 * @module
 */
import { withoutCredentials } from "../log/mod.ts";
import { openStream } from "../stream/mod.ts";
import { onDatabase } from "./database.ts";
import type { Check, Finding } from "./model.ts";
import type { RedisFacts } from "./redis_facts.ts";
import { judgeMemory, judgePersistence, judgeVersion } from "./redis_info.ts";
import { duration, messageOf, skipped } from "./words.ts";

function redisMend(error: unknown): string {
  const words = messageOf(error);
  if (/WRONGPASS|NOAUTH|invalid password/i.test(words)) {
    return "Correct the user or password in REDIS_URL (redis://user:password@host:port)";
  }
  if (/NOPERM/i.test(words)) return "Give the user of REDIS_URL the right to run INFO and PING";
  return "Start Redis, or correct host and port in REDIS_URL; without REDIS_URL the stream is kept " +
    "in PostgreSQL";
}

/** A check of a setting, on a Redis whose own check finds it well. */
function redisSetting(
  id: string,
  title: string,
  tried: string,
  judge: (facts: RedisFacts) => Finding,
): Check {
  return {
    id,
    title,
    async run(at) {
      if (at.config.redisUrl === undefined) {
        return skipped(tried, "REDIS_URL is not set: the stream is in PostgreSQL");
      }
      let facts: RedisFacts;
      try {
        facts = await at.redis();
      } catch {
        return skipped(tried, "Redis can't be asked; its own check says why");
      }
      return judge(facts);
    },
  };
}

export const streamReachable: Check = {
  id: "stream",
  title: "The stream answers",
  async run(at) {
    const { redisUrl } = at.config;
    if (redisUrl === undefined) {
      const tried = "Read from the stream in PostgreSQL, for REDIS_URL is not set";
      return await onDatabase(at, tried, async (sql) => {
        const stream = openStream({ sql });
        try {
          const health = await stream.health();
          if (!health.ok) {
            return { outcome: "fail", tried, got: health.message ?? "It doesn't answer" };
          }
          return { outcome: "ok", tried, got: `It answers in ${duration(health.latencyMs)}` };
        } finally {
          await stream.close();
        }
      });
    }
    const tried = `Connected to ${withoutCredentials(redisUrl)} and asked for its version`;
    try {
      const { info, latencyMs } = await at.redis();
      return judgeVersion(info, tried, duration(latencyMs));
    } catch (error) {
      return { outcome: "fail", tried, got: messageOf(error), mend: redisMend(error) };
    }
  },
};

export const redisMemory: Check = redisSetting(
  "redis-memory",
  "Redis keeps what it is given",
  "Asked for Redis' policy of eviction",
  ({ info }) => judgeMemory(info),
);

export const redisPersistence: Check = redisSetting(
  "redis-persistence",
  "What Redis keeps on disk",
  "Asked what Redis keeps on disk",
  ({ info, save }) => judgePersistence(info, save),
);
