/**
 * `serve`: the service against the PostgreSQL, Redis and Jasmin of the environment.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { type Config, loadConfig } from "../services/config/mod.ts";
import { setLogLevel, withoutCredentials } from "../services/log/mod.ts";
import { startServer } from "./server.ts";

/** Resolves with the first signal that asks the process to end. */
export function asked(): Promise<Deno.Signal> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, () => resolve(signal));
    }
  });
}

function tell(config: Config): void {
  const { jasmin } = config;
  console.log(
    config.databaseUrl === undefined
      ? `Database: PostgreSQL of its own under ${config.dataDir}, for DATABASE_URL is not set`
      : `Database: ${withoutCredentials(config.databaseUrl)}`,
  );
  console.log(
    config.redisUrl === undefined
      ? "Stream: in PostgreSQL, for REDIS_URL is not set"
      : `Stream: ${withoutCredentials(config.redisUrl)}`,
  );
  console.log(
    `Gateway: Jasmin at ${jasmin.host}, jcli ${jasmin.telnetPort}, HTTP ${jasmin.httpPort}`,
  );
}

export async function serve(): Promise<number> {
  const end = asked();
  const config = loadConfig(Deno.env.toObject());
  setLogLevel(config.debug ? "debug" : "info");
  tell(config);
  const server = await startServer(config);
  if (server.url !== null) console.log(`Ready at ${server.url}`);
  await end;
  await server.stop();
  return 0;
}
