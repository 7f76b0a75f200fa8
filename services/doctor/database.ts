/**
 * PostgreSQL: is it there, is it ours, does it agree with us on the time, has it room.
 * @module
 */
import { withoutCredentials } from "../log/mod.ts";
import { ping, type Sql } from "../db/mod.ts";
import { connectionsNeeded } from "./connections.ts";
import type { Check, Finding } from "./model.ts";
import type { DatabaseState, Surroundings } from "./surroundings.ts";
import { countOf, duration, messageOf, skipped } from "./words.ts";

/** `server_version_num` of PostgreSQL 12. */
const OLDEST_VERSION = 120_000;

const MIGRATIONS = new URL("../../migrations/", import.meta.url);

/** Beyond this, ids, clocks and sessions are wrong by what people notice. */
const SKEW_WARN_MS = 1_000;
const SKEW_FAIL_MS = 60_000;

/** What `doctor`, `migrate` and an operator's psql take on top of the pools. */
const SPARE_CONNECTIONS = 5;

/** Runs a check on a database that has our tables; without one it is skipped. */
export async function onDatabase(
  at: Surroundings,
  tried: string,
  work: (sql: Sql) => Promise<Finding>,
): Promise<Finding> {
  const database = await at.database();
  if (database.kind === "ready") return await work(database.sql);
  return skipped(
    tried,
    database.kind === "empty"
      ? "The database has no tables of this service yet"
      : "PostgreSQL can't be asked; its own check says why",
  );
}

/** What to do about a connection that failed, by SQLSTATE or the system's code. */
export function connectionMend(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case "28P01":
    case "28000":
      return "Correct the user or password in DATABASE_URL, or the server's pg_hba.conf";
    case "3D000":
      return "Create the database, or name another in DATABASE_URL";
    case "53300":
      return "Raise max_connections, or end connections of other programs";
    case "57P03":
      return "The server is starting or stopping: wait, and look at its log if it lasts";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "Correct the host in DATABASE_URL";
    default:
      return "Start PostgreSQL, or correct host and port in DATABASE_URL; look at firewalls between";
  }
}

function codeOf(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ("code" in each && typeof each.code === "string") return each.code;
  }
  return undefined;
}

function whereOf(at: Surroundings): string {
  const { databaseUrl, dataDir } = at.config;
  return databaseUrl === undefined
    ? `the embedded PostgreSQL under ${dataDir}`
    : withoutCredentials(databaseUrl);
}

function unreachable(state: DatabaseState, tried: string): Finding | undefined {
  if (state.kind === "missing") {
    return { outcome: "fail", tried, got: state.why, mend: state.mend };
  }
  if (state.kind !== "away") return undefined;
  const { error } = state;
  return { outcome: "fail", tried, got: messageOf(error), mend: connectionMend(error) };
}

export const databaseReachable: Check = {
  id: "postgresql",
  title: "PostgreSQL answers",
  async run(at) {
    const tried = `Connected to ${whereOf(at)} and asked for its version`;
    const state = await at.database();
    const fault = unreachable(state, tried);
    if (fault !== undefined) return fault;
    if (state.kind !== "ready" && state.kind !== "empty") throw new Error("It is reachable");
    const [row] = await state.sql<{ number: number; version: string; recovering: boolean }[]>`
      select current_setting('server_version_num')::int as number,
        current_setting('server_version') as version, pg_is_in_recovery() as recovering`;
    const version = row?.version ?? "unknown";
    if ((row?.number ?? 0) < OLDEST_VERSION) {
      return {
        outcome: "fail",
        tried,
        got: `PostgreSQL ${version}`,
        mend: "Update the server to PostgreSQL 12 or later",
      };
    }
    if (row?.recovering === true) {
      return {
        outcome: "fail",
        tried,
        got: `PostgreSQL ${version}, a standby that takes no writes`,
        mend: "Point DATABASE_URL to the primary server",
      };
    }
    const ms = await ping(state.sql);
    return { outcome: "ok", tried, got: `PostgreSQL ${version}, answers in ${duration(ms)}` };
  },
};

async function knownMigrations(): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(MIGRATIONS)) {
    if (/^\d{4}_.+\.sql$/.test(entry.name)) names.push(entry.name);
  }
  return names.sort();
}

export const databaseSchema: Check = {
  id: "schema",
  title: "The schema is this version's",
  async run(at) {
    const tried = "Compared the migrations that were applied with those of this program";
    const mend = "Run migrate, or start the service, which does it";
    const state = await at.database();
    if (state.kind === "empty") {
      return { outcome: "warn", tried, got: "The database has no tables of this service", mend };
    }
    return await onDatabase(at, tried, async (sql) => {
      const applied = await sql<{ version: number }[]>`select version from schema_migrations`;
      const known = await knownMigrations();
      const versions = new Set(applied.map(({ version }) => version));
      const missing = known.filter((name) => !versions.has(Number(name.slice(0, 4))));
      const newest = Math.max(0, ...versions);
      if (newest > Number(known.at(-1)?.slice(0, 4) ?? 0)) {
        return {
          outcome: "fail",
          tried,
          got: `The schema is at ${newest}, this program knows up to ${known.length}`,
          mend: "Run the newer program",
        };
      }
      if (missing.length > 0) {
        return { outcome: "fail", tried, got: `Not applied: ${missing.join(", ")}`, mend };
      }
      return { outcome: "ok", tried, got: `All ${known.length} are applied` };
    });
  },
};

export const databaseClock: Check = {
  id: "clock-postgresql",
  title: "PostgreSQL's clock and this machine's agree",
  async run(at) {
    const tried = "Compared clock_timestamp() with the time here";
    const state = await at.database();
    if (state.kind !== "ready" && state.kind !== "empty") {
      return skipped(tried, "PostgreSQL can't be asked; its own check says why");
    }
    const before = at.now();
    const [row] = await state.sql<{ ms: number }[]>`
      select extract(epoch from clock_timestamp())::float8 * 1000 as ms`;
    const after = at.now();
    const skew = (row?.ms ?? Number.NaN) - (before + after) / 2;
    const uncertain = (after - before) / 2;
    const got = Math.abs(skew) <= Math.max(uncertain, 50)
      ? `No difference within ${duration(Math.max(uncertain, 1))}`
      : `PostgreSQL is ${duration(skew)} ${skew > 0 ? "ahead" : "behind"}`;
    // What the round trip explains is no difference.
    const size = Math.abs(skew) - uncertain;
    if (size < SKEW_WARN_MS) return { outcome: "ok", tried, got };
    return {
      outcome: size < SKEW_FAIL_MS ? "warn" : "fail",
      tried,
      got,
      mend: "Set both clocks by NTP (timedatectl set-ntp true, or chrony)",
    };
  },
};

export const databaseConnections: Check = {
  id: "connections",
  title: "PostgreSQL has connections enough",
  async run(at) {
    const needed = connectionsNeeded(at.config);
    const tried = `Compared PostgreSQL's limits with the ${needed} connections of this process`;
    return await onDatabase(at, tried, async (sql) => {
      const [row] = await sql<{ limit: number; others: number }[]>`
        select least(
            current_setting('max_connections')::int
              - current_setting('superuser_reserved_connections')::int
              - coalesce(current_setting('reserved_connections', true), '0')::int,
            (select nullif(datconnlimit, -1) from pg_database where datname = current_database()),
            (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user)
          ) as limit,
          (select count(*)::int from pg_stat_activity
            where backend_type = 'client backend'
              and application_name not like 'jasmin-dashboard%') as others`;
      const limit = row?.limit ?? 0;
      const others = row?.others ?? 0;
      const left = limit - others - needed;
      const got = `${limit} may be open, other programs hold ${others}: ${
        left < 0 ? `${-left} are missing` : `${left} are left`
      }`;
      if (left >= SPARE_CONNECTIONS) return { outcome: "ok", tried, got };
      return {
        outcome: left < 0 ? "fail" : "warn",
        tried,
        got,
        mend: `Raise max_connections (or the limit of the database or role) to ${
          limit - left + SPARE_CONNECTIONS
        } or more for one process of this service; each further one takes as many again`,
      };
    });
  },
};

export const messagePartitions: Check = {
  id: "partitions",
  title: "Messages have partitions ahead",
  async run(at) {
    const tried = "Looked for the partitions of this month and the two to come";
    return await onDatabase(at, tried, async (sql) => {
      const rows = await sql<{ name: string; ahead: number; found: boolean }[]>`
        select parent || '_' || suffix as name, ahead,
          to_regclass(parent || '_' || suffix) is not null as found
        from unnest(array['messages', 'message_events']) as parent,
          generate_series(0, 2) as ahead,
          to_char(date_trunc('month', now() at time zone 'UTC')
            + make_interval(months => ahead), 'YYYYMM') as suffix
        order by ahead, name`;
      const missing = rows.filter((row) => !row.found);
      const [stray] = await sql<{ stray: boolean }[]>`
        select exists (select from messages_default)
          or exists (select from message_events_default) as stray`;
      if (stray?.stray === true) {
        return {
          outcome: "fail",
          tried,
          got: "Rows lie in the default partition, outside every month",
          mend:
            "A clock was wrong, or the scheduler stood still for two months: set the clocks by NTP, " +
            "then move the rows of messages_default and message_events_default into a partition " +
            "of their month",
        };
      }
      if (missing.length === 0) {
        return { outcome: "ok", tried, got: "All are there, and the default partition is empty" };
      }
      return {
        outcome: missing.some((row) => row.ahead < 2) ? "fail" : "warn",
        tried,
        got: `${countOf(missing.length, "partition")} missing: ${
          missing.map(({ name }) => name).join(", ")
        }`,
        mend: "Start the role scheduler, which makes them within a minute",
      };
    });
  },
};
