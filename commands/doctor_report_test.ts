import assert from "node:assert/strict";
import fc from "fast-check";
import type { CheckResult } from "../services/doctor/mod.ts";
import { renderReport, summaryOf, wrap } from "./doctor_report.ts";

const fine: CheckResult = {
  id: "a",
  title: "One answers",
  outcome: "ok",
  tried: "Asked it",
  got: "It answered",
  ms: 1,
};
const broken: CheckResult = {
  id: "b",
  title: "Two answers",
  outcome: "fail",
  tried: "Asked the other",
  got: "Nothing came back in all the time that it was given",
  mend: "Start it",
  ms: 2,
};

Deno.test("wrap() loses no word and keeps to the width where words allow it", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 40 });
  fc.assert(fc.property(words, fc.integer({ min: 12, max: 60 }), (given, width) => {
    const lines = wrap(given.join(" "), width);
    assert.equal(lines.join(" "), given.join(" "));
    assert(lines.every((line) => line.length <= width));
  }));
});

Deno.test("renderReport() tells what was tried, what came back and the mend of a fault", () => {
  assert.equal(
    renderReport([fine, broken], { width: 48, colour: false }),
    [
      "ok    One answers",
      "      It answered",
      "FAIL  Two answers",
      "      tried  Asked the other",
      "      got    Nothing came back in all the time",
      "             that it was given",
      "      mend   Start it",
      "",
      "1 ok, 1 failed",
    ].join("\n"),
  );
});

Deno.test("renderReport() colours nothing but the mark", () => {
  const text = renderReport([broken], { width: 80, colour: true });
  assert(text.startsWith("\x1b[31mFAIL  \x1b[0mTwo answers"));
  assert.equal(text.split("\x1b").length, 3);
});

Deno.test("summaryOf() leaves out what there is none of", () => {
  assert.equal(
    summaryOf([{ ...fine, outcome: "skipped" }, { ...fine, outcome: "warn" }]),
    [
      "1 to look at",
      "1 skipped",
    ].join(", "),
  );
});
