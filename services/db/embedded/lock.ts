/**
 * One server per `DATA_DIR`. `server.lock` says who it is; an advisory lock on `server.guard` says
 * that it still lives: the kernel drops it with its process, so neither a dead process nor another
 * program under the same pid can hold the directory. (Two files, as Windows forbids reading a locked
 * one.)
 * @module
 */
import { join } from "node:path";
import { ConflictError } from "../../errors/mod.ts";

/** What `server.lock` says of the server that runs. */
export interface Running {
  readonly pid: number;
  readonly startedAt: Date;
  /** The database's URL, with its password; never to be logged. */
  readonly url: string;
}

/** The directory is ours until `release`. */
export interface DataDirLock {
  /** Writes what `findRunning` tells others. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/** `findRunning` of another process holds the guard for an instant; that is no server. */
const TRIES = 20;
const TRY_EVERY_MS = 15;

/**
 * Takes the directory, which must exist.
 * @throws {ConflictError} when another server, or this process already, has it
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const guard = await openGuard(dataDir);
  for (let tries = 1; !await guard.tryLock(true); tries++) {
    if (tries < TRIES) {
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
      continue;
    }
    guard.close();
    const running = await readInfo(dataDir);
    const who = running === null
      ? "another process that is just starting"
      : `process ${running.pid} since ${running.startedAt.toISOString()}`;
    throw new ConflictError(
      `DATA_DIR ${dataDir} is in use by ${who}; stop it, or give this one another DATA_DIR`,
    );
  }
  // What a killed server left behind.
  await removeInfo(dataDir);
  let held = true;
  return {
    announce: (url) => writeInfo(dataDir, { pid: Deno.pid, startedAt: new Date(), url }),
    release: async () => {
      if (!held) return;
      held = false;
      await removeInfo(dataDir);
      guard.close();
    },
  };
}

/** The server that runs on this directory; null when none does, or it isn't ready yet. */
export async function findRunning(dataDir: string): Promise<Running | null> {
  let guard: Deno.FsFile;
  try {
    guard = await openGuard(dataDir, false);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  try {
    return await guard.tryLock(false) ? null : await readInfo(dataDir);
  } finally {
    guard.close();
  }
}

function openGuard(dataDir: string, create = true): Promise<Deno.FsFile> {
  return Deno.open(join(dataDir, "server.guard"), {
    read: true,
    write: create,
    create,
    mode: 0o600,
  });
}

function infoPath(dataDir: string): string {
  return join(dataDir, "server.lock");
}

async function writeInfo(dataDir: string, info: Running): Promise<void> {
  const path = infoPath(dataDir);
  await Deno.writeTextFile(`${path}.new`, JSON.stringify(info) + "\n", { mode: 0o600 });
  await Deno.rename(`${path}.new`, path);
}

async function readInfo(dataDir: string): Promise<Running | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(infoPath(dataDir));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  // Written whole by `writeInfo` above, so its shape is known.
  const { pid, startedAt, url } = JSON.parse(text) as {
    pid: number;
    startedAt: string;
    url: string;
  };
  return { pid, startedAt: new Date(startedAt), url };
}

async function removeInfo(dataDir: string): Promise<void> {
  try {
    await Deno.remove(infoPath(dataDir));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
