import assert from "node:assert/strict";
import fc from "fast-check";
import { LiveItem } from "./item.ts";
import { Ring } from "./ring.ts";

function item(id: number, type = "messages.transition", size = 2): LiveItem {
  const data = JSON.stringify({ x: "x".repeat(Math.max(0, size - 8)) });
  const made = LiveItem.fromEntry("e", { id: String(id), type, data });
  assert.ok(made);
  return made;
}

Deno.test("a ring finds what follows any id, or says that it can't tell", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 12 }),
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 40 }),
    (items, steps) => {
      const ring = new Ring({ items });
      ring.reset({ epoch: "e", id: "10" });
      const ids: number[] = [];
      let last = 10;
      for (const step of steps) {
        last += step;
        ids.push(last);
        ring.push(item(last));
      }
      const kept = ids.slice(-items);
      const floor = ids.length > items ? ids[ids.length - items - 1] ?? 0 : 10;
      assert.equal(ring.floor, String(floor));
      assert.deepEqual(ring.head, { epoch: "e", id: String(last) });
      for (let id = 8; id <= last + 2; id++) {
        const seq = ring.after(String(id));
        if (id < floor || id > last) {
          assert.equal(seq, undefined);
          continue;
        }
        assert.ok(seq !== undefined);
        const rest = [];
        for (let at = seq; at < ring.nextSeq; at++) rest.push(Number(ring.at(at).id));
        assert.deepEqual(rest, kept.filter((each) => each > id));
      }
    },
  ));
});

Deno.test("a ring keeps no more than its size, and at least the newest entry", () => {
  const ring = new Ring({ items: 100, size: 1_000 });
  ring.reset({ epoch: "e", id: "0" });
  for (let id = 1; id <= 10; id++) ring.push(item(id, "messages.transition", 400));
  assert.equal(ring.nextSeq - ring.firstSeq, 2);
  ring.push(item(11, "messages.transition", 5_000));
  assert.equal(ring.nextSeq - ring.firstSeq, 1);
  assert.equal(ring.floor, "10");
});

Deno.test("a newer snapshot of the same thing makes the older one needless, nothing else does", () => {
  const ring = new Ring();
  ring.reset({ epoch: "e", id: "0" });
  const types = [
    "metrics.installation",
    "messages.transition",
    "metrics.account",
    "metrics.installation",
    "messages.transition",
  ];
  types.forEach((type, index) => ring.push(item(index + 1, type)));
  const superseded = types.map((_, index) => ring.at(ring.firstSeq + index).superseded);
  assert.deepEqual(superseded, [true, false, false, false, false]);
});

Deno.test("a ring that begins anew gives its old numbers to nobody", () => {
  const ring = new Ring();
  ring.reset({ epoch: "e", id: "0" });
  ring.push(item(1));
  const { nextSeq, generation } = ring;
  ring.reset({ epoch: "f", id: "7" });
  assert.deepEqual([ring.firstSeq, ring.nextSeq], [nextSeq, nextSeq]);
  assert.ok(ring.generation > generation);
  assert.throws(() => ring.at(0), RangeError);
  assert.equal(ring.after("7"), nextSeq);
  assert.equal(ring.after("1"), undefined);
});
