/**
 * The SMSC as a program of its own.
 *
 * ```sh
 * deno run --allow-net simulator/smsc/main.ts --port 2775 --rate 100 --receipt-delay exp:800 \
 *   --mix DELIVRD=95,UNDELIV=4,EXPIRED=1 --control-port 2780
 * ```
 * `--help` lists the flags ({@link HELP}). It prints a line for each port it listens on, and stops
 * on SIGINT or SIGTERM.
 * @module
 */
import { AppError } from "../../services/errors/mod.ts";
import { controlHandler } from "./control.ts";
import { HELP, parseFlags } from "./flags.ts";
import { startSmsc } from "./smsc.ts";

function print(line: string, to: { writeSync(bytes: Uint8Array): number } = Deno.stdout): void {
  to.writeSync(new TextEncoder().encode(`${line}\n`));
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ["SIGINT", "SIGTERM"] as const;
    const end = () => {
      for (const signal of signals) Deno.removeSignalListener(signal, end);
      resolve();
    };
    for (const signal of signals) Deno.addSignalListener(signal, end);
  });
}

/** Runs the SMSC until a signal; resolves with the exit code. */
export async function runSmsc(args: readonly string[]): Promise<number> {
  try {
    const command = parseFlags(args);
    if (command.help) {
      print(HELP);
      return 0;
    }
    const smsc = await startSmsc(command.options);
    print(`SMSC ${smsc.name} listens on ${smsc.host}:${smsc.port}`);
    const control = command.controlPort === undefined ? undefined : Deno.serve({
      hostname: "127.0.0.1",
      port: command.controlPort,
      onListen: ({ port }) => print(`Control on http://127.0.0.1:${port}`),
    }, controlHandler(smsc));
    await untilSignal();
    await Promise.all([control?.shutdown(), smsc.stop()]);
    return 0;
  } catch (error) {
    const expected = error instanceof AppError || (error instanceof Error && "code" in error);
    if (!expected) throw error;
    print(error.message, Deno.stderr);
    return 2;
  }
}

if (import.meta.main) Deno.exit(await runSmsc(Deno.args));
