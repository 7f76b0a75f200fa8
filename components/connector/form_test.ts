import assert from "node:assert/strict";
import { KEY_NAMES, ruleOf } from "../../services/gateway/connector_keys.ts";
import { LANGUAGES, translator } from "../../services/i18n/mod.ts";
import { choiceWords, faultWords, readForm } from "./form.ts";

Deno.test("every choice of every key has words in every language", () => {
  for (const language of LANGUAGES) {
    const t = translator(language);
    for (const key of KEY_NAMES) {
      const rule = ruleOf(key);
      if (rule.kind !== "choice") continue;
      for (const choice of rule.choices) assert.notEqual(choiceWords(t, key, choice), "");
    }
  }
});

Deno.test("a new connector needs to be told where it connects to, a changed one does not", () => {
  const typed = { host: "", username: "", password: "", port: "2775" };
  const base = { ...typed };
  const added = readForm({ action: "add", typed, base });
  assert.deepEqual(Object.keys(added.faults).toSorted(), ["host", "password", "username"]);
  assert.deepEqual(readForm({ action: "update", typed, base }), { changes: {}, faults: {} });
});

Deno.test("a fault is said with the value that is needed", () => {
  const t = translator("en");
  assert.equal(faultWords(t, { kind: "range", min: 1, max: 65_535 }, ""), "Must be 1 to 65,535");
  assert.equal(
    faultWords(t, { kind: "taken" }, "op_1"),
    "The gateway already has op_1: choose another id",
  );
});
