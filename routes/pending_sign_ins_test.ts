import assert from "node:assert/strict";
import { PENDING_SECONDS, PendingSignIns } from "./pending_sign_ins.ts";

const ANA = { email: "ana@example.test", password: "correct horse" };

Deno.test("a pending sign-in is found by its ticket, until it is dropped", () => {
  const pending = new PendingSignIns();
  const ticket = pending.keep(ANA);
  assert.deepEqual(pending.find(ticket), ANA);
  assert.equal(pending.find(`${ticket}0`), null);
  pending.drop(ticket);
  assert.equal(pending.find(ticket), null);
});

Deno.test("a pending sign-in is over after its time", () => {
  let now = 0;
  const pending = new PendingSignIns({ now: () => now });
  const ticket = pending.keep(ANA);
  now = PENDING_SECONDS * 1000 - 1;
  assert.deepEqual(pending.find(ticket), ANA);
  now += 1;
  assert.equal(pending.find(ticket), null);
});

Deno.test("of too many pending sign-ins the oldest goes", () => {
  const pending = new PendingSignIns({ most: 2 });
  const [first, second, third] = [1, 2, 3].map(() => pending.keep(ANA));
  assert.equal(pending.find(first ?? ""), null);
  assert.deepEqual(pending.find(second ?? ""), ANA);
  assert.deepEqual(pending.find(third ?? ""), ANA);
});
