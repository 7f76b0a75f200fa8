/** The commands of jcli, their options and their help. */
import type { Gateway } from "../gateway/gateway.ts";
import type { OptionSpec, OptionValues } from "../python/optparse.ts";
import { runFilter } from "./filter.ts";
import { runGroup } from "./group.ts";
import { runHttpccm } from "./httpccm.ts";
import { runInterceptor } from "./interceptor.ts";
import { runLoad, runPersist } from "./profiles.ts";
import { runRouter } from "./router.ts";
import type { JcliSession } from "./session.ts";
import { runSmppccm } from "./smppccm.ts";
import { runStats } from "./stats.ts";
import { runUser } from "./user.ts";

export interface Command {
  readonly name: string;
  /** One line of `help`. */
  readonly about: string;
  options(gateway: Gateway): readonly OptionSpec[];
  run(session: JcliSession, values: OptionValues, argument: string): void | Promise<void>;
}

const flag = (short: string, long: string, help: string): OptionSpec => ({ short, long, help });

const valued = (short: string | undefined, long: string, metavar: string, help: string) => ({
  ...(short === undefined ? {} : { short }),
  long,
  metavar,
  help,
});

const byUid = (short: string | undefined, long: string, action: string): OptionSpec =>
  valued(short, long, "UID", action);

function tableOptions(what: string, table: string): readonly OptionSpec[] {
  const using = (action: string) => `${action} ${what} using it's ORDER`;
  return [
    flag("-l", "--list", `List ${what}s`),
    flag("-a", "--add", `Add a new ${what}`),
    valued("-r", "--remove", "ORDER", using("Remove")),
    valued("-s", "--show", "ORDER", using("Show")),
    flag("-f", "--flush", `Flush ${table}`),
  ];
}

const PROFILE: OptionSpec = {
  short: "-p",
  long: "--profile",
  metavar: "PROFILE",
  help: "Configuration profile, default: jcli-prod",
  fallback: "jcli-prod",
};

const USER_OPTIONS: readonly OptionSpec[] = [
  flag("-l", "--list", "List all users or a group users when provided with GID"),
  flag("-a", "--add", "Add user"),
  byUid("-e", "--enable", "Enable user"),
  byUid("-d", "--disable", "Disable user"),
  byUid("-u", "--update", "Update user using it's UID"),
  byUid("-r", "--remove", "Remove user using it's UID"),
  byUid("-s", "--show", "Show user using it's UID"),
  byUid(undefined, "--smpp-unbind", "Unbind user from smpp server using it's UID"),
  byUid(undefined, "--smpp-ban", "Unbind and ban user from smpp server using it's UID"),
];

const GROUP_OPTIONS: readonly OptionSpec[] = [
  flag("-l", "--list", "List groups"),
  flag("-a", "--add", "Add group"),
  valued("-e", "--enable", "GID", "Enable group"),
  valued("-d", "--disable", "GID", "Disable group"),
  valued("-r", "--remove", "GID", "Remove group using it's GID"),
];

const FILTER_OPTIONS: readonly OptionSpec[] = [
  flag("-l", "--list", "List filters"),
  flag("-a", "--add", "Add filter"),
  valued("-r", "--remove", "FID", "Remove filter using it's FID"),
  valued("-s", "--show", "FID", "Show filter using it's FID"),
];

const HTTPCCM_OPTIONS: readonly OptionSpec[] = [
  flag("-l", "--list", "List HTTP client connectors"),
  flag("-a", "--add", "Add a new HTTP client connector"),
  valued("-r", "--remove", "CID", "Remove HTTP client connector using it's CID"),
  valued("-s", "--show", "CID", "Show HTTP client connector using it's CID"),
];

const SMPPCCM_OPTIONS: readonly OptionSpec[] = [
  flag("-l", "--list", "List SMPP connectors"),
  flag("-a", "--add", "Add SMPP connector"),
  valued("-u", "--update", "CID", "Update SMPP connector configuration using it's CID"),
  valued("-r", "--remove", "CID", "Remove SMPP connector using it's CID"),
  valued("-s", "--show", "CID", "Show SMPP connector using it's CID"),
  valued("-1", "--start", "CID", "Start SMPP connector using it's CID"),
  valued("-0", "--stop", "CID", "Stop SMPP connector using it's CID"),
];

const STATS_OPTIONS: readonly OptionSpec[] = [
  byUid(undefined, "--user", "Show user stats using it's UID"),
  { long: "--users", help: "Show all users stats" },
  valued(undefined, "--smppc", "CID", "Show smpp connector stats using it's CID"),
  { long: "--smppcs", help: "Show all smpp connectors stats" },
  { long: "--httpapi", help: "Show HTTP API stats" },
  { long: "--smppsapi", help: "Show SMPP Server API stats" },
];

function command(
  name: string,
  about: string,
  options: readonly OptionSpec[],
  run: Command["run"],
): Command {
  return { name, about, options: () => options, run };
}

const interception = (direction: "MO" | "MT") =>
  tableOptions(`${direction} interceptor`, `${direction} interception table`);
const routing = (direction: "MO" | "MT") =>
  tableOptions(`${direction} route`, `${direction} routing table`);

export const COMMANDS: readonly Command[] = [
  command(
    "persist",
    "Persist current configuration profile to disk in PROFILE",
    [PROFILE],
    runPersist,
  ),
  command("load", "Load configuration PROFILE profile from disk", [PROFILE], runLoad),
  command("user", "User management", USER_OPTIONS, runUser),
  command("group", "Group management", GROUP_OPTIONS, runGroup),
  command("filter", "Filter management", FILTER_OPTIONS, runFilter),
  command(
    "mointerceptor",
    "MO Interceptor management",
    interception("MO"),
    (session, values) => runInterceptor("MO", session, values),
  ),
  command(
    "mtinterceptor",
    "MT Interceptor management",
    interception("MT"),
    (session, values) => runInterceptor("MT", session, values),
  ),
  command(
    "morouter",
    "MO Router management",
    routing("MO"),
    (session, values) => runRouter("MO", session, values),
  ),
  command(
    "mtrouter",
    "MT Router management",
    routing("MT"),
    (session, values) => runRouter("MT", session, values),
  ),
  command("smppccm", "SMPP connector management", SMPPCCM_OPTIONS, runSmppccm),
  command("httpccm", "HTTP client connector management", HTTPCCM_OPTIONS, runHttpccm),
  command("stats", "Stats management", STATS_OPTIONS, runStats),
];

/** Commands that stand apart, with their help. */
export const CONTROL_COMMANDS: Readonly<Record<string, string>> = {
  quit: "Disconnect from console",
  help: 'List available commands with "help" or detailed help with "help cmd".',
};

export function notHelped(topic: string): string {
  return `*** No help on ${topic}`;
}

function helpTable(heading: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, about]) => name.padEnd(20) + about);
  return [heading, "=".repeat(heading.length), ...lines].join("\n");
}

/** What `help` prints. */
export const HELP = `${
  helpTable("Available commands:", COMMANDS.map(({ name, about }) => [name, about]))
}\n\n${helpTable("Control commands:", Object.entries(CONTROL_COMMANDS))}`;
