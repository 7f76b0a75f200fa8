/**
 * The server that a killed process of ours left running on the same files.
 * @module
 */
import { join } from "node:path";
import { ConflictError } from "../../errors/mod.ts";
import { logger } from "../../log/mod.ts";
import { connect } from "../connect.ts";
import { isServerError } from "../failures.ts";
import type { Account } from "./account.ts";
import { type Cluster, ROLE } from "./cluster.ts";
import { stopServer } from "./postmaster.ts";
import type { Programs } from "./program.ts";

const WAIT_MS = 60_000;
const ASK_EVERY_MS = 250;
const CANNOT_CONNECT_NOW = "57P03";

const log = logger("postgres");

/**
 * Stops what still runs on the files; afterwards a server can be started on them.
 *
 * `postmaster.pid` names a process and a port. The process may be anything by now (pids are used
 * again, in containers at once), so it is asked: only a server that knows our password and says that
 * these are its files is stopped. Where nobody listens, the file is a leftover; should a server still
 * be closing down, PostgreSQL itself refuses the next one by the shared memory that both would use.
 *
 * @throws {ConflictError} when it neither answers nor ends
 */
export async function stopOrphan(
  programs: Programs,
  cluster: Cluster,
  account: Account | undefined,
): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (true) {
    const found = await readPidFile(cluster.data);
    if (found === null) return;
    const answer = await ask(found.port, cluster);
    if (answer === "ours") {
      log.warn({ pid: found.pid }, "A server left by a killed process is stopped");
      await stopServer({ programs, data: cluster.data, account });
      return;
    }
    if (answer === "nobody") {
      await Deno.remove(pidFile(cluster.data));
      return;
    }
    if (performance.now() > deadline) {
      throw new ConflictError(
        `PostgreSQL, process ${found.pid}, still runs on ${cluster.data} and doesn't answer; stop it`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

/** Who listens on the port: the server of these files, it but not ready, or nobody that counts. */
async function ask(port: number, cluster: Cluster): Promise<"ours" | "busy" | "nobody"> {
  const sql = connect(`postgres://${ROLE}:${cluster.password}@127.0.0.1:${port}/postgres`, {
    max: 1,
    connectTimeoutSeconds: 3,
    applicationName: "jasmin-dashboard start",
  });
  try {
    const [row] = await sql<{ files: string }[]>`select current_setting('data_directory') as files`;
    return row?.files === cluster.data ? "ours" : "nobody";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (isServerError(error)) {
      return code === CANNOT_CONNECT_NOW ? "busy" : "nobody";
    }
    // It takes the connection and says nothing: frozen, or not PostgreSQL.
    return code === "CONNECT_TIMEOUT" ? "busy" : "nobody";
  } finally {
    await sql.end({ timeout: 0 });
  }
}

function pidFile(data: string): string {
  return join(data, "postmaster.pid");
}

/** @see https://www.postgresql.org/docs/18/storage-file-layout.html on `postmaster.pid` */
async function readPidFile(data: string): Promise<{ pid: number; port: number } | null> {
  try {
    const lines = (await Deno.readTextFile(pidFile(data))).split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    // Cut off before the port was written: nobody can be listening.
    return { pid, port: Number.isInteger(port) && port > 0 ? port : 1 };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
