import assert from "node:assert/strict";
import type { MessageMoved } from "./live_events.ts";
import type { ApiMessage } from "./message_api.ts";
import { belongs, merged, moved } from "./message_rows.ts";

const MOVE: MessageMoved = {
  account_id: "a",
  id: "2",
  to: "+34612345678",
  state: "sent",
  previous_state: "accepted",
  signal: "submitted",
  correction: false,
  reason: null,
  connector: "op_main",
  at: "2026-04-14T12:00:02.000Z",
};

function message(id: string, more: Partial<ApiMessage> = {}): ApiMessage {
  return {
    id,
    account_id: "a",
    to: "+34612345678",
    from: null,
    text: "Hello",
    charset: "gsm7",
    parts: 1,
    country: "ES",
    state: "accepted",
    state_since: "2026-04-14T12:00:01.000Z",
    reason: null,
    connector: null,
    gateway_message_id: null,
    attempts: 1,
    created_at: "2026-04-14T12:00:00.000Z",
    accepted_at: null,
    sent_at: null,
    final_at: null,
    ...more,
  };
}

Deno.test("a whole list gets what is born, a list of states what comes into them", () => {
  const all = { states: [], to: null, connector: null };
  const born = { ...MOVE, state: "queued", previous_state: null } as const;
  assert.equal(belongs(all, MOVE), false);
  assert.equal(belongs(all, born), true);
  assert.equal(belongs({ ...all, states: ["sent"] }, MOVE), true);
  assert.equal(belongs({ ...all, states: ["sent"] }, born), false);
  assert.equal(belongs({ ...all, to: "+34" }, born), true);
  assert.equal(belongs({ ...all, to: "+35" }, born), false);
  assert.equal(belongs({ ...all, states: ["sent"], connector: "other" }, MOVE), false);
});

Deno.test("a move that is told late undoes nothing", () => {
  const row = message("2");
  assert.equal(moved(row, MOVE).state, "sent");
  assert.equal(moved(row, MOVE).connector, "op_main");
  const later = message("2", { state: "delivered", state_since: "2026-04-14T12:00:03.000Z" });
  assert.equal(moved(later, MOVE), later);
});

Deno.test("what is read again stays in its place, what is new waits", () => {
  const rows = [message("2"), message("1")];
  const read = [message("3"), message("2", { state: "delivered" }), message("0")];
  const after = merged(rows, read);
  assert.deepEqual(after.rows.map(({ id, state }) => [id, state]), [
    ["2", "delivered"],
    ["1", "accepted"],
  ]);
  assert.deepEqual(after.unknown, ["3"]);
});
