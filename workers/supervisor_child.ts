/**
 * The parent of a process: starts it again when it asks for that.
 * @module
 */
import { logger } from "../services/log/mod.ts";

/** `EX_TEMPFAIL` of sysexits(3): start me again. */
export const RESTART_EXIT_CODE = 75;

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
const SOUND_AFTER_MS = 60_000;

const log = logger("parent");

/** What the child is given. */
export interface ChildOptions {
  /** @default Deno.execPath() */
  readonly program?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a child until it ends for good: on exit 75 it is started again, with a growing pause when it
 * keeps doing that. SIGINT, SIGTERM and SIGHUP are passed on, each once (the child has a session of
 * its own, so Ctrl-C reaches it only through us). Its standard input is a pipe that ends with us:
 * `whenParentGone`. Needs `--allow-run` of the program.
 *
 * @returns the child's exit code, 128 + n when signal n ended it
 */
export async function superviseChild(
  args: readonly string[],
  { program = Deno.execPath(), env = {} }: ChildOptions = {},
): Promise<number> {
  let child: Deno.ChildProcess | undefined;
  let asked = false;
  const pause = new AbortController();
  const pass = (signal: Deno.Signal) => (): void => {
    asked = true;
    pause.abort();
    try {
      child?.kill(signal);
    } catch (error) {
      // It has just ended by itself.
      if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
    }
  };
  const signals: readonly Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const listeners = signals.map((signal) => ({ signal, listener: pass(signal) }));
  for (const { signal, listener } of listeners) Deno.addSignalListener(signal, listener);
  try {
    for (let quick = 0;;) {
      const started = performance.now();
      child = new Deno.Command(program, { args: [...args], env, stdin: "piped", detached: true })
        .spawn();
      const { code } = await child.status;
      child = undefined;
      if (code !== RESTART_EXIT_CODE || asked) return code;
      quick = performance.now() - started < SOUND_AFTER_MS ? quick + 1 : 1;
      const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (quick - 1));
      log.warn({ delayMs }, "The process asked to be started again");
      await sleep(delayMs, pause.signal);
      if (pause.signal.aborted) return code;
    }
  } finally {
    for (const { signal, listener } of listeners) Deno.removeSignalListener(signal, listener);
  }
}

/** In a child of `superviseChild`: resolves when the parent has died, however it did. */
export async function whenParentGone(): Promise<void> {
  for await (const _ of Deno.stdin.readable) {
    // The parent writes nothing.
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
