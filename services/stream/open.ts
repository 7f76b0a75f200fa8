/**
 * Chooses the driver.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { logger } from "../log/mod.ts";
import type { Stream } from "./model.ts";
import { PostgresStream } from "./postgres/stream.ts";
import { RedisStream } from "./redis/stream.ts";

const log = logger("stream");

/** Where the stream lives, and how patient it is. */
export type OpenOptions =
  & (
    | {
      /** `redis[s]://[[user]:password@]host[:port][/database]` */
      readonly redisUrl: string;
      /** Put before every key, for installations that share one Redis. @default "jd:" */
      readonly prefix?: string;
    }
    | {
      /** A migrated database; the pool stays the caller's to end, after the stream is closed. */
      readonly sql: Sql;
    }
  )
  & {
    /** How long a call repeats what the server rejected, in milliseconds. @default 15_000 */
    readonly retryBudgetMs?: number;
  };

/** Opens the stream on Redis or on PostgreSQL. Connects at the first call, not here. */
export function openStream(options: OpenOptions): Stream {
  const { retryBudgetMs = 15_000 } = options;
  if ("sql" in options) return new PostgresStream({ sql: options.sql, retryBudgetMs });
  const { redisUrl: url, prefix = "jd:" } = options;
  return new RedisStream({ url, prefix, retryBudgetMs, log });
}
