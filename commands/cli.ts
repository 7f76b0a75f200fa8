/**
 * The program's commands, by name.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { ConfigError } from "../services/config/mod.ts";

/** A command: takes what follows its name, answers with the exit code. */
export type Command = (args: readonly string[]) => Promise<number>;

interface Entry {
  readonly usage: string;
  readonly load: () => Promise<Command>;
}

/** Loaded when asked for: `migrate` needs no web server. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  serve: {
    usage: "serve                    run the service (the default)",
    load: async () => (await import("./serve.ts")).serve,
  },
  demo: {
    usage: "demo                     run everything with a simulated gateway and sample data",
    load: async () => (await import("./demo.ts")).demo,
  },
  migrate: {
    usage: "migrate                  bring the database to this version",
    load: async () => (await import("./migrate.ts")).migrateCommand,
  },
  user: {
    usage: "user add EMAIL ROLE      add a user; asks for the password on standard input",
    load: async () => (await import("./user.ts")).userCommand,
  },
  doctor: {
    usage: "doctor                   check every dependency, each fault with its mend",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  audit: {
    usage: "audit verify             verify the chain of the audit log",
    load: async () => (await import("./audit.ts")).auditCommand,
  },
  simulator: {
    usage: "simulator smsc|jasmin    run a simulator alone; --help tells its flags",
    load: async () => (await import("./simulator.ts")).simulatorCommand,
  },
  openapi: {
    usage: "openapi                  print the OpenAPI document",
    load: async () => (await import("./openapi.ts")).openapiCommand,
  },
};

function usage(): string {
  const lines = Object.values(COMMANDS).map((entry) => `  ${entry.usage}`);
  return `Usage: jasmin-dashboard [COMMAND]\n\n${lines.join("\n")}`;
}

/** Runs the command that the arguments name and ends the process with its exit code. */
export async function runCli(args: readonly string[]): Promise<never> {
  const [name = "serve", ...rest] = args;
  const entry = COMMANDS[name];
  if (entry === undefined) {
    const asked = name === "--help" || name === "-h" || name === "help";
    (asked ? console.log : console.error)(
      asked ? usage() : `There is no command "${name}".\n\n${usage()}`,
    );
    Deno.exit(asked ? 0 : 2);
  }
  try {
    const command = await entry.load();
    Deno.exit(await command(rest));
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const sentence of error.sentences) console.error(sentence);
      Deno.exit(2);
    }
    const sentence = (await import("./failures.ts")).sentenceOf(error);
    if (sentence === undefined) throw error;
    console.error(sentence);
    Deno.exit(1);
  }
}
