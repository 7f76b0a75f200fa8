/**
 * What every role holds: its own pool and its own place in the stream.
 * @module
 */
import type { Config, Role } from "../services/config/mod.ts";
import { connect, type Sql } from "../services/db/mod.ts";
import { openStream, type Stream } from "../services/stream/mod.ts";

/** A role's connections, which end with `close`. */
export interface Resources {
  readonly sql: Sql;
  readonly stream: Stream;
  close(): Promise<void>;
}

/** @param maxConnections how many statements the role runs at once, at most */
export function openResources(config: Config, role: Role, maxConnections = 4): Resources {
  if (config.databaseUrl === undefined) {
    throw new Error("A role is started with the address of the database");
  }
  const sql = connect(config.databaseUrl, {
    applicationName: `jasmin-dashboard ${role}`,
    max: maxConnections,
  });
  const stream = config.redisUrl === undefined
    ? openStream({ sql })
    : openStream({ redisUrl: config.redisUrl });
  return {
    sql,
    stream,
    async close() {
      await stream.close();
      await sql.end({ timeout: 2 });
    },
  };
}
