/**
 * The database files: made once, their password kept beside them.
 * @module
 */
import { join } from "node:path";
import { UnavailableError } from "../../errors/mod.ts";
import { type Account, commandAs, give } from "./account.ts";
import type { Home } from "./home.ts";
import { removeTree } from "./program.ts";
import { explain } from "./words.ts";

/** The role that owns everything in the embedded server. */
export const ROLE = "jasmin";

/** The files of one server. */
export interface Cluster {
  readonly data: string;
  readonly password: string;
}

/**
 * Opens the files, or makes them: UTF-8, sorted by code point, checksummed pages.
 * @param major PostgreSQL's major version, for example `"18"`
 * @throws {UnavailableError} when they are of another major version, or can't be made
 */
export async function openCluster(
  home: Home,
  major: string,
  account: Account | undefined,
): Promise<Cluster> {
  const data = join(home.path, "data");
  const present = await readIfPresent(join(data, "PG_VERSION"));
  if (present === null) return { data, password: await makeCluster(home, data, account) };
  if (present.trim() !== major) {
    throw new UnavailableError(
      `${data} was made by PostgreSQL ${present.trim()} and this release brings ${major}; ` +
        `write a backup with the release that made it and restore that here`,
    );
  }
  const password = await readIfPresent(join(home.path, "password"));
  if (password === null) {
    throw new UnavailableError(
      `${join(home.path, "password")} is missing, without it the database can't be opened; ` +
        `restore the file`,
    );
  }
  return { data, password: password.trim() };
}

async function makeCluster(
  home: Home,
  data: string,
  account: Account | undefined,
): Promise<string> {
  const password = crypto.getRandomValues(new Uint8Array(24)).toHex();
  // Under another name until it is whole: a start that is killed half-way is simply done again.
  const unfinished = `${data}.new`;
  await removeTree(unfinished);
  await Deno.mkdir(unfinished, { mode: 0o700 });
  await give(account, unfinished);
  const handover = join(home.path, "password.new");
  await removeTree(handover);
  await Deno.writeTextFile(handover, password, { mode: 0o600 });
  await give(account, handover);
  try {
    await initdb(home, unfinished, handover, account);
  } finally {
    await removeTree(handover);
  }
  await removeTree(join(home.path, "password"));
  await Deno.writeTextFile(join(home.path, "password"), password, { mode: 0o600 });
  await Deno.rename(unfinished, data);
  return password;
}

async function initdb(
  home: Home,
  data: string,
  passwordFile: string,
  account: Account | undefined,
): Promise<void> {
  const { success, stdout, stderr } = await commandAs(account, home.programs.initdb, {
    args: [
      `--pgdata=${data}`,
      `--username=${ROLE}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The system's own locales differ from machine to machine and change under an index's feet.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (success) return;
  const decoder = new TextDecoder();
  throw explain("PostgreSQL's files can't be made", [
    ...decoder.decode(stdout).split("\n"),
    ...decoder.decode(stderr).split("\n"),
  ], home.path);
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
