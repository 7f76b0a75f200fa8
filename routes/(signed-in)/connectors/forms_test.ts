import assert from "node:assert/strict";
import { ConflictError } from "../../../services/errors/mod.ts";
import type { Connectors } from "../../../services/gateway/mod.ts";
import { operateAll, readDone, readForm, withDone } from "./forms.ts";

function formOf(...entries: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

Deno.test("a row's button names its connector, a bulk button those that are chosen", () => {
  assert.deepEqual(readForm(formOf(["one", "stop op_main"], ["cid", "other"])), {
    action: "stop",
    cids: ["op_main"],
    confirmed: false,
  });
  assert.deepEqual(
    readForm(formOf(["all-of", "start"], ["cid", "op_1"], ["cid", "op_2"], ["cid", "a b"])),
    { action: "start", cids: ["op_1", "op_2"], confirmed: false },
  );
  assert.equal(readForm(formOf(["all-of", "start"])), null);
  assert.equal(readForm(formOf(["one", "delete op_main"])), null);
  assert.equal(readForm(formOf(["one", "stop op_main"], ["confirmed", "yes"]))?.confirmed, true);
});

Deno.test("each connector gets its own result, and the URL says them", async () => {
  const connectors: Pick<Connectors, "operate"> = {
    operate: (_, cid) =>
      cid === "op_2"
        ? Promise.reject(new ConflictError("Already started"))
        : Promise.resolve({ cid, state: "bound", session: "BOUND_TRX", settled: true }),
  };
  const done = await operateAll(
    // The rest of the service is not called.
    connectors as Connectors,
    { action: "start", cids: ["op_1", "op_2", "op_3"], confirmed: false },
    { userId: "u", ip: "192.0.2.1" },
  );
  const url = withDone(new URL("http://localhost/connectors?state=down&did=old"), done);
  const { searchParams } = new URL(url, "http://localhost");
  assert.equal(searchParams.get("state"), "down");
  assert.deepEqual(readDone(searchParams), done);
  assert.deepEqual(done.map(({ outcome }) => outcome), ["bound", "failed", "bound"]);
});

Deno.test("what the URL can't mean is left out", () => {
  assert.deepEqual(readDone(new URLSearchParams("did=x&did=stop.a b.down&did=stop.op.gone")), []);
});
