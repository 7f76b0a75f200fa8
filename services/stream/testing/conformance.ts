/**
 * What every driver must do; `*_test.ts` of each driver runs it.
 * @module
 */
import assert from "node:assert/strict";
import { UnavailableError, ValidationError } from "../../errors/mod.ts";
import { compareIds, type Entry, isEntryId, START_ID, type Stream } from "../mod.ts";
import { collect, end, numbered, type Place } from "./harness.ts";

const S = "events";

/** Defines the suite's tests for one driver. */
export function conformance(driver: string, makePlace: () => Promise<Place>): void {
  function test(name: string, body: (stream: Stream, place: Place) => Promise<void>): void {
    Deno.test(`${driver}: ${name}`, async () => {
      const place = await makePlace();
      try {
        await body(place.open(), place);
      } finally {
        await place.close();
      }
    });
  }

  test("an append gives growing ids and stores the entries as given", async (stream) => {
    const given = [{ type: "a", data: '{"x":"ñ€😀"}' }, { type: "b", data: '"\\u0000"' }];
    const ids = await stream.append(S, given);
    assert.equal(ids.length, 2);
    for (const id of ids) assert.ok(isEntryId(id));
    assert.deepEqual([...ids].sort(compareIds), ids);
    assert.deepEqual(await stream.range(S), given.map((each, i) => ({ ...each, id: ids[i] })));
    assert.deepEqual(await stream.append(S, []), []);
  });

  test("an append of more than one batch keeps its order", async (stream) => {
    const ids = await stream.append(S, numbered(0, 2_345));
    assert.equal(new Set(ids).size, 2_345);
    const listed = await stream.range(S, { limit: 10_000 });
    assert.deepEqual(listed.map(numberOf), Array.from({ length: 2_345 }, (_, i) => i));
    assert.deepEqual(listed.map((each) => each.id), ids);
  });

  test("what can't be stored is refused before anything is stored", async (stream) => {
    const bad = [{ type: "", data: "1" }, { type: "x".repeat(65), data: "1" }, {
      type: "a",
      data: "\0",
    }];
    for (const entry of bad) {
      assert.throws(() => stream.append(S, [{ type: "a", data: "1" }, entry]), ValidationError);
    }
    await assert.rejects(stream.range(S, { limit: 0 }), ValidationError);
    assert.deepEqual(await stream.range(S), []);
  });

  test("bounds and ranges", async (stream) => {
    const empty = await stream.bounds(S);
    assert.deepEqual({ ...empty, epoch: "" }, { epoch: "", floor: "0", first: null, last: "0" });
    const ids = await stream.append(S, numbered(0, 5));
    const full = await stream.bounds(S);
    assert.deepEqual(full, { epoch: empty.epoch, floor: "0", first: ids[0], last: ids[4] });
    const [second = "", fourth = ""] = [ids[1], ids[3]];
    const middle = await stream.range(S, { after: second, through: fourth });
    assert.deepEqual(middle.map(numberOf), [2, 3]);
    assert.deepEqual((await stream.range(S, { after: second, limit: 1 })).map(numberOf), [2]);
    assert.deepEqual((await stream.range(S, { newest: true, limit: 2 })).map(numberOf), [3, 4]);
    assert.deepEqual((await stream.bounds("other")).first, null);
  });

  test("a reader that can't go on is told the gap and where to go on from", async (stream) => {
    const ids = await stream.append(S, numbered(0, 3));
    const bounds = await stream.bounds(S);
    const { epoch } = bounds;
    const gap = { kind: "gap", bounds };
    assert.deepEqual(await stream.read(S, { epoch: "another", id: START_ID }), gap);
    assert.deepEqual(await stream.read(S, { epoch, id: "9".repeat(18) }), gap);
    const read = await stream.read(S, { epoch, id: ids[0] ?? "" });
    assert.deepEqual(read.kind === "entries" && read.entries.map(numberOf), [1, 2]);
    assert.deepEqual(await stream.read(S, { epoch, id: bounds.last }), {
      kind: "entries",
      entries: [],
    });
  });

  test("concurrent appenders and readers lose nothing and double nothing", async (one, place) => {
    const two = place.open();
    const from = await end(one, S);
    const writers = 6;
    const each = 400;
    const readers = [one, two, place.open()].map((stream) =>
      collect(stream, S, from, writers * each)
    );
    const answered = await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const stream = writer % 2 === 0 ? one : two;
        const ids: string[] = [];
        for (let n = 0; n < each;) {
          const size = Math.min(1 + (n * 7 + writer) % 9, each - n);
          const batch = Array.from({ length: size }, (_, i) => ({
            type: "w",
            data: JSON.stringify({ n: writer * each + n + i }),
          }));
          ids.push(...await stream.append(S, batch));
          n += size;
        }
        return ids;
      }),
    );
    const seen = await Promise.all(readers);
    const expected = answered.flat().sort(compareIds);
    for (const entries of seen) {
      assert.deepEqual(entries.map((entry) => entry.id), expected);
      for (let writer = 0; writer < writers; writer++) {
        const own = entries.map(numberOf).filter((n) => Math.floor(n / each) === writer);
        assert.deepEqual(own, Array.from({ length: each }, (_, i) => writer * each + i));
      }
    }
  });

  test("a waiting reader wakes soon after an append", async (stream, place) => {
    const writer = place.open();
    let position = await end(stream, S);
    await writer.bounds(S);
    const delays: number[] = [];
    for (let n = 0; n < 20; n++) {
      const reading = stream.read(S, position, { blockMs: 10_000 });
      await new Promise((resolve) => setTimeout(resolve, 10)); // so that it really waits
      const started = performance.now();
      await writer.append(S, numbered(n, n + 1));
      const read = await reading;
      delays.push(performance.now() - started);
      assert.ok(read.kind === "entries");
      assert.deepEqual(read.entries.map(numberOf), [n]);
      position = { epoch: position.epoch, id: read.entries[0]?.id ?? "" };
    }
    delays.sort((a, b) => a - b);
    const median = delays[10] ?? Infinity;
    assert.ok(median < 100, `The median of the wake-ups took ${median} ms`);
  });

  test("a wait without an entry ends in its time", async (stream) => {
    const started = performance.now();
    const read = await stream.read(S, await end(stream, S), { blockMs: 150 });
    assert.deepEqual(read, { kind: "entries", entries: [] });
    assert.deepEqual(await stream.readGroup(S, "g", "c", { blockMs: 150 }), []);
    const took = performance.now() - started;
    assert.ok(took >= 280 && took < 3_000, `${took} ms`);
  });

  test("an aborted wait rejects with the reason, and the stream still works", async (stream) => {
    for (const kind of ["read", "readGroup"] as const) {
      const control = new AbortController();
      const position = await end(stream, S);
      const options = { blockMs: 60_000, signal: control.signal };
      const reading = kind === "read"
        ? stream.read(S, position, options)
        : stream.readGroup(S, "g", "c", options);
      const reason = new Error("enough");
      setTimeout(() => control.abort(reason), 30);
      await assert.rejects(reading, reason);
      await assert.rejects(stream.read(S, position, options), reason);
    }
    await stream.append(S, numbered(0, 1));
    assert.equal((await stream.readGroup(S, "g", "c", { blockMs: 5_000 })).length, 1);
  });

  test("close ends waits and refuses what comes after", async (stream) => {
    const position = await end(stream, S);
    const waits = [
      stream.read(S, position, { blockMs: 60_000 }),
      stream.readGroup(S, "g", "c", { blockMs: 60_000 }),
    ].map((wait) => assert.rejects(wait, UnavailableError));
    const lastWords = stream.append("other", numbered(0, 1_500));
    await new Promise((resolve) => setTimeout(resolve, 30)); // so that they really wait
    await stream.close();
    await Promise.all(waits);
    assert.equal((await lastWords).length, 1_500);
    await assert.rejects(stream.append(S, numbered(0, 1)), UnavailableError);
    await assert.rejects(stream.bounds(S), UnavailableError);
    await stream.close();
  });

  test("consumers of a group share its entries, each entry to one", async (stream, place) => {
    assert.equal(await stream.createGroup(S, "g", "first"), true);
    assert.equal(await stream.createGroup(S, "g", "last"), false);
    const other = place.open();
    const total = 500;
    const got: Entry[] = [];
    const work = async (from: Stream, consumer: string) => {
      while (got.length < total) {
        const entries = await from.readGroup(S, "g", consumer, { limit: 7, blockMs: 200 });
        got.push(...entries);
        assert.equal(await from.ack(S, "g", entries.map((each) => each.id)), entries.length);
      }
    };
    const workers = [work(stream, "a"), work(other, "b"), work(other, "c")];
    for (let n = 0; n < total; n += 50) await stream.append(S, numbered(n, n + 50));
    await Promise.all(workers);
    assert.deepEqual(
      got.map(numberOf).sort((a, b) => a - b),
      Array.from({ length: total }, (_, i) => i),
    );
    const { last } = await stream.bounds(S);
    assert.deepEqual(await stream.groups(S), [
      { name: "g", lastDelivered: last, pending: 0, oldestPending: null },
    ]);
  });

  test("a group that starts at the end sees only what comes after", async (stream) => {
    await stream.append(S, numbered(0, 3));
    await stream.createGroup(S, "late", "last");
    assert.deepEqual(await stream.readGroup(S, "late", "c"), []);
    await stream.append(S, numbered(3, 5));
    assert.deepEqual((await stream.readGroup(S, "late", "c")).map(numberOf), [3, 4]);
    assert.equal(await stream.removeGroup(S, "late"), true);
    assert.equal(await stream.removeGroup(S, "late"), false);
    assert.deepEqual(await stream.groups(S), []);
  });

  test("what a dead consumer holds is claimed once, and only after its time", async (stream) => {
    await stream.createGroup(S, "g", "first");
    const ids = await stream.append(S, numbered(0, 30));
    await stream.readGroup(S, "g", "dead", { limit: 20 });
    await stream.ack(S, "g", ids.slice(0, 5));
    assert.deepEqual(await stream.claim(S, "g", "live", { idleMs: 60_000 }), []);
    await new Promise((resolve) => setTimeout(resolve, 60)); // idle time is what is tested
    const claims = await Promise.all([
      stream.claim(S, "g", "live", { idleMs: 50, limit: 8 }),
      stream.claim(S, "g", "also", { idleMs: 50, limit: 100 }),
    ]);
    assert.ok((claims[0]?.length ?? 99) <= 8);
    const claimed = claims.flat().map(numberOf).sort((a, b) => a - b);
    assert.deepEqual(claimed, Array.from({ length: 15 }, (_, i) => i + 5));
    assert.equal(await stream.ack(S, "g", ids), 15);
    assert.deepEqual((await stream.readGroup(S, "g", "live")).length, 10);
    assert.deepEqual(await stream.claim(S, "none", "live", { idleMs: 0 }), []);
  });

  test("a trim keeps what any group has not done", async (stream) => {
    const ids = await stream.append(S, numbered(0, 10));
    assert.equal(await stream.trimConsumed(S), 0); // nobody has read it
    await stream.createGroup(S, "quick", "first");
    await stream.createGroup(S, "slow", "first");
    await stream.readGroup(S, "quick", "c");
    await stream.ack(S, "quick", ids);
    assert.equal(await stream.trimConsumed(S), 0); // the slow one has had nothing yet
    await stream.readGroup(S, "slow", "c", { limit: 6 });
    await stream.ack(S, "slow", [ids[0] ?? "", ids[1] ?? "", ids[3] ?? "", ids[4] ?? ""]);
    assert.equal(await stream.trimConsumed(S), 2); // 2 is pending, so 3 and 4 stay as well
    assert.deepEqual((await stream.range(S)).map(numberOf), [2, 3, 4, 5, 6, 7, 8, 9]);
    const { epoch, floor, first } = await stream.bounds(S);
    assert.deepEqual([floor, first], [ids[1], ids[2]]);
    assert.equal((await stream.read(S, { epoch, id: START_ID })).kind, "gap");
    assert.equal((await stream.read(S, { epoch, id: ids[0] ?? "" })).kind, "gap");
    assert.equal((await stream.read(S, { epoch, id: floor })).kind, "entries");
    const pending = await stream.claim(S, "slow", "other", { idleMs: 0 });
    assert.deepEqual(pending.map(numberOf), [2, 5]);
    await stream.ack(S, "slow", ids);
    assert.deepEqual((await stream.readGroup(S, "slow", "c")).map(numberOf), [6, 7, 8, 9]);
    await stream.ack(S, "slow", ids);
    assert.equal(await stream.trimConsumed(S), 8);
    const emptied = await stream.bounds(S);
    assert.deepEqual(emptied, { epoch, floor: ids[9], first: null, last: ids[9] });
    const [next = ""] = await stream.append(S, numbered(10, 11));
    assert.ok(compareIds(next, ids[9] ?? "") > 0);
    assert.equal((await stream.bounds(S)).epoch, epoch);
  });

  test("a trim by age removes the old and nothing else", async (stream) => {
    await stream.append(S, numbered(0, 4));
    assert.equal(await stream.trimOlderThan(S, 60_000), 0);
    await new Promise((resolve) => setTimeout(resolve, 300)); // age is what is tested
    await stream.append(S, numbered(4, 6));
    assert.equal(await stream.trimOlderThan(S, 150), 4);
    assert.deepEqual((await stream.range(S)).map(numberOf), [4, 5]);
  });

  test("a flush makes a new epoch, for readers, appenders and groups", async (stream, place) => {
    const ids = await stream.append(S, numbered(0, 3));
    const before = await end(stream, S);
    await stream.createGroup(S, "g", "first");
    await stream.readGroup(S, "g", "c");
    const waiting = stream.read(S, before, { blockMs: 10_000 });
    await place.flush();
    const [first = ""] = await stream.append(S, numbered(3, 4));
    assert.ok(compareIds(first, ids[2] ?? "") > 0, "an id was given again");
    const bounds = await stream.bounds(S);
    assert.notEqual(bounds.epoch, before.epoch);
    assert.deepEqual(await waiting, { kind: "gap", bounds });
    assert.deepEqual((await stream.readGroup(S, "g", "c")).map(numberOf), [3]);
    const read = await stream.read(S, { epoch: bounds.epoch, id: START_ID });
    assert.deepEqual(read.kind === "entries" && read.entries.map(numberOf), [3]);
  });

  test("many appenders after a flush agree on one epoch", async (stream, place) => {
    const streams = [stream, place.open(), place.open(), place.open()];
    await Promise.all(streams.map((each) => each.append(S, numbered(0, 1))));
    await place.flush();
    await stream.append(S, numbered(0, 1));
    const { epoch } = await stream.bounds(S);
    await Promise.all(streams.map((each) => each.append(S, numbered(0, 1))));
    const read = await stream.read(S, { epoch, id: START_ID });
    assert.equal(read.kind === "entries" && read.entries.length, 5);
  });

  test("a reset drops everything and begins a new epoch", async (stream) => {
    const ids = await stream.append(S, numbered(0, 3));
    const before = await stream.bounds(S);
    await stream.createGroup(S, "g", "first");
    await stream.reset(S);
    const after = await stream.bounds(S);
    assert.notEqual(after.epoch, before.epoch);
    assert.equal(after.first, null);
    assert.deepEqual(await stream.groups(S), []);
    const [next = ""] = await stream.append(S, numbered(3, 4));
    assert.ok(compareIds(next, ids[2] ?? "") > 0);
    assert.equal((await stream.bounds(S)).epoch, after.epoch);
  });

  test("health answers", async (stream) => {
    const { ok, latencyMs, driver: name } = await stream.health();
    assert.deepEqual([ok, name], [true, driver]);
    assert.ok(latencyMs < 2_000);
  });
}

function numberOf(entry: Entry): number {
  return JSON.parse(entry.data).n;
}
