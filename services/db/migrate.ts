/**
 * The schema's changes: files `migrations/NNNN_name.sql`, applied once each, in order, never edited
 * once landed. The SQL stays within PostgreSQL 12.
 * @module
 */
import { ConflictError, UnavailableError } from "../errors/mod.ts";
import type { Sql, Tx } from "./connect.ts";
import { isServerError } from "./failures.ts";

/** Key of the advisory lock under which migrations run: "jdmg" in ASCII. */
const LOCK_KEY = 0x6a646d67;

const DEFAULT_FOLDER = new URL("../../migrations/", import.meta.url);

/** One file of the folder. */
interface Migration {
  readonly version: number;
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly checksum: string;
}

/** One row of `schema_migrations`. */
interface Applied {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Brings the schema up to date. Each file runs in a transaction of its own under an advisory lock,
 * so any number of starters may call this at once: each file is applied by exactly one.
 *
 * @returns the files that this call applied, in order
 * @throws {ConflictError} when the database and the folder disagree, or a file's SQL fails: the
 * message names the file; nothing of that file was applied
 */
export async function migrate(sql: Sql, folder: URL = DEFAULT_FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const done: string[] = [];
  while (true) {
    const file = await sql.begin((tx) => applyNext(tx, migrations));
    if (file === undefined) return done;
    done.push(file);
  }
}

/** Reads and checks the folder; the order is that of the versions. */
async function readMigrations(folder: URL): Promise<Migration[]> {
  const found: Migration[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (!entry.name.endsWith(".sql")) continue;
    const [, digits, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(entry.name) ?? [];
    if (digits === undefined || name === undefined) {
      throw new ConflictError(
        `Migration ${entry.name} is misnamed; the form is NNNN_name.sql, in lower case`,
      );
    }
    // A checkout on Windows may end its lines otherwise; the migration is the same.
    const text = (await Deno.readTextFile(new URL(entry.name, folder))).replaceAll("\r\n", "\n");
    found.push({
      version: Number(digits),
      name,
      file: entry.name,
      text,
      checksum: await sha256(text),
    });
  }
  found.sort((a, b) => a.version - b.version || a.file.localeCompare(b.file));
  for (const [index, migration] of found.entries()) {
    const before = found[index - 1];
    if (before?.version === migration.version) {
      throw new ConflictError(
        `Migrations ${before.file} and ${migration.file} have the same number; give one the next`,
      );
    }
  }
  return found;
}

/** Applies the first migration that the database lacks; its file, or undefined when none lacks. */
async function applyNext(
  tx: Tx,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  // Both the wait for the lock and a change of a large table may take long.
  await tx`set local statement_timeout = 0`;
  await tx`set local idle_in_transaction_session_timeout = 0`;
  await tx`select pg_advisory_xact_lock(${LOCK_KEY})`;
  await tx`
    create table if not exists schema_migrations (
      version    integer     primary key,
      name       text        not null,
      checksum   text        not null,
      applied_at timestamptz not null default now()
    )`;
  const applied = await tx<Applied[]>`
    select version, name, checksum from schema_migrations order by version`;
  const next = nextMigration(migrations, applied);
  if (next === undefined) return undefined;
  await run(tx, next);
  await tx`
    insert into schema_migrations (version, name, checksum)
    values (${next.version}, ${next.name}, ${next.checksum})`;
  return next.file;
}

/** Compares the database with the folder; throws where they disagree. */
function nextMigration(
  migrations: readonly Migration[],
  applied: readonly Applied[],
): Migration | undefined {
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  const newestKnown = migrations.at(-1)?.version ?? 0;
  const newestApplied = applied.at(-1)?.version ?? 0;
  if (newestApplied > newestKnown) {
    throw new ConflictError(
      `The database is newer than this program: its schema is at ${label(newestApplied)}, ` +
        `the program knows up to ${label(newestKnown)}; start the newer program`,
    );
  }
  for (const { version, name, checksum } of applied) {
    const migration = byVersion.get(version);
    const file = `${label(version)}_${name}.sql`;
    if (migration === undefined || migration.name !== name) {
      throw new ConflictError(
        `Migration ${file} was applied to this database and its file is missing; restore the file`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new ConflictError(
        `Migration ${file} was edited after it was applied to this database; ` +
          `restore the file and make the change in a new one`,
      );
    }
  }
  const appliedVersions = new Set(applied.map((row) => row.version));
  const next = migrations.find((migration) => !appliedVersions.has(migration.version));
  if (next !== undefined && next.version < newestApplied) {
    throw new ConflictError(
      `Migration ${next.file} came after ${label(newestApplied)} was applied to this database; ` +
        `give it a number above`,
    );
  }
  return next;
}

async function run(tx: Tx, migration: Migration): Promise<void> {
  try {
    await tx.unsafe(migration.text);
  } catch (error) {
    if (!isServerError(error)) {
      throw new UnavailableError(`Migration ${migration.file} was cut short`, { cause: error });
    }
    const line = migration.text.slice(0, Number(error.position ?? 0)).split("\n").length;
    throw new ConflictError(
      `Migration ${migration.file} failed at line ${line}: ${error.message}; ` +
        `nothing of it was applied`,
      { cause: error },
    );
  }
}

function label(version: number): string {
  return String(version).padStart(4, "0");
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
