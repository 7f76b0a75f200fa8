import assert from "node:assert/strict";
import {
  FINAL_STATES,
  isFinal,
  moveOf,
  MT_STATES,
  type MtState,
  type Signal,
  signalOfDlr,
  SIGNALS,
} from "./states.ts";

/** Rows: signal. Columns: the state it is applied in. Empty: nothing moves. `!` marks a correction. */
const TABLE: Readonly<Record<Signal, Partial<Record<MtState, string>>>> = {
  lease: { queued: "sending" },
  accept: { sending: "accepted", uncertain: "accepted" },
  defer: { sending: "queued" },
  refuse: { sending: "rejected" },
  lose: { sending: "uncertain" },
  "give-up": { queued: "expired" },
  "time-out": { uncertain: "unconfirmed", accepted: "unconfirmed", sent: "unconfirmed" },
  submitted: { queued: "sent", sending: "sent", uncertain: "sent", accepted: "sent" },
  "submit-retried": {},
  "submit-failed": {
    queued: "failed",
    sending: "failed",
    uncertain: "failed",
    accepted: "failed",
  },
  "receipt-enroute": { queued: "sent", sending: "sent", uncertain: "sent", accepted: "sent" },
  "receipt-delivered": {
    queued: "delivered",
    sending: "delivered",
    uncertain: "delivered",
    accepted: "delivered",
    sent: "delivered",
    expired: "delivered!",
    undelivered: "delivered!",
    unconfirmed: "delivered!",
  },
  "receipt-undelivered": {
    queued: "undelivered",
    sending: "undelivered",
    uncertain: "undelivered",
    accepted: "undelivered",
    sent: "undelivered",
  },
  "receipt-expired": {
    queued: "expired",
    sending: "expired",
    uncertain: "expired",
    accepted: "expired",
    sent: "expired",
  },
  "receipt-rejected": {
    queued: "rejected",
    sending: "rejected",
    uncertain: "rejected",
    accepted: "rejected",
    sent: "rejected",
  },
  "receipt-deleted": {
    queued: "failed",
    sending: "failed",
    uncertain: "failed",
    accepted: "failed",
    sent: "failed",
  },
};

for (const signal of SIGNALS) {
  Deno.test(`${signal} moves just the states that the table names`, () => {
    for (const state of MT_STATES) {
      const move = moveOf(state, signal);
      const got = move === null ? undefined : `${move.to}${move.correction ? "!" : ""}`;
      assert.equal(got, TABLE[signal][state], `${signal} in ${state}`);
    }
  });
}

Deno.test("no signal leaves a final state but a correcting DELIVRD", () => {
  for (const state of FINAL_STATES) {
    for (const signal of SIGNALS) {
      const move = moveOf(state, signal);
      if (move !== null) assert(move.correction && signal === "receipt-delivered");
    }
  }
});

Deno.test("every state that is not final is left by a clock", () => {
  const clocks: readonly Signal[] = ["give-up", "lose", "time-out"];
  for (const state of MT_STATES) {
    if (isFinal(state)) continue;
    assert(clocks.some((clock) => moveOf(state, clock) !== null), state);
  }
});

const DLRS: readonly [1 | 2, string, Signal][] = [
  [1, "ESME_ROK", "submitted"],
  [1, "ESME_RTHROTTLED", "submit-retried"],
  [1, "ESME_RSYSERR", "submit-retried"],
  [1, "ESME_RMSGQFUL", "submit-retried"],
  [1, "ESME_RINVSCHED", "submit-retried"],
  [1, "ESME_RINVDSTADR", "submit-failed"],
  [2, "DELIVRD", "receipt-delivered"],
  [2, "UNDELIV", "receipt-undelivered"],
  [2, "EXPIRED", "receipt-expired"],
  [2, "REJECTD", "receipt-rejected"],
  [2, "DELETED", "receipt-deleted"],
  [2, "ACCEPTD", "receipt-enroute"],
  [2, "UNKNOWN", "receipt-enroute"],
  [2, "SOMETHING", "receipt-enroute"],
];

for (const [level, status, signal] of DLRS) {
  Deno.test(`a level-${level} ${status} is ${signal}`, () => {
    assert.equal(signalOfDlr(level, status), signal);
  });
}
