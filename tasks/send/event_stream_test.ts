import assert from "node:assert/strict";
import fc from "fast-check";
import { readEvents, type StreamEvent } from "./event_stream.ts";

async function read(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<StreamEvent[]> {
  return await Array.fromAsync(readEvents(ReadableStream.from(chunks)));
}

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("readEvents() reads names, data of several lines, ids and the wait", async () => {
  const text =
    "retry: 2000\n\nid: e:1\nevent: messages\ndata: one\ndata:  two\n\n: note\n\ndata:x\n\n";
  assert.deepEqual(await read([bytes(text)]), [
    { type: "message", data: undefined, lastEventId: "", retryMs: 2_000 },
    { type: "messages", data: "one\n two", lastEventId: "e:1", retryMs: undefined },
    { type: "message", data: undefined, lastEventId: "e:1", retryMs: undefined },
    { type: "message", data: "x", lastEventId: "e:1", retryMs: undefined },
  ]);
});

Deno.test("readEvents() moves the id of a heartbeat that has no data", async () => {
  const [event] = await read([bytes(": heartbeat\nid: e:7\n\n")]);
  assert.deepEqual([event?.data, event?.lastEventId], [undefined, "e:7"]);
});

Deno.test("readEvents() dispatches nothing of a block that the cut left unfinished", async () => {
  assert.deepEqual(await read([bytes("id: e:1\ndata: half")]), []);
});

Deno.test("readEvents() reads the same however the bytes are cut, with any line end", async () => {
  const lines = ["id: e:1", "event: messages", 'data: {"text":"café 🎉"}', "", "data: end", ""];
  const cuts = fc.array(fc.nat(120), { maxLength: 12 });
  const ends = fc.constantFrom("\n", "\r\n");
  await fc.assert(fc.asyncProperty(cuts, ends, async (given, end) => {
    const all = bytes(lines.map((line) => line + end).join(""));
    const at = [0, ...given.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
    const chunks = at.slice(1).map((to, index) => all.slice(at[index], to));
    const events = await read(chunks);
    assert.deepEqual(events.map(({ type, data, lastEventId }) => [type, data, lastEventId]), [
      ["messages", '{"text":"café 🎉"}', "e:1"],
      ["message", "end", "e:1"],
    ]);
  }));
});
