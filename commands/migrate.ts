/**
 * `migrate`: brings the database to this version.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { migrate } from "../services/db/mod.ts";
import { withDatabase } from "./database.ts";

export async function migrateCommand(): Promise<number> {
  const applied = await withDatabase((sql) => migrate(sql));
  console.log(
    applied.length === 0 ? "The database is up to date" : `Applied ${applied.join(", ")}`,
  );
  return 0;
}
