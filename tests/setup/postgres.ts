/** A private PostgreSQL server. */

import { connect } from "../../services/db/mod.ts";
import { ensureProgram, findProgram } from "./apt.ts";
import { serviceFolder } from "./paths.ts";
import { freePort, isListening } from "./ports.ts";
import { type Service, startService } from "./service.ts";

/** A PostgreSQL server that is up. */
export interface PostgresService extends Service {
  readonly port: number;
  /** Of the database `postgres`, as a superuser who needs no password. */
  readonly url: string;
  /** Kills the server with SIGKILL, as a failing machine does, and starts it again on its files. */
  crash(): Promise<void>;
}

const VERSIONS = "/usr/lib/postgresql";

/** The folder of the newest server's programs; Debian puts them outside PATH. */
async function findServer(): Promise<string | undefined> {
  const versions: string[] = [];
  try {
    for await (const entry of Deno.readDir(VERSIONS)) versions.push(entry.name);
  } catch {
    return undefined;
  }
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    const bin = `${VERSIONS}/${version}/bin`;
    if (await findProgram(`${bin}/postgres`) !== undefined) return bin;
  }
  return undefined;
}

/** The server refuses to run as root: as root it gets another user. */
async function userPrefix(folder: string): Promise<string[]> {
  if (Deno.uid() !== 0) return [];
  const users = await Deno.readTextFile("/etc/passwd");
  const entry = /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ??
    /^nobody:[^:]*:(\d+):(\d+):/m.exec(users);
  const [, uid, gid] = entry ?? [];
  if (uid === undefined) throw new Error("PostgreSQL refuses to run as root; add a user postgres");
  await Deno.chown(folder, Number(uid), Number(gid));
  return ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
}

async function run(command: readonly string[], cwd: string): Promise<void> {
  const [program = "", ...args] = command;
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
}

/** Whether a process still works in the folder of the data. */
async function hasProcesses(data: string): Promise<boolean> {
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (await Deno.readLink(`/proc/${name}/cwd`) === data) return true;
    } catch {
      // It has ended meanwhile.
    }
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1, connectTimeoutSeconds: 5 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end();
  }
}

/** Starts PostgreSQL on a free port of the loopback address, with trust authentication. */
export async function startPostgres(): Promise<PostgresService> {
  const bin = await ensureProgram("PostgreSQL", ["postgresql"], findServer);
  const [cwd, port] = [await serviceFolder("postgres"), freePort()];
  const asUser = await userPrefix(cwd);
  const data = `${cwd}/data`;
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    // The folder is thrown away: what survives a crash of the machine does not matter here. A
    // server that is killed loses nothing by it.
    fsync: "off",
    full_page_writes: "off",
    timezone: "UTC",
  };
  await run(
    [
      ...asUser,
      `${bin}/initdb`,
      ...["-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    ],
    cwd,
  );
  const options = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const start = (): Promise<Service> =>
    startService({
      name: "postgres",
      cwd,
      command: [...asUser, `${bin}/postgres`, "-D", data, "-p", `${port}`, ...options],
      // Its fast shutdown: TERM would wait until every client has gone.
      stopSignal: "INT",
      // It listens a moment before it lets anybody in.
      isReady: async () => await isListening(port) && await answers(url),
    });
  let service = await start();
  return {
    name: service.name,
    logFile: service.logFile,
    port,
    url,
    stop: () => service.stop(),
    async crash() {
      const [pid = ""] = (await Deno.readTextFile(`${data}/postmaster.pid`)).split("\n");
      Deno.kill(Number(pid), "SIGKILL");
      await service.stop();
      // Its processes end when they miss it; until then the files are refused to another server.
      while (await hasProcesses(data)) await new Promise((resolve) => setTimeout(resolve, 20));
      service = await start();
    },
  };
}
