/**
 * `main.ts` as a process of its own: what it prints, how it ends, and what it leaves behind.
 * @module
 */
import assert from "node:assert/strict";
import { ROOT } from "../setup/paths.ts";
import { until } from "../until.ts";

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Program {
  readonly #child: Deno.ChildProcess;
  readonly #name: string;
  #stdout = "";
  #stderr = "";
  #ended: Ended | undefined;
  readonly ended: Promise<Ended>;

  /**
   * Starts a command with this environment alone, and what Deno needs to find its cache.
   * @param input what it reads on standard input
   */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>, input?: string) {
    const inherited = ["PATH", "HOME", "DENO_DIR", "TMPDIR", "LD_LIBRARY_PATH"].flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    this.#name = args.join(" ");
    const child = new Deno.Command(Deno.execPath(), {
      // Without -q Deno says that permissions in its configuration are experimental.
      args: ["run", "-q", "-P=serve", "--no-prompt", "main.ts", ...args],
      cwd: ROOT,
      clearEnv: true,
      env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#child = child;
    const stdout = this.#read(this.#child.stdout, (text) => this.#stdout += text);
    const stderr = this.#read(this.#child.stderr, (text) => this.#stderr += text);
    const fed = this.#feed(input);
    this.ended = (async () => {
      const { code } = await child.status;
      await Promise.all([stdout, stderr, fed]);
      this.#ended = { code, stdout: this.#stdout, stderr: this.#stderr };
      return this.#ended;
    })();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Everything that it has printed so far. */
  get output(): string {
    return this.#stdout + this.#stderr;
  }

  /** Waits for a text on standard output; fails with all output if it ends before. */
  async says(pattern: RegExp, seconds: number): Promise<RegExpExecArray> {
    try {
      return await until(`"${this.#name}" to say ${pattern}`, seconds, () => {
        const found = pattern.exec(this.#stdout);
        assert(found !== null || this.#ended === undefined, `It ended with ${this.#ended?.code}`);
        return found;
      });
    } catch (error) {
      throw new Error(`${String(error)}\n${this.output}`, { cause: error });
    }
  }

  /** Asks it to end and waits; after `seconds` it is killed, which is a failure. */
  async stop(signal: "SIGINT" | "SIGTERM" = "SIGTERM", seconds = 30): Promise<Ended> {
    if (this.#ended === undefined) this.#child.kill(signal);
    try {
      return await until(`"${this.#name}" to end at ${signal}`, seconds, () => this.#ended);
    } catch (error) {
      this.kill();
      throw error;
    }
  }

  kill(): void {
    if (this.#ended === undefined) this.#child.kill("SIGKILL");
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>, take: (text: string) => void) {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) take(text);
  }

  async #feed(input: string | undefined): Promise<void> {
    const writer = this.#child.stdin.getWriter();
    try {
      if (input !== undefined) await writer.write(new TextEncoder().encode(input));
      await writer.close();
    } catch {
      // It has ended without reading all of it.
    }
  }
}

/** Runs a command to its end. */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input?: string,
): Promise<Ended> {
  const program = new Program(args, env, input);
  const timer = setTimeout(() => program.kill(), 60_000);
  const ended = await program.ended;
  clearTimeout(timer);
  return ended;
}

/** Command lines of processes that name a folder in their arguments or environment. */
export function processesOf(folder: string): string[] {
  const found: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    try {
      const command = Deno.readTextFileSync(`/proc/${name}/cmdline`).replaceAll("\0", " ");
      const environment = Deno.readTextFileSync(`/proc/${name}/environ`);
      if (command.includes(folder) || environment.includes(folder)) {
        found.push(`${name} ${command}`);
      }
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
  return found;
}
