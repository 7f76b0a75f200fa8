import assert from "node:assert/strict";
import { csvField, historyCsv } from "./history_csv.ts";

Deno.test("what a spreadsheet would calculate is a text in CSV", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]) {
    assert.match(csvField(text), /^"?'/, JSON.stringify(text));
  }
  assert.equal(csvField('=cmd|" /C calc"!A0'), `"'=cmd|"" /C calc""!A0"`);
  assert.equal(csvField("Shop, Ltd"), '"Shop, Ltd"');
  assert.equal(csvField("two\nlines"), '"two\nlines"');
  assert.equal(csvField(-3), "-3", "a number of ours stays one");
  assert.equal(csvField(null), "");
});

Deno.test("a history is a row for each step and series", () => {
  const edges = ["00", "01", "02"].map((minute) => new Date(`2030-01-01T00:${minute}:00Z`));
  const window = { step: "1m", edges } as const;
  const csv = historyCsv(
    {
      window,
      previous: window,
      coverage: [1, 0],
      leftOut: 0,
      series: [{
        key: "a",
        values: { submitted: [3, null] },
        totals: {},
        previousValues: {},
        previousTotals: {},
      }],
    },
    ["submitted"],
    (key) => `=${key}`,
  );
  assert.equal(
    csv,
    "from,to,series,submitted\r\n" +
      "2030-01-01T00:00:00.000Z,2030-01-01T00:01:00.000Z,'=a,3\r\n" +
      "2030-01-01T00:01:00.000Z,2030-01-01T00:02:00.000Z,'=a,\r\n",
  );
});
