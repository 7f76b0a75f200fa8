/**
 * The life of an MT message as data: which signal moves it from which states to which state.
 * @module
 */

/** Every state of an MT message. */
export const MT_STATES = [
  "queued",
  "sending",
  "accepted",
  "sent",
  "delivered",
  "undelivered",
  "expired",
  "rejected",
  "failed",
  "uncertain",
  "unconfirmed",
] as const;
export type MtState = (typeof MT_STATES)[number];

/** States that nothing but a correcting DELIVRD leaves. */
export const FINAL_STATES = [
  "delivered",
  "undelivered",
  "expired",
  "rejected",
  "failed",
  "unconfirmed",
] as const satisfies readonly MtState[];

export function isFinal(state: MtState): boolean {
  return FINAL_STATES.some((final) => final === state);
}

/** What can happen to a message. Receipt signals carry the SMPP 3.4 appendix B word they stand for. */
export const SIGNALS = [
  "lease",
  "accept",
  "defer",
  "refuse",
  "lose",
  "give-up",
  "time-out",
  "submitted",
  "submit-retried",
  "submit-failed",
  "receipt-enroute",
  "receipt-delivered",
  "receipt-undelivered",
  "receipt-expired",
  "receipt-rejected",
  "receipt-deleted",
] as const;
export type Signal = (typeof SIGNALS)[number];

interface Transition {
  readonly from: readonly MtState[];
  readonly to: MtState;
  /** Final states that this signal corrects: it knows better than what closed them. */
  readonly corrects?: readonly MtState[];
}

/**
 * A callback may overtake the answer of `/send` (`sending`), settle what was in doubt (`uncertain`),
 * and arrive for a message that was put back after an answer which turned out wrong (`queued`):
 * then it must not be sent again.
 */
const UNDER_WAY = ["queued", "sending", "uncertain", "accepted"] as const;
const BEFORE_RECEIPT = [...UNDER_WAY, "sent"] as const;

/** The table. Null: the signal is recorded and moves nothing. */
export const TRANSITIONS: Readonly<Record<Signal, Transition | null>> = {
  lease: { from: ["queued"], to: "sending" },
  accept: { from: ["sending", "uncertain"], to: "accepted" },
  defer: { from: ["sending"], to: "queued" },
  refuse: { from: ["sending"], to: "rejected" },
  lose: { from: ["sending"], to: "uncertain" },
  "give-up": { from: ["queued"], to: "expired" },
  "time-out": { from: ["uncertain", "accepted", "sent"], to: "unconfirmed" },
  submitted: { from: UNDER_WAY, to: "sent" },
  "submit-retried": null,
  "submit-failed": { from: UNDER_WAY, to: "failed" },
  "receipt-enroute": { from: UNDER_WAY, to: "sent" },
  "receipt-delivered": {
    from: BEFORE_RECEIPT,
    to: "delivered",
    corrects: ["expired", "undelivered", "unconfirmed"],
  },
  "receipt-undelivered": { from: BEFORE_RECEIPT, to: "undelivered" },
  "receipt-expired": { from: BEFORE_RECEIPT, to: "expired" },
  "receipt-rejected": { from: BEFORE_RECEIPT, to: "rejected" },
  "receipt-deleted": { from: BEFORE_RECEIPT, to: "failed" },
};

/** A move that a signal makes from one state, or null where it makes none. */
export interface Move {
  readonly from: MtState;
  readonly to: MtState;
  readonly correction: boolean;
}

/** Looks the move up in the table. */
export function moveOf(state: MtState, signal: Signal): Move | null {
  const transition = TRANSITIONS[signal];
  if (transition === null) return null;
  if (transition.from.includes(state)) return { from: state, to: transition.to, correction: false };
  if (transition.corrects?.includes(state) === true) {
    return { from: state, to: transition.to, correction: true };
  }
  return null;
}

/** Statuses of a level-1 callback after which Jasmin submits again (managers/listeners.py). */
const SUBMIT_RETRIED = new Set([
  "ESME_RTHROTTLED",
  "ESME_RSYSERR",
  "ESME_RMSGQFUL",
  "ESME_RINVSCHED",
]);

const RECEIPT_SIGNALS: Readonly<Record<string, Signal>> = {
  DELIVRD: "receipt-delivered",
  UNDELIV: "receipt-undelivered",
  EXPIRED: "receipt-expired",
  REJECTD: "receipt-rejected",
  DELETED: "receipt-deleted",
  ACCEPTD: "receipt-enroute",
  ENROUTE: "receipt-enroute",
  UNKNOWN: "receipt-enroute",
};

/**
 * The signal of a DLR callback: level 1 is the SMSC's answer to submit_sm, level 2 its receipt.
 * @param status `ESME_*` at level 1, the receipt's stat word at level 2
 */
export function signalOfDlr(level: 1 | 2, status: string): Signal {
  if (level === 1) {
    if (status === "ESME_ROK") return "submitted";
    return SUBMIT_RETRIED.has(status) ? "submit-retried" : "submit-failed";
  }
  return RECEIPT_SIGNALS[status] ?? "receipt-enroute";
}
