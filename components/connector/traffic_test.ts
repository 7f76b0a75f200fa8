import assert from "node:assert/strict";
import { ratesOf, shifted, type TrafficView } from "./traffic.ts";

const VIEW: TrafficView = {
  start: 0,
  stepMs: 60_000,
  submit: [1, 2],
  deliver: [0, 0],
  errors: [0, 3],
  countedTo: 90_000,
};
const second = (submit: number, errors = 0) => ({
  submit_per_second: submit,
  deliver_per_second: 0,
  throttled_per_second: 0,
  errors_per_second: errors,
});

Deno.test("counts become rates, those of the present step by what is over of it", () => {
  assert.deepEqual(ratesOf([60, null, 30], 0, 60_000, 150_000), [1, null, 1]);
});

Deno.test("a second adds to the present step", () => {
  const next = shifted(VIEW, 91_000, second(33, 1));
  assert.deepEqual(next.submit, [1, 3]);
  assert.deepEqual(next.errors, [0, 4]);
  assert.equal(shifted(next, 91_000, second(500)), next, "the same second twice is one");
});

Deno.test("steps move on with the time, and a step without a second is a gap", () => {
  const next = shifted(VIEW, 121_000, second(5));
  assert.equal(next.start, 60_000);
  assert.deepEqual(next.submit, [2, 2.3], "a second alone says little");
  const later = shifted(VIEW, 200_000, second(5));
  assert.deepEqual(later.submit, [null, 5]);
  assert.deepEqual(shifted(VIEW, 900_000, null).submit, [null, 0]);
});
