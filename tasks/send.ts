/**
 * `deno task send +34600000001 "text"`: sends one message and follows it to its end, by nothing but
 * the API and the live events.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { ApiClient, UnreachableError } from "./send/api_client.ts";
import { readArguments, type SendArguments, USAGE, UsageError } from "./send/arguments.ts";
import { follow, type FollowedMessage } from "./send/follow.ts";
import { Problem } from "./send/problem.ts";

/** Exit codes. */
const DELIVERED = 0;
const NOT_DELIVERED = 1;
const USAGE_FAULT = 2;

const STATE_WIDTH = 12;

/** `    0.412 s`. */
function since(ms: number): string {
  return `${(ms / 1_000).toFixed(3).padStart(9)} s`;
}

function partsOf({ parts, charset }: FollowedMessage): string {
  return `${parts} ${parts === 1 ? "part" : "parts"} (${charset})`;
}

/** What is known at the end, in one line. */
function endOf(message: FollowedMessage, elapsedMs: number): string {
  const { connector, created_at, final_at, reason, state } = message;
  const total = final_at === null ? elapsedMs : final_at - created_at;
  return [
    `${state} after ${(total / 1_000).toFixed(3)} s`,
    partsOf(message),
    ...(connector === null ? [] : [`connector ${connector}`]),
    ...(reason === null ? [] : [reason]),
  ].join(", ");
}

async function run(args: SendArguments): Promise<number> {
  const signal = AbortSignal.timeout(args.timeoutSeconds * 1_000);
  const client = await ApiClient.signIn(args.url, args, signal);
  const started = performance.now();
  const { message, final } = await follow(client, args, {
    taken: (taken) => console.log(`${taken.id} to ${taken.to}, ${partsOf(taken)}`),
    moved(state, afterMs, { reason, connector }) {
      const by = connector === null ? "" : `by ${connector}  `;
      const words = `${state.padEnd(STATE_WIDTH)}${by}${reason ?? ""}`.trimEnd();
      console.log(`${since(afterMs)}  ${words}`);
    },
    cut: () => console.error("The live connection was cut; connecting again"),
  }, signal);
  if (!final) {
    console.error(
      `No end within ${args.timeoutSeconds} s; its last state is ${message.state}, since ${
        new Date(message.state_since).toISOString()
      }${message.reason === null ? "" : `: ${message.reason}`}`,
    );
    return NOT_DELIVERED;
  }
  console.log(endOf(message, performance.now() - started));
  return message.state === "delivered" ? DELIVERED : NOT_DELIVERED;
}

/** Runs the task; answers with its exit code. */
export async function send(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(USAGE);
    return 0;
  }
  try {
    return await run(readArguments(args, env));
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return USAGE_FAULT;
    }
    if (error instanceof Problem) {
      for (const line of error.lines) console.error(line);
    } else if (error instanceof UnreachableError) {
      console.error(error.message);
    } else if (isTimeout(error)) {
      console.error("The service took no message in the time of --timeout");
    } else {
      throw error;
    }
    return NOT_DELIVERED;
  }
}

/** A wait of Node's timers tells the same by another name. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
}

if (import.meta.main) {
  const names = [
    "DEMO_PASSWORD",
    "JASMIN_DASHBOARD_EMAIL",
    "JASMIN_DASHBOARD_PASSWORD",
    "JASMIN_DASHBOARD_URL",
  ];
  const env = Object.fromEntries(names.map((name) => [name, Deno.env.get(name)]));
  Deno.exit(await send(Deno.args, env));
}
