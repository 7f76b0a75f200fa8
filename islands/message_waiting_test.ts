import assert from "node:assert/strict";
import { WaitingRows } from "./message_waiting.ts";

Deno.test("rows wait for the reader, and are shown when asked for", async () => {
  let loads = 0;
  let reading = true;
  const rows = new WaitingRows(() => {
    loads += 1;
    return Promise.resolve();
  }, () => reading);
  rows.add("1");
  rows.add("2");
  rows.add("2");
  await rows.tick();
  assert.deepEqual([rows.count.value, loads], [2, 0]);
  await rows.show();
  assert.deepEqual([rows.count.value, loads], [0, 1]);
  reading = false;
  rows.add("3");
  await rows.tick();
  assert.equal(loads, 1, "not so soon after the last time");
});

Deno.test("what could not be read goes on waiting", async () => {
  let fails = true;
  let reading = true;
  const rows = new WaitingRows(
    () => fails ? Promise.reject(new Error("away")) : Promise.resolve(),
    () => reading,
  );
  rows.add("1");
  await assert.rejects(rows.show());
  await rows.tick();
  assert.equal(rows.count.value, 1);
  [fails, reading] = [false, false];
  await rows.show();
  reading = true;
  await rows.tick();
  assert.equal(rows.count.value, 0);
});

Deno.test("what comes while rows are read is not lost", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const rows = new WaitingRows(() => promise, () => true);
  rows.add("1");
  const shown = rows.show();
  rows.add("2");
  resolve();
  await shown;
  await rows.tick();
  assert.equal(rows.count.value, 1);
});
