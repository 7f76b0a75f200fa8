import assert from "node:assert/strict";
import fc from "fast-check";
import { ValidationError } from "../../../errors/mod.ts";
import { messageFields, receiptFields, utf16Hex } from "./fields.ts";

const LOGIN = { username: "alice", password: "secret" };
const TO = "+34600112233";

Deno.test("GSM-7 goes as text without a coding, UCS-2 as the hex of UTF-16BE", () => {
  assert.deepEqual(messageFields(LOGIN, { to: TO, text: "[€]" }), {
    ...LOGIN,
    to: "34600112233",
    content: "[€]",
  });
  assert.deepEqual(messageFields(LOGIN, { to: TO, text: "я😀" }), {
    ...LOGIN,
    to: "34600112233",
    coding: "8",
    "hex-content": "044fd83dde00",
  });
});

Deno.test("hex is UTF-16BE for every text", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const bytes = Uint8Array.from(utf16Hex(text).match(/../g) ?? [], (hex) => parseInt(hex, 16));
    assert.equal(new TextDecoder("utf-16be", { ignoreBOM: true }).decode(bytes), text);
  }));
});

Deno.test("all options are strings, as the gateway compares them", () => {
  const fields = {
    ...messageFields(LOGIN, {
      to: TO,
      text: "x",
      from: "Acme",
      priority: 0,
      validityMinutes: 60,
      tags: ["a", "b-1"],
    }),
    ...receiptFields({ to: TO, text: "x", dlrUrl: "http://127.0.0.1/dlr" }),
  };
  assert.deepEqual(fields, {
    ...LOGIN,
    to: "34600112233",
    content: "x",
    from: "Acme",
    priority: "0",
    "validity-period": "60",
    tags: "a,b-1",
    dlr: "yes",
    "dlr-url": "http://127.0.0.1/dlr",
    "dlr-level": "3",
    "dlr-method": "POST",
  });
});

Deno.test("what the gateway would only notice after it has accepted it is refused", () => {
  for (
    const wrong of [{ to: "600112233" }, { to: "+34600112233\n" }, { from: "señor" }, {
      from: "x".repeat(21),
    }]
  ) {
    assert.throws(() => messageFields(LOGIN, { to: TO, text: "x", ...wrong }), ValidationError);
  }
});

Deno.test("no text over five parts, empty or broken gets fields", () => {
  for (const text of ["", "x".repeat(766), "я".repeat(336), "a\ud83d"]) {
    assert.throws(() => messageFields(LOGIN, { to: TO, text }), ValidationError);
  }
});
