/**
 * `doctor`: checks every dependency, beside a server that runs or alone, and names each mend.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { join } from "node:path";
import { type Config, loadConfig } from "../services/config/mod.ts";
import { findRunning, startEmbedded } from "../services/db/mod.ts";
import {
  type CheckResult,
  CHECKS,
  type DatabasePlace,
  runChecks,
  Surroundings,
} from "../services/doctor/mod.ts";
import { setLogLevel } from "../services/log/mod.ts";
import { renderReport } from "./doctor_report.ts";

const USAGE = `Usage: jasmin-dashboard doctor [--json]

Checks PostgreSQL, the stream, the gateway and the way back from it, and names the mend of each
fault. Ends with 0 when nothing failed, 1 when something did, 2 when the configuration is wrong.`;

/** The columns of a report that goes to no terminal. */
const FILE_WIDTH = 100;

interface OpenDatabase {
  readonly place: DatabasePlace;
  close(): Promise<void>;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The database of the configuration; an embedded one that doesn't run is started for the checks. */
async function openDatabase({ databaseUrl, dataDir }: Config): Promise<OpenDatabase> {
  const close = () => Promise.resolve();
  if (databaseUrl !== undefined) return { place: { url: databaseUrl }, close };
  const running = await findRunning(dataDir);
  if (running !== null) return { place: { url: running.url }, close };
  if (!await exists(join(dataDir, "postgres"))) {
    const mend = "Start the service once, which makes it; or set DATABASE_URL";
    const missing = `There is no database under DATA_DIR ${dataDir}, and DATABASE_URL is not set`;
    return { place: { missing, mend }, close };
  }
  try {
    const embedded = await startEmbedded(dataDir);
    return { place: { url: embedded.url }, close: () => embedded.stop() };
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    const mend = "If the service is just starting, run doctor again in a moment";
    return { place: { missing, mend }, close };
  }
}

/** Examines what the configuration names. */
export async function examine(config: Config): Promise<CheckResult[]> {
  const database = await openDatabase(config);
  try {
    await using surroundings = new Surroundings({ config, database: database.place });
    return await runChecks(CHECKS, surroundings);
  } finally {
    await database.close();
  }
}

export async function doctorCommand(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(USAGE);
    return 0;
  }
  const unknown = args.find((each) => each !== "--json");
  if (unknown !== undefined) {
    console.error(`doctor knows no ${unknown}\n\n${USAGE}`);
    return 2;
  }
  // Log lines go to standard output, where the report is read.
  setLogLevel("silent");
  const results = await examine(loadConfig(Deno.env.toObject()));
  const ok = results.every(({ outcome }) => outcome !== "fail");
  if (args.includes("--json")) {
    console.log(JSON.stringify({ ok, checks: results }, null, 2));
  } else {
    const terminal = Deno.stdout.isTerminal();
    const width = terminal ? Math.max(40, Deno.consoleSize().columns) : FILE_WIDTH;
    console.log(renderReport(results, { width, colour: terminal && !Deno.noColor }));
  }
  return ok ? 0 : 1;
}
