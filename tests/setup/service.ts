/** A child process that ends with the process that started it, whatever happens to that one. */

import { fromFileUrl } from "./paths.ts";

const KEEPER = fromFileUrl(new URL("./keeper.sh", import.meta.url));

/** What {@linkcode startService} needs to know. */
export interface ServiceOptions {
  /** For messages, and the name of its log file. */
  readonly name: string;
  readonly command: readonly string[];
  /** The whole environment: nothing is inherited but PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Resolves to true once the service can be used; asked every 50 ms. */
  readonly isReady: () => Promise<boolean>;
  /** @default 60_000 */
  readonly readyWithinMs?: number;
  /** Seconds between that signal and a kill. @default 10 */
  readonly graceSeconds?: number;
  /** The signal that asks the service to end. @default "TERM" */
  readonly stopSignal?: "TERM" | "INT" | "KILL";
}

/** A service that is up. */
export interface Service {
  readonly name: string;
  readonly logFile: string;
  /** Ends the process (it is killed if it takes too long) and waits until it is gone. May be called again. */
  stop(): Promise<void>;
}

/** A service did not become ready; the message holds the end of its log. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
}

async function tail(file: string, lines: number): Promise<string> {
  try {
    return (await Deno.readTextFile(file)).trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "(no log)";
  }
}

/**
 * Starts a process under `keeper.sh`, in a session of its own (a Ctrl-C in the terminal must not
 * reach a service before the tests that use it), and waits until it is ready.
 *
 * @throws {ServiceError} when it ends early or is not ready in time.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, command, cwd } = options;
  const logFile = `${cwd}/${name}.log`;
  const child = new Deno.Command("setsid", {
    args: ["sh", KEEPER, ...command],
    cwd,
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin",
      ...options.env,
      KEEPER_LOG: logFile,
      KEEPER_SIGNAL: options.stopSignal ?? "TERM",
      KEEPER_GRACE: `${options.graceSeconds ?? 10}`,
    },
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  child.unref();

  let isGone = false;
  const gone = child.status.then(() => {
    isGone = true;
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      child.ref();
      try {
        await child.stdin.close();
      } catch {
        // It went by itself, and its pipe with it.
      }
      await gone;
    })();
    return stopping;
  };

  const deadline = Date.now() + (options.readyWithinMs ?? 60_000);
  while (!(await options.isReady())) {
    const why = isGone ? "ended at once" : Date.now() > deadline ? "is not ready in time" : "";
    if (why !== "") {
      await stop();
      throw new ServiceError(`${name} ${why}: ${command.join(" ")}\n${await tail(logFile, 25)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { name, logFile, stop };
}
