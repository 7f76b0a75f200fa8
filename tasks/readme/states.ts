/**
 * The states of an MT message as a table, out of the code that moves them.
 * @module
 */
import {
  MT_STATES,
  type MtState,
  type Signal,
  TRANSITIONS,
} from "../../services/messages/states.ts";

const MEANING: Readonly<Record<MtState, string>> = {
  queued: "Stored; nobody works on it, or it waits for another attempt",
  sending: "Leased by a dispatcher: its request is at the gateway, or may be",
  accepted: "The gateway took it and gave its id",
  sent: "The SMSC took it",
  delivered: "The phone has it",
  undelivered: "The SMSC gave it up",
  expired: "Its time was over, at the SMSC or in our queue",
  rejected: "The gateway or the SMSC refused it",
  failed: "The submit failed for good, or the SMSC deleted it",
  uncertain: "The request left and no answer came: the gateway may have it or not",
  unconfirmed: "Nobody told in time what became of it",
};

const CLOCK: Partial<Readonly<Record<MtState, string>>> = {
  queued: "`QUEUE_TIMEOUT_SECONDS`, then `expired`",
  sending: "90 s, then `uncertain`",
  accepted: "`RECEIPT_TIMEOUT_SECONDS`, then `unconfirmed`",
  sent: "`RECEIPT_TIMEOUT_SECONDS`, then `unconfirmed`",
  uncertain: "`RECEIPT_TIMEOUT_SECONDS`, then `unconfirmed`",
};

/** What leads out of a state: each signal and where to; corrections are marked. */
function waysOut(state: MtState): string {
  const ways = (Object.keys(TRANSITIONS) as Signal[]).flatMap((signal) => {
    const transition = TRANSITIONS[signal];
    if (transition === null) return [];
    if (transition.from.includes(state)) return [`${signal} → ${transition.to}`];
    const corrects = transition.corrects?.includes(state) === true;
    return corrects ? [`${signal} → ${transition.to} (a correction)`] : [];
  });
  return ways.join("; ") || "–";
}

/** A row for each state: what it means, its clock, and the signals that move a message out of it. */
export function statesTable(): string {
  const rows = MT_STATES.map((state) =>
    `| \`${state}\` | ${MEANING[state]} | ${CLOCK[state] ?? "none: final"} | ${waysOut(state)} |`
  );
  return ["| state | means | clock | ways out |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
