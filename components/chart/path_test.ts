import assert from "node:assert/strict";
import fc from "fast-check";
import { areaPath, gapsOf, linePath } from "./path.ts";

const places = { x: (step: number) => step * 10, y: (value: number) => 100 - value };

Deno.test("a gap is a gap: not bridged, not zero", () => {
  const series = [1, 2, null, null, 5, null];
  assert.equal(linePath(series, places), "M0 99L10 98M40 95L40 95");
  assert.equal(areaPath(series, places), "M0 100L0 99L10 98L10 100ZM40 100L40 95L40 100Z");
  assert.deepEqual(gapsOf(series), [{ from: 2, to: 3 }, { from: 5, to: 5 }]);
});

Deno.test("nothing measured draws nothing", () => {
  assert.equal(linePath([], places), "");
  assert.equal(areaPath([null, null], places), "");
  assert.deepEqual(gapsOf([]), []);
});

Deno.test("property: a line begins anew after each gap", () => {
  const series = fc.array(fc.option(fc.integer({ min: 0, max: 99 }), { nil: null }));
  fc.assert(fc.property(series, (values) => {
    const begins = linePath(values, places).split("M").length - 1;
    const runs = values.filter((value, at) => value !== null && (values[at - 1] ?? null) === null);
    assert.equal(begins, runs.length);
    const missing = gapsOf(values).reduce((sum, { from, to }) => sum + to - from + 1, 0);
    assert.equal(missing, values.filter((value) => value === null).length);
  }));
});
