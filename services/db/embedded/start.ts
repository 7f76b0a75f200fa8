/**
 * A private PostgreSQL under `DATA_DIR`, for installations that name no `DATABASE_URL`.
 * @module
 */
import { join } from "node:path";
import { AppError, UnavailableError } from "../../errors/mod.ts";
import { connect } from "../connect.ts";
import { type Account, serverAccount } from "./account.ts";
import { type Cluster, openCluster, ROLE } from "./cluster.ts";
import { type Home, openHome } from "./home.ts";
import { lockDataDir } from "./lock.ts";
import { stopOrphan } from "./orphan.ts";
import { type Postmaster, startPostmaster } from "./postmaster.ts";
import { locatePackage } from "./program.ts";
import { explainFileError } from "./words.ts";

const DATABASE = "jasmin_dashboard";
const TRIES = 20;
const TRY_AGAIN_MS = 250;

/** A running embedded server. */
export interface Embedded {
  /** The database's URL, with its password; never to be logged. */
  readonly url: string;
  /** Resolves, with why, if the server ends though nobody called `stop`. */
  readonly died: Promise<Error>;
  /** Ends the server (connections are cut, files closed) and lets `DATA_DIR` go. */
  stop(): Promise<void>;
}

/**
 * Starts the server of `dataDir`, which is made where it is missing; the first start makes the
 * database files. The caller owns it and must `stop` it.
 *
 * @throws {ConflictError} when another server runs on `dataDir`
 * @throws {UnavailableError} when the disk is full, the directory can't be written, the platform has
 * no embedded PostgreSQL, or the files are of another major version
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  let root = dataDir;
  try {
    const found = await locatePackage();
    await Deno.mkdir(dataDir, { recursive: true });
    root = await Deno.realPath(dataDir);
    const lock = await lockDataDir(root);
    try {
      const account = await accountFor(root);
      const home = await openHome(root, found, account);
      const cluster = await openCluster(home, found.version.split(".")[0] ?? "", account);
      await stopOrphan(home.programs, cluster, account);
      const { postmaster, port } = await startSomewhere(home, cluster, account);
      const url = `postgres://${ROLE}:${cluster.password}@127.0.0.1:${port}/${DATABASE}`;
      try {
        await makeDatabase(url);
        await lock.announce(url);
      } catch (error) {
        await postmaster.stop();
        throw error;
      }
      return running(url, postmaster, () => lock.release());
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw explainFileError(error, root);
  }
}

function running(url: string, postmaster: Postmaster, release: () => Promise<void>): Embedded {
  let stopping: Promise<void> | undefined;
  const died = new Promise<Error>((resolve) => {
    postmaster.ended.then((lines) => {
      if (stopping !== undefined) return;
      resolve(new UnavailableError(`PostgreSQL ended unasked: ${lines.at(-1) ?? "no last words"}`));
    });
  });
  return {
    url,
    died,
    stop: () => stopping ??= postmaster.stop().finally(release),
  };
}

/** Files that a user made are run as that user when root comes later. */
async function accountFor(dataDir: string): Promise<Account | undefined> {
  const account = serverAccount();
  if (account === undefined) return undefined;
  try {
    const { uid, gid } = await Deno.stat(join(dataDir, "postgres", "data"));
    return uid === null || gid === null || uid === 0 ? account : { uid, gid };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return account;
    throw error;
  }
}

async function startSomewhere(
  home: Home,
  cluster: Cluster,
  account: Account | undefined,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let tries = 1;; tries++) {
    const port = freePort();
    try {
      const launch = { programs: home.programs, data: cluster.data, account, port };
      return { postmaster: await startPostmaster(launch), port };
    } catch (error) {
      if (tries === TRIES || !mayPass(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}

/** Another program took the port first, or the server before still closes its shared memory. */
function mayPass(error: unknown): boolean {
  return error instanceof AppError &&
    /could not create any TCP\/IP sockets|shared memory block|postmaster\.pid/.test(error.message);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function makeDatabase(url: string): Promise<void> {
  const sql = connect(url.replace(/[^/]*$/, "postgres"), { max: 1 });
  try {
    const found = await sql`select from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}
