/**
 * What becomes of one submit_sm: the answer, and the receipts. Outcomes have names, so that a test
 * asks for one by the number or by the text of the message it sends.
 * @module
 */
import { statusCode } from "./wire.ts";

/** The `stat` of a receipt (SMPP 3.4, appendix B). */
export const RECEIPT_STATS = [
  "DELIVRD",
  "EXPIRED",
  "DELETED",
  "UNDELIV",
  "ACCEPTD",
  "UNKNOWN",
  "REJECTD",
] as const;
export type ReceiptStat = typeof RECEIPT_STATS[number];

/** One receipt of an outcome; what is left out follows the account's behaviour. */
export interface ReceiptStep {
  readonly stat: ReceiptStat;
  /** Milliseconds after the time drawn from `receiptDelay`. */
  readonly later?: number;
  /** Which of text and TLVs carry the result. */
  readonly form?: "both" | "text" | "tlv" | "malformed";
  readonly pdu?: "deliver_sm" | "data_sm";
}

export interface Outcome {
  readonly name: string;
  /** The command_status answered. */
  readonly status: number;
  /** False: refused by `status`, or lost before the SMSC had it. */
  readonly taken: boolean;
  /** `never`: not answered. `cut`: the connection closed in place of an answer. */
  readonly answer: "respond" | "never" | "cut";
  /** What the SMSC does to the connection once it has answered. */
  readonly afterwards: "stay" | "cut" | "unbind";
  /** True when the receipts are sent before submit_sm_resp. */
  readonly receiptFirst: boolean;
  /** Undefined: by the account's mix. */
  readonly receipts: readonly ReceiptStep[] | undefined;
  /** How many equal submits get it before the ordinary outcome applies. */
  readonly times: number;
}

const ORDINARY: Outcome = {
  name: "ORDINARY",
  status: 0,
  taken: true,
  answer: "respond",
  afterwards: "stay",
  receiptFirst: false,
  receipts: undefined,
  times: Infinity,
};
const DELIVERED: ReceiptStep = { stat: "DELIVRD" };

/** How much later the final receipt of ACCEPTD-DELIVRD comes, in milliseconds. */
const NEXT_STATE_LATER = 50;

const SPECIAL: Readonly<Record<string, Partial<Outcome>>> = {
  ORDINARY: {},
  "ACCEPTD-DELIVRD": {
    receipts: [{ stat: "ACCEPTD" }, { stat: "DELIVRD", later: NEXT_STATE_LATER }],
  },
  NONE: { receipts: [] },
  EARLY: { receiptFirst: true, receipts: [DELIVERED] },
  DUPLICATE: { receipts: [DELIVERED, DELIVERED] },
  REORDERED: { receipts: [DELIVERED, { stat: "ACCEPTD", later: NEXT_STATE_LATER }] },
  LATE: { receipts: [{ stat: "DELIVRD", later: 5000 }] },
  MALFORMED: { receipts: [{ stat: "DELIVRD", form: "malformed" }] },
  "DATA-SM": { receipts: [{ stat: "DELIVRD", pdu: "data_sm" }] },
  "TLV-ONLY": { receipts: [{ stat: "DELIVRD", form: "tlv" }] },
  "TEXT-ONLY": { receipts: [{ stat: "DELIVRD", form: "text" }] },
  SILENT: { answer: "never" },
  CUT: { answer: "cut" },
  "CUT-AFTER": { afterwards: "cut" },
  "CUT-LOST": { taken: false, answer: "cut", receipts: [] },
  UNBIND: { afterwards: "unbind" },
};

/** The names that `parseOutcome` takes, besides those of command_status. */
export const OUTCOME_NAMES: readonly string[] = [...RECEIPT_STATS, ...Object.keys(SPECIAL)];

function base(name: string): Outcome | undefined {
  const stat = RECEIPT_STATS.find((each) => each === name);
  if (stat) return { ...ORDINARY, name, receipts: [{ stat }] };
  if (Object.hasOwn(SPECIAL, name)) return { ...ORDINARY, ...SPECIAL[name], name };
  const status = /^(ESME_|0x)/.test(name) ? statusCode(name) : undefined;
  return status ? { ...ORDINARY, name, status, taken: false, receipts: [] } : undefined;
}

function delayed(outcome: Outcome, ms: number): Outcome {
  const receipts = (outcome.receipts ?? [DELIVERED]).map((step) => ({
    ...step,
    later: (step.later ?? 0) + ms,
  }));
  return { ...outcome, receipts };
}

/**
 * An outcome from its written form: a name of {@link OUTCOME_NAMES} or of a command_status
 * (`ESME_RSYSERR`, `0x0000045f`), then optionally `+ms` (receipts that much later) and `*n` (only
 * the first n equal submits, as a retrying client sends them). Undefined when it is none of these.
 * @example `UNDELIV`, `DELIVRD+3000`, `ESME_RTHROTTLED*2`
 */
export function parseOutcome(written: string): Outcome | undefined {
  const match = /^([A-Za-z_][A-Za-z_-]*|0x[0-9a-fA-F]{1,8})(?:\+(\d{1,9}))?(?:\*(\d{1,9}))?$/
    .exec(written);
  const [, given = "", later, times] = match ?? [];
  const outcome = base(given.startsWith("0x") ? given : given.toUpperCase());
  if (!outcome) return undefined;
  const timed = later === undefined ? outcome : delayed(outcome, Number(later));
  return { ...timed, name: written, times: times === undefined ? Infinity : Number(times) };
}

/** A rule: every condition that is given must hold. */
export interface Rule {
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  readonly source?: string | undefined;
  readonly contains?: string | undefined;
  /** As {@link parseOutcome} reads it. */
  readonly outcome: string;
}

/** What a rule looks at. */
export interface Subject {
  readonly source: string;
  readonly destination: string;
  readonly text: string;
}

/** Rules by the last four digits of the destination, from 9900: one for every named outcome. */
export const SUFFIX_RULES: readonly Rule[] = [
  ...OUTCOME_NAMES,
  "ESME_RTHROTTLED",
  "ESME_RSYSERR",
  "ESME_RINVDSTADR",
  "ESME_RMSGQFUL",
  "ESME_RSUBMITFAIL",
].map((outcome, index) => ({ suffix: String(9900 + index), outcome }));

/** The suffix of {@link SUFFIX_RULES} that asks for an outcome. */
export function suffixFor(outcome: string): string {
  const rule = SUFFIX_RULES.find((each) => each.outcome === outcome);
  if (!rule?.suffix) throw new RangeError(`No suffix asks for ${outcome}`);
  return rule.suffix;
}

const parsed = new Map<string, Outcome | undefined>();

function parsedOnce(written: string): Outcome | undefined {
  if (parsed.has(written)) return parsed.get(written);
  const outcome = parseOutcome(written);
  if (parsed.size < 10_000) parsed.set(written, outcome);
  return outcome;
}

/** Answered to a directive that names no outcome, so that a misspelt test fails at once. */
const MISSPELT: Outcome = {
  ...ORDINARY,
  name: "MISSPELT",
  status: 0xff,
  taken: false,
  receipts: [],
};

/**
 * The outcome that the text asks for with `#smsc:` and the written form, as in
 * `Hello #smsc:UNDELIV`; undefined when it asks for none. What names no outcome is answered with
 * ESME_RUNKNOWNERR.
 */
export function outcomeInText(text: string): Outcome | undefined {
  const at = text.indexOf("#smsc:");
  if (at < 0) return undefined;
  const [written = ""] = /^[A-Za-z0-9_+*-]*/.exec(text.slice(at + 6)) ?? [];
  return parsedOnce(written) ?? MISSPELT;
}

function holds(rule: Rule, subject: Subject): boolean {
  return (rule.prefix === undefined || subject.destination.startsWith(rule.prefix)) &&
    (rule.suffix === undefined || subject.destination.endsWith(rule.suffix)) &&
    (rule.source === undefined || subject.source === rule.source) &&
    (rule.contains === undefined || subject.text.includes(rule.contains));
}

/** The outcome of the first rule that holds. */
export function outcomeByRules(rules: readonly Rule[], subject: Subject): Outcome | undefined {
  const rule = rules.find((each) => holds(each, subject));
  return rule && parsedOnce(rule.outcome);
}

/** What happens when nothing asks for anything: answered OK, receipts by the mix. */
export function ordinaryOutcome(): Outcome {
  return ORDINARY;
}

/** A refusal with that command_status. */
export function refusal(status: number): Outcome {
  return { ...ORDINARY, name: "REFUSED", status, taken: false, receipts: [] };
}
