/**
 * What `deno task send` is asked to do, from its arguments and the environment; pure.
 * @module
 */
import { parseArgs } from "node:util";

/** One message to be sent and followed. */
export interface SendArguments {
  /** Where the service is, without a trailing slash. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
  readonly to: string;
  readonly text: string;
  readonly from: string | undefined;
  /** How long to follow it, in seconds. */
  readonly timeoutSeconds: number;
}

/** The arguments make no sense; the message says which, and the mend. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE = `Usage: deno task send NUMBER TEXT [flags]

Sends one message and follows it to its end.

  NUMBER            with its country's code, such as +34600000001
  TEXT              what is sent, up to 5 parts; behind -- when it begins with a dash
  --from SENDER     in place of the account's sender
  --url URL         of the service (default http://localhost:8000)
  --email EMAIL     who sends
  --password WORD   better given by the environment, where other users of this machine can't see it
  --timeout N       seconds to follow it for (default 120)

JASMIN_DASHBOARD_URL, JASMIN_DASHBOARD_EMAIL and JASMIN_DASHBOARD_PASSWORD stand for the flags. For
a service on this machine the default is the demo's admin, with the password of DEMO_PASSWORD.

Ends with 0 when the message was delivered, 1 when it was not, 2 on arguments like none of these.`;

const DEFAULT_URL = "http://localhost:8000";
const DEMO_EMAIL = "admin@demo.test";
const DEMO_PASSWORD = "demo";
const LONGEST_SECONDS = 86_400;

const OPTIONS = {
  email: { type: "string" },
  from: { type: "string" },
  password: { type: "string" },
  timeout: { type: "string", default: "120" },
  url: { type: "string" },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function serviceUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url;
  throw new UsageError(`"${text}" is no address of a service; give one such as ${DEFAULT_URL}`);
}

function isThisMachine(url: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

/** @throws {UsageError} */
export function readArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SendArguments {
  const { values, positionals } = parse(args);
  const [to, text, ...more] = positionals;
  if (to === undefined || text === undefined) {
    throw new UsageError("Give a number and a text");
  }
  if (more.length > 0) {
    throw new UsageError(`"${more[0]}" is one argument too many; put the text in quotes`);
  }
  const url = serviceUrl(values.url ?? (env["JASMIN_DASHBOARD_URL"] || DEFAULT_URL));
  const timeoutSeconds = Number(values.timeout);
  if (!(timeoutSeconds > 0 && timeoutSeconds <= LONGEST_SECONDS)) {
    throw new UsageError(
      `--timeout ${values.timeout} is no number of seconds, 1 to ${LONGEST_SECONDS}`,
    );
  }
  const email = values.email ?? (env["JASMIN_DASHBOARD_EMAIL"] || undefined);
  const password = values.password ?? (env["JASMIN_DASHBOARD_PASSWORD"] || undefined);
  if (email !== undefined && password === undefined) {
    throw new UsageError("The password is missing; give JASMIN_DASHBOARD_PASSWORD or --password");
  }
  if (email === undefined && !isThisMachine(url)) {
    throw new UsageError("Who sends is missing; give JASMIN_DASHBOARD_EMAIL or --email");
  }
  return {
    url: url.href.replace(/\/+$/, ""),
    email: email ?? DEMO_EMAIL,
    password: password ?? (env["DEMO_PASSWORD"] || DEMO_PASSWORD),
    to,
    text,
    from: values.from,
    timeoutSeconds,
  };
}
