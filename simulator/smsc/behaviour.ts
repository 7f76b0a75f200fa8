/**
 * How an SMSC account behaves; every setting can change while it runs.
 * @module
 */
import { z } from "zod";
import { ValidationError } from "../../services/errors/mod.ts";
import { parseOutcome, RECEIPT_STATS } from "./outcome.ts";
import { statusCode } from "./wire.ts";

const milliseconds = z.number().min(0).max(86_400_000);
const share = z.number().min(0).max(1);
const weight = z.number().min(0);
const delay = z.union([
  milliseconds,
  z.strictObject({ min: milliseconds, max: milliseconds }).refine(
    (range) => range.min <= range.max,
    {
      error: "min is above max",
    },
  ),
  z.strictObject({ mean: milliseconds, deviation: milliseconds }),
  z.strictObject({ mean: milliseconds }),
]);
const status = z.string().refine((name) => (statusCode(name) ?? 0) !== 0, {
  error: "Not the name of an SMPP error status, as ESME_RSYSERR is",
});
const rule = z.strictObject({
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  source: z.string().optional(),
  contains: z.string().optional(),
  outcome: z.string().refine((written) => parseOutcome(written) !== undefined, {
    error: "Not an outcome, as UNDELIV or ESME_RSYSERR*2 is",
  }),
});
const base = z.enum(["decimal", "hex"]);

const behaviourSchema = z.strictObject({
  /** From submit_sm to its answer. */
  responseDelay: delay,
  /** submit_sm that one account may send in any second; above it ESME_RTHROTTLED. 0: no limit. */
  throttle: z.int().min(0).max(1_000_000),
  /** The share of submits answered with `errorStatus`. */
  errorRate: share,
  errorStatus: status,
  /** First rule that holds decides; a `#smsc:` directive in the text comes before them. */
  rules: z.array(rule),
  /** Whether receipts follow registered_delivery. */
  receipts: z.enum(["requested", "always", "never"]),
  /** The weights of the final states where no rule decides. NONE: the receipt is lost. */
  receiptMix: z.partialRecord(z.enum([...RECEIPT_STATS, "NONE"]), weight),
  /** From the answer to the first receipt. */
  receiptDelay: delay,
  receiptForm: z.enum(["both", "text", "tlv", "malformed"]),
  receiptPdu: z.enum(["deliver_sm", "data_sm"]),
  /** The number base of message_id in submit_sm_resp and in receipts (Jasmin's `dlr_msgid`). */
  messageId: z.strictObject({ response: base, receipt: base }),
  /** `refuse` answers binds with `bindStatus`; `silent` never answers them. */
  bind: z.enum(["accept", "refuse", "silent"]),
  bindStatus: status,
  maxBinds: z.int().min(0).max(10_000),
  /** True: connections stay open, nothing is read into the record, answered or sent. */
  halfOpen: z.boolean(),
  /** deliver_sm on their way without an answer, for each connection. */
  window: z.int().min(1).max(10_000),
  /** How long a deliver_sm_resp may take. */
  deliverTimeout: milliseconds,
  /** From a refused or unanswered deliver_sm to the next try. */
  retryDelay: milliseconds,
  /** Tries of one deliver_sm before it is given up. */
  maxTries: z.int().min(1).max(1000),
  /** The share of accepted messages that the handset answers. */
  replyRate: share,
  replyDelay: delay,
  /** Texts of the answers and their weights. */
  replies: z.array(z.strictObject({ text: z.string().min(1).max(1000), weight })),
});

/** How an account behaves. Times are milliseconds. */
export type Behaviour = z.infer<typeof behaviourSchema>;
/** Some of the settings. */
export type BehaviourPatch = { readonly [Key in keyof Behaviour]?: Behaviour[Key] | undefined };

/** Answers at once, delivers everything, receipts 100 ms later where they are requested. */
export const DEFAULT_BEHAVIOUR: Behaviour = {
  responseDelay: 0,
  throttle: 0,
  errorRate: 0,
  errorStatus: "ESME_RSYSERR",
  rules: [],
  receipts: "requested",
  receiptMix: { DELIVRD: 1 },
  receiptDelay: 100,
  receiptForm: "both",
  receiptPdu: "deliver_sm",
  messageId: { response: "decimal", receipt: "decimal" },
  bind: "accept",
  bindStatus: "ESME_RBINDFAIL",
  maxBinds: 100,
  halfOpen: false,
  window: 50,
  deliverTimeout: 10_000,
  retryDelay: 1000,
  maxTries: 10,
  replyRate: 0,
  replyDelay: { min: 1500, max: 20_000 },
  replies: [
    { text: "Yes", weight: 5 },
    { text: "YES please", weight: 2 },
    { text: "Ok thanks", weight: 4 },
    { text: "No", weight: 2 },
    { text: "STOP", weight: 2 },
    { text: "Who is this?", weight: 1 },
    { text: "Please call me tomorrow after 10", weight: 1 },
    { text: "Sí, gracias", weight: 1 },
    { text: "Merci 👍", weight: 1 },
  ],
};

/**
 * The behaviour with some settings replaced.
 * @throws {ValidationError} naming each setting that is unknown or out of range
 */
export function changedBehaviour(from: Behaviour, patch: unknown): Behaviour {
  const given = behaviourSchema.partial().safeParse(patch);
  if (!given.success) {
    throw new ValidationError(given.error.issues.map((issue) => ({
      field: issue.path.join(".") || "behaviour",
      message: issue.message,
    })));
  }
  const settings = Object.entries(given.data).filter(([, value]) => value !== undefined);
  return { ...from, ...Object.fromEntries(settings) };
}
