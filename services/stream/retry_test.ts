import assert from "node:assert/strict";
import { UnavailableError } from "../errors/mod.ts";
import { messageOf, pause, retry, within } from "./retry.ts";

const always = { what: "try", isTransient: () => true };

Deno.test("retry repeats what is transient until it succeeds", async () => {
  let attempts = 0;
  const result = await retry(() => {
    attempts += 1;
    return attempts < 4 ? Promise.reject(new Error("not yet")) : Promise.resolve("done");
  }, always);
  assert.deepEqual([result, attempts], ["done", 4]);
});

Deno.test("retry throws at once what is not transient", async () => {
  let attempts = 0;
  const fault = new TypeError("wrong");
  const failing = () => {
    attempts += 1;
    return Promise.reject(fault);
  };
  await assert.rejects(retry(failing, { ...always, isTransient: () => false }), fault);
  assert.equal(attempts, 1);
});

Deno.test("retry ends with its budget and names the cause", async () => {
  const cause = new Error("away");
  await assert.rejects(
    retry(() => Promise.reject(cause), { ...always, budgetMs: 60 }),
    (error: Error) => {
      assert.ok(error instanceof UnavailableError);
      assert.equal(error.message, "Could not try: away");
      assert.equal(error.cause, cause);
      return true;
    },
  );
});

Deno.test("an abort ends a pause and a retry with its reason", async () => {
  const control = new AbortController();
  const reason = new Error("enough");
  const waits = [
    pause(60_000, control.signal),
    retry(() => Promise.reject(new Error("away")), { ...always, signal: control.signal }),
  ];
  setTimeout(() => control.abort(reason), 5);
  for (const wait of waits) await assert.rejects(wait, reason);
  await assert.rejects(pause(60_000, control.signal), reason);
});

Deno.test("within waits no longer than told, and not at all for what is done", async () => {
  const started = performance.now();
  await within(Promise.reject(new Error("ignored")), 60_000);
  await within(new Promise(() => {}), 20);
  assert.ok(performance.now() - started < 5_000);
});

Deno.test("messageOf finds the words in an error of several addresses", () => {
  const parts = [
    new Error("connect ECONNREFUSED ::1:1"),
    new Error("connect ECONNREFUSED 127.0.0.1:1"),
  ];
  assert.equal(messageOf(new AggregateError(parts)), parts.map((each) => each.message).join(", "));
  assert.equal(messageOf("words"), "words");
});
