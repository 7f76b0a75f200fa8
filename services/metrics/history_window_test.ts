import assert from "node:assert/strict";
import fc from "fast-check";
import { ValidationError } from "../errors/mod.ts";
import { startOfDay } from "./day.ts";
import {
  HISTORY_STEPS,
  type HistoryRequest,
  previousWindow,
  stepIndex,
  windowOf,
} from "./history_window.ts";

const NOW = new Date("2030-03-15T12:34:56Z");

function faultOf(request: HistoryRequest): string | undefined {
  try {
    windowOf(request, NOW);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ValidationError);
    return error.faults[0]?.field;
  }
}

Deno.test("a range is whole steps that end with the present one", () => {
  const steps = (["5m", "1h", "day", "week", "month"] as const).map((range) => {
    const { edges, step } = windowOf({ range }, NOW);
    const [last, end] = edges.slice(-2);
    assert.ok(last && end && last <= NOW && end >= NOW, range);
    return [range, step, edges.length - 1];
  });
  assert.deepEqual(steps, [
    ["5m", "1m", 6],
    ["1h", "1m", 61],
    ["day", "5m", 289],
    ["week", "1h", 169],
    ["month", "1d", 31],
  ]);
});

Deno.test("what can't be had is refused, with the field that says so", () => {
  const day = 86_400_000;
  const ago = (days: number) => new Date(NOW.getTime() - days * day);
  const refused: [HistoryRequest, string | undefined][] = [
    [{ range: "custom" }, "from"],
    [{ range: "day", from: ago(2) }, "from"],
    [{ range: "day", to: ago(2) }, "to"],
    [{ range: "custom", from: ago(1), to: ago(2) }, "to"],
    [{ range: "custom", from: ago(-1) }, "to"],
    [{ range: "custom", from: ago(2), step: "1m" }, "step"],
    [{ range: "custom", from: ago(50), to: ago(49), step: "15m" }, "step"],
    [{ range: "custom", from: ago(800), to: ago(790), step: "1h" }, "step"],
    [{ range: "custom", from: ago(50), to: ago(49) }, undefined],
    [{ range: "custom", from: ago(1_000) }, undefined],
  ];
  for (const [request, field] of refused) {
    assert.equal(faultOf(request), field, JSON.stringify(request));
  }
});

Deno.test("each moment of a window is in one step, and the period before ends where it begins", () => {
  fc.assert(fc.property(
    fc.constantFrom(...HISTORY_STEPS),
    fc.integer({ min: 1, max: 1_000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (step, minutes, share) => {
      const window = windowOf(
        { range: "custom", from: new Date(NOW.getTime() - minutes * 60_000), step },
        NOW,
      );
      const { edges } = window;
      const first = edges[0] ?? NOW;
      const end = edges.at(-1) ?? NOW;
      const at = new Date(
        first.getTime() + Math.floor(share * (end.getTime() - first.getTime() - 1)),
      );
      const index = stepIndex(window, at);
      assert.ok((edges[index] ?? NOW) <= at && at < (edges[index + 1] ?? NOW));
      const before = previousWindow(window).edges;
      assert.equal(before.length, edges.length);
      assert.equal(before.at(-1)?.getTime(), first.getTime());
    },
  ));
});

Deno.test("days begin at midnight of the service's time zone, also when the clocks change", () => {
  const from = new Date("2030-03-01T00:00:00Z");
  const to = new Date("2030-03-12T00:00:00Z");
  const { edges } = windowOf({ range: "custom", from, to, step: "1d" }, NOW);
  for (const edge of edges) assert.equal(startOfDay(edge).getTime(), edge.getTime());
  assert.ok((edges[0] ?? NOW) <= from && (edges.at(-1) ?? from) >= to);
});
