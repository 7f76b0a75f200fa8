import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveItem } from "./item.ts";

const decoder = new TextDecoder();

function make(data: string, type = "messages.transition"): LiveItem {
  const item = LiveItem.fromEntry("epoch", { id: "5-1", type, data });
  assert.ok(item);
  return item;
}

Deno.test("an item in its two forms", () => {
  const item = make('{"n":1,"account_id":"a1"}');
  assert.equal(
    decoder.decode(item.sse(true)),
    'id: epoch:5-1\nevent: messages\ndata: {"type":"messages.transition",' +
      '"data":{"n":1,"account_id":"a1"}}\n\n',
  );
  assert.equal(
    item.ws(true),
    '{"type":"event","id":"epoch:5-1","channel":"messages","event":"messages.transition",' +
      '"data":{"n":1,"account_id":"a1"}}',
  );
  assert.equal(item.accountId, "a1");
});

Deno.test("an item is encoded once, for all who see the same", () => {
  const plain = make('{"n":1}');
  assert.equal(plain.sse(true), plain.sse(true));
  assert.equal(plain.sse(true), plain.sse(false));
  const telling = make('{"n":1,"connector":"smpp1"}');
  assert.equal(telling.sse(false), telling.sse(false));
  assert.notEqual(telling.sse(true), telling.sse(false));
});

Deno.test("who may not read connectors isn't told of them", () => {
  const item = make('{"n":1,"connector":"smpp1"}');
  assert.match(item.ws(true), /smpp1/);
  assert.deepEqual(JSON.parse(item.ws(false)).data, { n: 1 });
  assert.doesNotMatch(decoder.decode(item.sse(false)), /connector/);
});

Deno.test("no data breaks out of its event", () => {
  fc.assert(fc.property(
    fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: "binary" }), fc.integer())),
    fc.constantFrom(undefined, 2, "\t"),
    fc.boolean(),
    (data, space, seesInstallation) => {
      // A prototype's name would be lost by any JSON parser.
      fc.pre(!("__proto__" in data));
      const text = decoder.decode(make(JSON.stringify(data, null, space)).sse(seesInstallation));
      const lines = text.split(/\r\n|\r|\n/);
      assert.equal(lines.length, 5);
      assert.deepEqual(lines.slice(3), ["", ""]);
      const line = lines[2] ?? "";
      assert.ok(line.startsWith("data: "));
      const told = JSON.parse(line.slice(6)).data;
      const { connector: _, ...rest } = data;
      assert.deepEqual(told, JSON.parse(JSON.stringify(seesInstallation ? data : rest)));
    },
  ));
});

Deno.test("what is no live event is none", () => {
  for (const data of ["", "1", "null", "[]", '"text"', "{"]) {
    assert.equal(LiveItem.fromEntry("e", { id: "1", type: "messages.x", data }), undefined);
  }
  for (const type of ["", "message.x", "toString.x", "events"]) {
    assert.equal(LiveItem.fromEntry("e", { id: "1", type, data: "{}" }), undefined);
  }
});
