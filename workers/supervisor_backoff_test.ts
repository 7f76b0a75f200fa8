import assert from "node:assert/strict";
import { Deaths } from "./supervisor_backoff.ts";

Deno.test("the pause doubles with each death in a row, up to 30 s, half of it at random", () => {
  const deaths = new Deaths();
  const full: number[] = [];
  for (let n = 0; n < 9; n++) {
    deaths.add(n, 10);
    full.push(deaths.delayMs(1));
    assert.equal(deaths.delayMs(0), deaths.delayMs(1) / 2);
  }
  assert.deepEqual(full, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

Deno.test("a worker that lived for a minute is started again quickly", () => {
  const deaths = new Deaths();
  for (let n = 0; n < 5; n++) deaths.add(n, 59_999);
  assert.equal(deaths.delayMs(1), 8_000);
  deaths.add(6, 60_000);
  assert.equal(deaths.delayMs(1), 500);
});

Deno.test("five deaths within five minutes are a crash loop, until they are long ago", () => {
  const deaths = new Deaths();
  for (const minute of [0, 1, 2, 3]) deaths.add(minute * 60_000, 0);
  assert.equal(deaths.looping(180_000), false);
  deaths.add(240_000, 0);
  assert.equal(deaths.looping(299_999), true);
  assert.equal(deaths.looping(300_000), false);
  deaths.add(301_000, 0);
  assert.equal(deaths.looping(301_000), true);
});
