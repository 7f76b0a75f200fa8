import assert from "node:assert/strict";
import { MT_STATES, SIGNALS } from "../services/messages/states.ts";
import { LOCALES } from "../services/i18n/mod.ts";
import {
  byWorst,
  CONNECTOR_TONES,
  type ConnectorStateName,
  connectorStateOf,
  MESSAGE_TONES,
  signalKey,
} from "./tone.ts";

Deno.test("every state of a message and of a connector has a tone and a word", () => {
  assert.deepEqual(Object.keys(MESSAGE_TONES).sort(), [...MT_STATES, "received"].sort());
  for (const state of Object.keys(MESSAGE_TONES)) {
    assert.ok(state in LOCALES.en.messageStates && state in LOCALES.en.messageStateNotes, state);
  }
  assert.deepEqual(
    Object.keys(CONNECTOR_TONES).sort(),
    Object.keys(LOCALES.en.connectorStates).sort(),
  );
});

Deno.test("every signal has its words, and an unknown one has none", () => {
  for (const signal of [...SIGNALS, "request"]) assert.notEqual(signalKey(signal), null, signal);
  assert.equal(signalKey("receipt-delivered"), "signals.receiptDelivered");
  assert.equal(signalKey("toString"), null);
});

Deno.test("what is wrong comes first, then by name; how it is bound doesn't matter", () => {
  const states: [string, ConnectorStateName][] = [
    ["c", "boundTx"],
    ["b", "boundTrx"],
    ["z", "stopped"],
    ["y", "down"],
    ["x", "throttled"],
    ["a", "binding"],
    ["d", "bound"],
  ];
  assert.equal(
    states.map(([name, state]) => ({ name, state })).toSorted(byWorst).map(({ name }) => name)
      .join(""),
    "yxabcdz",
  );
});

Deno.test("a session tells how a connector is bound", () => {
  assert.equal(connectorStateOf("bound", "BOUND_TRX"), "boundTrx");
  assert.equal(connectorStateOf("bound", "BOUND_RX"), "boundRx");
  assert.equal(connectorStateOf("bound", "OPEN"), "bound");
  assert.equal(connectorStateOf("down", "BOUND_TX"), "down");
});
