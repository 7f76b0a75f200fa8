/**
 * The command line of the SMSC.
 * @module
 */
import { parseArgs } from "node:util";
import { ValidationError } from "../../services/errors/mod.ts";
import type { AccountOptions } from "./account.ts";
import type { BehaviourPatch } from "./behaviour.ts";
import { SUFFIX_RULES } from "./outcome.ts";
import type { Delay } from "./random.ts";
import type { SmscOptions } from "./smsc.ts";

export const HELP = `An SMPP 3.4 SMSC for tests, load and demonstrations

Usage: deno run --allow-net simulator/smsc/main.ts [options]

Where
  --host ADDRESS            listen there (127.0.0.1)
  --port NUMBER             0 takes a free one (2775)
  --control-port NUMBER     steer and read it over HTTP on that port, 0 takes a free one
  --name NAME               the system_id that bind responses carry (smsc)
  --account ID:PASSWORD     who may bind; repeat for several (smppclient:password)
  --seed NUMBER             decides every draw and the first message_id (1)

Behaviour
  --rate NUMBER             submit_sm of an account in a second, more get ESME_RTHROTTLED (0: all)
  --response-delay DELAY    from submit_sm to its answer (0)
  --receipt-delay DELAY     from the answer to the receipt (100)
  --mix STAT=WEIGHT,...     final states, NONE for a lost receipt (DELIVRD=1)
  --receipts WHEN           requested, always or never (requested)
  --error-rate SHARE        share of submits refused, 0 to 1 (0)
  --error-status NAME       what they are refused with (ESME_RSYSERR)
  --message-id BASE[:BASE]  decimal or hex, in answers and in receipts (decimal)
  --suffix-rules            the last four digits of a number ask for an outcome, listed below
  --reply-rate SHARE        share of messages that the handset answers (0)
  --behaviour JSON          any setting of the behaviour, over the flags above

Record
  --keep NUMBER             submits and deliveries kept whole, 0 for counts only (100000)
  --journal FILE            append the record as JSON lines (needs --allow-write)

A DELAY is in milliseconds: 50, 20..80 (uniform), exp:50 (mean), normal:50:10 (mean, deviation).
A text with #smsc:OUTCOME asks for that outcome; +MS after it makes its receipts later, *N keeps it
to the first N equal submits. Outcomes: any command_status but ESME_ROK, and, by suffix:
${SUFFIX_RULES.map(({ suffix, outcome }) => `  ${suffix} ${outcome}`).join("\n")}
`;

const OPTIONS = {
  "account": { type: "string", multiple: true },
  "behaviour": { type: "string" },
  "control-port": { type: "string" },
  "error-rate": { type: "string" },
  "error-status": { type: "string" },
  "help": { type: "boolean", short: "h" },
  "host": { type: "string" },
  "journal": { type: "string" },
  "keep": { type: "string" },
  "message-id": { type: "string" },
  "mix": { type: "string" },
  "name": { type: "string" },
  "port": { type: "string" },
  "rate": { type: "string" },
  "receipt-delay": { type: "string" },
  "receipts": { type: "string" },
  "reply-rate": { type: "string" },
  "response-delay": { type: "string" },
  "seed": { type: "string" },
  "suffix-rules": { type: "boolean" },
} as const;

/** What the command line asks for. */
export type Command =
  | { readonly help: true }
  | {
    readonly help: false;
    readonly options: SmscOptions;
    readonly controlPort: number | undefined;
  };

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) {
    throw new ValidationError(`--${flag}`, `${text} is not a number`);
  }
  return value;
}

function whole(flag: string, text: string, max: number): number {
  const value = number(flag, text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new ValidationError(`--${flag}`, `${text} is not a whole number from 0 to ${max}`);
  }
  return value;
}

/**
 * A delay from its written form.
 * @throws {ValidationError} when it has none of the forms
 */
export function parseDelay(flag: string, text: string): Delay {
  const [kind, ...values] = text.split(":");
  const range = text.split("..");
  if (kind === "exp" && values.length === 1) return { mean: number(flag, values.join()) };
  if (kind === "normal" && values.length === 2) {
    const [mean = "", deviation = ""] = values;
    return { mean: number(flag, mean), deviation: number(flag, deviation) };
  }
  if (range.length === 2) {
    const [min = "", max = ""] = range;
    return { min: number(flag, min), max: number(flag, max) };
  }
  return number(flag, text);
}

function account(text: string): AccountOptions {
  const at = text.indexOf(":");
  if (at < 1) throw new ValidationError("--account", "Write it as system_id:password");
  return { systemId: text.slice(0, at), password: text.slice(at + 1) };
}

function mix(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(",").map((each) => {
      const [stat = "", weight = "1"] = each.split("=");
      return [stat.trim(), number("mix", weight)];
    }),
  );
}

function json(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // Said below, as for any other value that isn't an object.
  }
  throw new ValidationError("--behaviour", "Write it as a JSON object");
}

type Values = ReturnType<typeof valuesOf>;

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (cause) {
    throw new ValidationError("flags", cause instanceof Error ? cause.message : String(cause));
  }
}

function behaviourOf(values: Values): BehaviourPatch {
  const settings: Record<string, unknown> = {};
  const set = (name: string, text: string | undefined, read: (text: string) => unknown) => {
    if (text !== undefined) settings[name] = read(text);
  };
  set("throttle", values.rate, (text) => whole("rate", text, 1_000_000));
  set("responseDelay", values["response-delay"], (text) => parseDelay("response-delay", text));
  set("receiptDelay", values["receipt-delay"], (text) => parseDelay("receipt-delay", text));
  set("receiptMix", values.mix, mix);
  set("receipts", values.receipts, String);
  set("errorRate", values["error-rate"], (text) => number("error-rate", text));
  set("errorStatus", values["error-status"], String);
  set("replyRate", values["reply-rate"], (text) => number("reply-rate", text));
  set("messageId", values["message-id"], (text) => {
    const [response, receipt = response] = text.split(":");
    return { response, receipt };
  });
  if (values["suffix-rules"]) settings["rules"] = [...SUFFIX_RULES];
  // startSmsc checks every setting by the behaviour's schema.
  return { ...settings, ...(values.behaviour === undefined ? {} : json(values.behaviour)) };
}

/**
 * Reads the command line.
 * @throws {ValidationError} naming the flag
 */
export function parseFlags(args: readonly string[]): Command {
  const values = valuesOf(args);
  if (values.help) return { help: true };
  const { account: accounts, "control-port": controlPort, host, journal, keep, name } = values;
  return {
    help: false,
    controlPort: controlPort === undefined ? undefined : whole("control-port", controlPort, 65_535),
    options: {
      port: whole("port", values.port ?? "2775", 65_535),
      seed: whole("seed", values.seed ?? "1", 2 ** 32 - 1),
      behaviour: behaviourOf(values),
      ...(host === undefined ? {} : { host }),
      ...(name === undefined ? {} : { name }),
      ...(journal === undefined ? {} : { journal }),
      ...(accounts === undefined ? {} : { accounts: accounts.map(account) }),
      ...(keep === undefined ? {} : { record: { keep: whole("keep", keep, 1e9) } }),
    },
  };
}
