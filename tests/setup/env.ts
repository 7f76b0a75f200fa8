/**
 * What a test file asks for, whether `deno task test` runs it or somebody by hand.
 *
 * `deno task test` starts the services once and tells the test processes by these variables:
 *
 * | variable | value |
 * | --- | --- |
 * | `TEST_DATABASE_URL` | a PostgreSQL server, as superuser; `testDatabase` makes databases in it |
 * | `TEST_REDIS_URL` | a Redis; `testRedisUrl` |
 * | `TEST_AMQP_PORT` | a RabbitMQ made by `startRabbitmq`; `startJasmin` takes it by itself |
 * | `TEST_WORK_DIR` | folder for temporary files |
 * | `TEST_JASMIN_MISSING` | why the real gateway can't be had; unset when it can |
 * | `TEST_CHROMIUM` | path of the browser |
 * | `TEST_STACK` | `real` or `embedded`: what the integration tests run on |
 *
 * A file that is run by hand gets the same from the functions here: what no variable names is
 * started for it and ends with its process.
 */

import { connect } from "../../services/db/mod.ts";
import { GatewayUnavailableError, installJasmin } from "./jasmin_install.ts";
import { MissingProgramError } from "./apt.ts";
import { type PostgresService, startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";

/** A database that no other test uses. */
export interface TestDatabase {
  readonly url: string;
  /** Removes it, with whoever is connected to it. */
  drop(): Promise<void>;
}

let server: Promise<PostgresService> | undefined;
let redis: Promise<string> | undefined;

/** URL of a PostgreSQL server's own database, as superuser. */
export async function testServerUrl(): Promise<string> {
  const given = Deno.env.get("TEST_DATABASE_URL");
  if (given !== undefined) return given;
  server ??= startPostgres();
  return (await server).url;
}

/** Makes a fresh, empty database. */
export async function testDatabase(): Promise<TestDatabase> {
  const url = await testServerUrl();
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const inServer = async (statement: string): Promise<void> => {
    const sql = connect(url, { max: 1 });
    try {
      await sql.unsafe(statement);
    } finally {
      await sql.end();
    }
  };
  // From template0: template1 may not be copied while somebody is connected to it.
  await inServer(`CREATE DATABASE ${name} TEMPLATE template0`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    async drop() {
      // PostgreSQL 12 knows no DROP DATABASE ... WITH (FORCE).
      await inServer(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
      await inServer(`DROP DATABASE IF EXISTS ${name}`);
    },
  };
}

/** URL of a Redis. Other tests use it too: choose key names of your own. */
export function testRedisUrl(): Promise<string> {
  const given = Deno.env.get("TEST_REDIS_URL");
  redis ??= given === undefined ? startRedis().then(({ url }) => url) : Promise.resolve(given);
  return redis;
}

/** Whether the integration tests of this process run on real services or on the embedded ones. */
export function testStack(): "real" | "embedded" {
  return Deno.env.get("TEST_STACK") === "embedded" ? "embedded" : "real";
}

/**
 * Why the real gateway can't be had here, or undefined when it can. Its tests are declared with
 * `ignore: missing !== undefined`, so that the run's last line counts them as skipped.
 */
export async function jasminMissing(): Promise<string | undefined> {
  const told = Deno.env.get("TEST_JASMIN_MISSING");
  if (told !== undefined) return told;
  try {
    await installJasmin();
    return undefined;
  } catch (error) {
    if (error instanceof GatewayUnavailableError || error instanceof MissingProgramError) {
      return error.message;
    }
    throw error;
  }
}
