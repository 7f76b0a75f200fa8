import assert from "node:assert/strict";
import type { CallbackEvidence } from "./callback_evidence.ts";
import { codeBaseOf, judgeRelease } from "./release.ts";

const none: CallbackEvidence = {
  accepted: 0,
  called: 0,
  silent: 0,
  lastAcceptedAt: null,
  lastCallAt: null,
};
const arriving: CallbackEvidence = { ...none, accepted: 9, called: 9, lastCallAt: new Date(0) };
const released = { connectorKeys: ["cid", "host"], showsPeers: false };

Deno.test("codeBaseOf() tells the two code bases of one name apart", () => {
  assert.equal(codeBaseOf({}), "undecided");
  // The branch 0.11.1 shows no peers either.
  assert.equal(codeBaseOf({ showsPeers: false }), "undecided");
  assert.equal(codeBaseOf({ showsPeers: true }), "later");
  assert.equal(codeBaseOf({ connectorKeys: ["cid", "custom_tlvs"] }), "later");
  assert.equal(codeBaseOf(released), "released");
});

Deno.test("judgeRelease() fails on the released 0.11.1 alone", () => {
  const outcome = (
    release: string | null,
    traits = {},
    callbacks: CallbackEvidence | null = none,
  ) => judgeRelease({ release, traits, callbacks }).outcome;
  assert.equal(outcome(null), "skipped");
  assert.equal(outcome("0.11.0"), "ok");
  assert.equal(outcome("0.12.0"), "ok");
  assert.equal(outcome("0.10.13"), "warn");
  assert.equal(outcome("0.11.1", released), "fail");
  assert.equal(outcome("0.11.1", { showsPeers: true }), "ok");
  assert.equal(outcome("0.11.1"), "warn");
  assert.equal(outcome("0.11.1", {}, null), "warn");
});

Deno.test("judgeRelease() takes callbacks as the proof, while they arrive", () => {
  const judge = (callbacks: CallbackEvidence) =>
    judgeRelease({ release: "0.11.1", traits: released, callbacks }).outcome;
  assert.equal(judge(arriving), "ok");
  assert.equal(judge({ ...arriving, called: 3, silent: 6 }), "fail");
});
