/**
 * The server's process: started, watched, stopped.
 * @module
 */
import { TextLineStream } from "./lines.ts";
import { logger } from "../../log/mod.ts";
import { type Account, commandAs } from "./account.ts";
import type { Programs } from "./program.ts";
import { explain } from "./words.ts";

/** After a kill the server first replays its log, which may take a while. */
const READY_WITHIN_MS = 120_000;
const FAST_STOP_SECONDS = 20;
const IMMEDIATE_STOP_SECONDS = 10;
const LINES_KEPT = 30;

const log = logger("postgres");

/** What a server is started from. */
export interface Launch {
  readonly programs: Programs;
  readonly data: string;
  readonly account: Account | undefined;
  readonly port: number;
}

/** A server that accepts connections. */
export interface Postmaster {
  /** Settles when the process has ended, with its last lines. */
  readonly ended: Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** The server's settings: private to this machine, sized for one node, silent about data. */
function settings(port: number): string[] {
  return [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=200",
    "max_wal_senders=0",
    "wal_level=minimal",
    "timezone=UTC",
    "log_timezone=UTC",
    "lc_messages=C",
    "log_line_prefix=",
    // A statement or a DETAIL line may hold personal data.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
  ];
}

/**
 * Starts the server and waits until it accepts connections.
 * @throws {UnavailableError} with PostgreSQL's own words when it ends instead
 */
export async function startPostmaster(launch: Launch): Promise<Postmaster> {
  const { programs, data, account, port } = launch;
  const child = commandAs(account, programs.postgres, {
    args: ["-D", data, ...settings(port).flatMap((setting) => ["-c", setting])],
    stdout: "null",
    stderr: "piped",
    // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop it last.
    detached: true,
  }).spawn();
  const last: string[] = [];
  const ready = Promise.withResolvers<void>();
  const read = readLines(child.stderr, (line) => {
    last.push(line);
    if (last.length > LINES_KEPT) last.shift();
    if (line.includes("ready to accept connections")) ready.resolve();
    report(line);
  });
  const ended = Promise.all([child.status, read]).then(() => last);
  const stop = async (): Promise<void> => {
    if (!await stopServer(launch)) child.kill("SIGKILL");
    await ended;
  };
  const timer = setTimeout(() => {
    ready.reject(explain("PostgreSQL wasn't ready in time", last, data));
  }, READY_WITHIN_MS);
  try {
    await Promise.race([
      ready.promise,
      ended.then((lines) => Promise.reject(explain("PostgreSQL didn't start", lines, data))),
    ]);
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { ended, stop };
}

/**
 * Stops the server of these files: open transactions are rolled back and the files closed; when that
 * takes too long, it is cut off and replays its log at the next start.
 * @returns whether it has ended; true also when none ran
 */
export async function stopServer(
  { programs, data, account }: Pick<Launch, "programs" | "data" | "account">,
): Promise<boolean> {
  const order = async (mode: string, seconds: number): Promise<boolean> => {
    const { success, stderr } = await commandAs(account, programs.pgCtl, {
      args: ["stop", "-D", data, "-m", mode, "-w", "-t", String(seconds)],
      stdout: "null",
      stderr: "piped",
    }).output();
    const words = new TextDecoder().decode(stderr);
    return success ||
      /PID file .* does not exist|No such process|server is not running/i.test(words);
  };
  if (await order("fast", FAST_STOP_SECONDS)) return true;
  log.warn("PostgreSQL didn't stop in time and is cut off");
  return await order("immediate", IMMEDIATE_STOP_SECONDS);
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  take: (line: string) => void,
): Promise<void> {
  for await (
    const line of stream.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())
  ) {
    take(line);
  }
}

/** Failed statements are for whoever sent them; only what concerns the server is worth a warning. */
function report(line: string): void {
  if (/^PANIC:/.test(line)) log.error(line);
  else if (/^(WARNING|FATAL):/.test(line)) log.warn(line);
  else log.debug(line);
}
