/**
 * The database for a command that runs beside the service or without it.
 * @module
 */
import { loadConfig } from "../services/config/mod.ts";
import { connect, findRunning, type Sql, startEmbedded } from "../services/db/mod.ts";
import { setLogLevel } from "../services/log/mod.ts";

/**
 * Runs `work` with a pool: on DATABASE_URL, on the embedded server that runs already, or on one that
 * is started for it.
 */
export async function withDatabase<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
  setLogLevel("warn");
  const config = loadConfig(Deno.env.toObject());
  const running = config.databaseUrl === undefined ? await findRunning(config.dataDir) : null;
  const embedded = config.databaseUrl === undefined && running === null
    ? await startEmbedded(config.dataDir)
    : undefined;
  const url = config.databaseUrl ?? running?.url ?? embedded?.url;
  if (url === undefined) throw new Error("One of the three has an address");
  const sql = connect(url, { applicationName: "jasmin-dashboard command", max: 2 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
    await embedded?.stop();
  }
}
