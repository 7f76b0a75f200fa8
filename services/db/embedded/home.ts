/**
 * `DATA_DIR/postgres`: the embedded server's folder, with its programs, its data and its password.
 * @module
 */
import { dirname, join } from "node:path";
import { UnavailableError } from "../../errors/mod.ts";
import { logger } from "../../log/mod.ts";
import { type Account, commandAs } from "./account.ts";
import { exists, installPrograms, type Package, type Programs, removeTree } from "./program.ts";

/** Where the folder goes when another account must enter it and can't enter `DATA_DIR`. */
const ELSEWHERE = "/var/lib/jasmin-dashboard";

const log = logger("postgres");

/** The folder, by a path that the server's account can use, and the programs in it. */
export interface Home {
  readonly path: string;
  readonly programs: Programs;
}

/**
 * Opens the folder and installs the programs.
 *
 * A `DATA_DIR` below a private directory (`/root`, mostly) can't be entered by the account that a
 * root process starts the server under. The folder then lies in `/var/lib/jasmin-dashboard`, and
 * `DATA_DIR/postgres` is a link to it: loosening the rights of a directory that isn't ours would be
 * the worse surprise.
 *
 * @throws {UnavailableError} when the account can run nothing from either place
 */
export async function openHome(
  dataDir: string,
  found: Package,
  account: Account | undefined,
): Promise<Home> {
  const link = join(dataDir, "postgres");
  const path = await existing(link) ?? await makeFolder(link);
  const programs = await installPrograms(found, path);
  if (await runs(programs, account)) return { path, programs };
  if (account === undefined || await exists(join(path, "data")) || path !== link) {
    throw new UnavailableError(
      `The programs in ${path} can't be run${account ? ` by the user ${account.uid}` : ""}; ` +
        `choose a DATA_DIR that every user may enter and that isn't mounted noexec`,
    );
  }
  await removeTree(link);
  const other = await moveElsewhere(link, account);
  const moved = await installPrograms(found, other);
  if (await runs(moved, account)) return { path: other, programs: moved };
  throw new UnavailableError(
    `Neither ${dataDir} nor ${other} can be used by the user ${account.uid}; ` +
      `choose a DATA_DIR that every user may enter, or don't run as root`,
  );
}

async function moveElsewhere(link: string, account: Account): Promise<string> {
  const path = join(ELSEWHERE, crypto.randomUUID());
  try {
    await makeFolder(path);
    await Deno.symlink(path, link);
  } catch (error) {
    throw new UnavailableError(
      `PostgreSQL doesn't run as root, and the user ${account.uid} can't enter ${dirname(link)}; ` +
        `choose a DATA_DIR that every user may enter, or don't run as root`,
      { cause: error },
    );
  }
  log.warn(
    { folder: path, link },
    "PostgreSQL doesn't run as root, and another user can't enter DATA_DIR: " +
      "the database lies in the folder, linked from DATA_DIR",
  );
  return path;
}

async function existing(link: string): Promise<string | null> {
  let target: string | null = null;
  try {
    const info = await Deno.lstat(link);
    if (info.isSymlink) target = await Deno.readLink(link);
    return await Deno.realPath(link);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    if (target === null) return null;
    throw new UnavailableError(
      `${link} points to ${target}, which is missing; put the folder back, ` +
        `or remove the link to start with an empty database`,
      { cause: error },
    );
  }
}

async function makeFolder(path: string): Promise<string> {
  await Deno.mkdir(path, { recursive: true });
  // The umask may have closed it to the server's account.
  if (Deno.build.os !== "windows") await Deno.chmod(path, 0o755);
  return path;
}

/** Whether the account can run what was installed. */
async function runs(programs: Programs, account: Account | undefined): Promise<boolean> {
  try {
    const { success, stderr } = await commandAs(account, programs.postgres, {
      args: ["--version"],
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) {
      throw new UnavailableError(
        `PostgreSQL's program doesn't run on this system (${
          new TextDecoder().decode(stderr).trim()
        }); set DATABASE_URL to a server of yours`,
      );
    }
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) return false;
    if (error instanceof Deno.errors.NotFound) {
      // The file is there: what is missing is the loader that it names, as on musl systems.
      throw new UnavailableError(
        "PostgreSQL's program needs the GNU C library, which this system lacks; " +
          "set DATABASE_URL to a server of yours",
        { cause: error },
      );
    }
    throw error;
  }
}
