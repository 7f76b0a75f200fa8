import assert from "node:assert/strict";
import fc from "fast-check";
import { CONNECTOR_KEYS, CONNECTOR_PRESETS, KEY_NAMES, ruleOf } from "./connector_keys.ts";
import {
  cidFault,
  readSettings,
  settingFault,
  typedDefaults,
  typedValue,
} from "./connector_values.ts";
import { ConnectorId, ConnectorSettings } from "./model.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.stringMatching(/^[ -~]{0,20}$/),
  fc.stringMatching(/^-?\d{1,18}([.,]\d{1,8})?$/),
  fc.constantFrom("none", "yes", "no", "midnight", "stdout", "/x", "0", "-0", "1e3", "NaN", ""),
  fc.constantFrom(...KEY_NAMES.flatMap((key) => {
    const rule = ruleOf(key);
    return rule.kind === "choice" ? rule.choices.map(String) : [];
  })),
  fc.constantFrom("0x1400,OctetString,16", "1,Int1,-,required;2,COctetString,4", "1,Int3,-"),
);

Deno.test("what the form takes the schema takes, with the same value, and the other way round", () => {
  fc.assert(
    fc.property(fc.constantFrom(...KEY_NAMES), anyText, (key, text) => {
      const { changes, faults } = readSettings({ [key]: text }, {});
      const fault = faults[key];
      const schema = ConnectorSettings.shape[key];
      if (fault === undefined) {
        assert.deepEqual(schema.parse(changes[key]), changes[key]);
        // What was read stands in the form as a text that is read to the same again.
        assert.equal(settingFault(key, typedValue(changes[key])), null);
        return;
      }
      if (ruleOf(key).kind !== "text") return;
      assert.equal(schema.safeParse(text).success, false, `${key}: ${JSON.stringify(text)}`);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("every default and every preset is a value that the gateway takes", () => {
  for (const [key, text] of Object.entries(typedDefaults())) {
    if (key === "password" || key === "logfile") continue;
    assert.equal(settingFault(key as keyof typeof CONNECTOR_KEYS, text), null, key);
  }
  for (const { settings } of CONNECTOR_PRESETS) ConnectorSettings.partial().parse(settings);
});

Deno.test("what stands as it stood is no change, however wrong it is", () => {
  const base = { host: "none", port: "99999", submit_throughput: "0.1" };
  assert.deepEqual(readSettings(base, base), { changes: {}, faults: {} });
  const { changes, faults } = readSettings({ ...base, port: "70000" }, base);
  assert.deepEqual([changes, Object.keys(faults)], [{}, ["port"]]);
  const same = readSettings({ submit_throughput: "0,10" }, base);
  assert.deepEqual(same, { changes: {}, faults: {} }, "another way to write it");
});

Deno.test("each fault is named with what it takes to mend it", () => {
  const cases = [
    ["host", "", { kind: "required" }],
    ["host", "a b ", { kind: "space" }],
    ["host", "NONE", { kind: "none" }],
    ["host", "smsc\n", { kind: "character", name: "U+000A" }],
    ["password", "123456789", { kind: "long", have: 9, most: 8 }],
    ["port", "70000", { kind: "range", min: 1, max: 65535 }],
    ["port", "2775.5", { kind: "whole" }],
    ["port", "x", { kind: "number" }],
    ["bind", "both", { kind: "choice" }],
    ["logfile", "log.txt", { kind: "logfile" }],
    ["custom_tlvs", "1,2,3", { kind: "tlvs" }],
    ["src_addr", "", null],
    ["systype", "", null],
    ["submit_throughput", "12,5", null],
  ] as const;
  for (const [key, text, fault] of cases) {
    assert.deepEqual(settingFault(key, text), fault, `${key} ${JSON.stringify(text)}`);
  }
});

Deno.test("a form's id is judged as the schema does", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary", maxLength: 30 }), fc.stringMatching(/^[\w-]{0,27}$/)),
      (text) => assert.equal(cidFault(text) === null, ConnectorId.safeParse(text).success),
    ),
  );
});
