import { deepEqual, equal, rejects } from "node:assert/strict";
import type { PartOf } from "./concatenation.ts";
import type { SubmitRecord } from "./model.ts";
import { SmscRecord } from "./record.ts";
import { statusName } from "./wire.ts";

type Fields = Omit<SubmitRecord, "number" | "answeredAt">;

function submit(text: string, part?: PartOf, fields: Partial<Fields> = {}): Fields {
  const content = new TextEncoder().encode(text);
  return {
    command: "submit_sm",
    at: 0,
    systemId: "one",
    session: "s1",
    source: "1",
    sourceTon: 1,
    sourceNpi: 1,
    destination: "34600",
    destinationTon: 1,
    destinationNpi: 1,
    dataCoding: 0,
    esmClass: part ? 0x40 : 0,
    registeredDelivery: 1,
    priority: 0,
    validityPeriod: "",
    scheduleDeliveryTime: "",
    part,
    raw: content,
    content,
    text,
    outcome: "ORDINARY",
    messageId: "1",
    status: 0,
    taken: true,
    ...fields,
  };
}

function recordOf(submits: readonly Fields[], keep = 100): SmscRecord {
  const record = new SmscRecord({ keep, maxDestinations: 3 }, statusName);
  for (const each of submits) record.addSubmit(each);
  return record;
}

const of = (reference: number, total: number, sequence: number) => ({ reference, total, sequence });

Deno.test("parts join to messages in any order, apart by reference and destination", () => {
  const record = recordOf([
    submit("b", of(1, 2, 2)),
    submit("X", of(2, 2, 1)),
    submit("alone"),
    submit("other", of(1, 2, 1), { destination: "34601" }),
    submit("a", of(1, 2, 1)),
    submit("Y", of(2, 2, 2)),
  ]);
  deepEqual(record.messages().map(({ text, whole }) => [text, whole]), [
    ["ab", true],
    ["XY", true],
    ["alone", true],
    ["other", false],
  ]);
});

Deno.test("a repeated part shows as repeated, a repeated message as a second one", () => {
  const record = recordOf([
    submit("a", of(1, 2, 1)),
    submit("a", of(1, 2, 1)),
    submit("b", of(1, 2, 2)),
    submit("a", of(1, 2, 1)),
    submit("c", of(1, 2, 2)),
    submit("alone"),
    submit("alone"),
  ]);
  deepEqual(record.messages().map(({ text, repeated }) => [text, repeated.length]), [
    ["ab", 1],
    ["ac", 0],
    ["alone", 0],
    ["alone", 0],
  ]);
});

Deno.test("refused submits make no messages, and their retry makes one", () => {
  const record = recordOf([
    submit("a", of(1, 2, 1)),
    submit("b", of(1, 2, 2), { status: 0x58, taken: false }),
    submit("b", of(1, 2, 2)),
  ]);
  deepEqual(record.messages().map(({ text, repeated }) => [text, repeated.length]), [["ab", 0]]);
  const { submits, accepted, messages, byStatus } = record.counts();
  deepEqual({ submits, accepted, messages }, { submits: 3, accepted: 2, messages: 1 });
  deepEqual(byStatus, { ESME_ROK: 2, ESME_RTHROTTLED: 1 });
  deepEqual(record.destinations().get("34600"), { submits: 3, accepted: 2, messages: 1 });
});

Deno.test("characters cut between parts are read whole", () => {
  const cut = (bytes: number[], sequence: number, dataCoding: number) =>
    submit("", of(dataCoding, 2, sequence), { dataCoding, content: Uint8Array.from(bytes) });
  const record = recordOf([
    cut([0x41, 0x1b], 1, 0),
    cut([0x65, 0x42], 2, 0),
    cut([0xd8, 0x3d], 1, 8),
    cut([0xdc, 0x4d], 2, 8),
  ]);
  deepEqual(record.messages().map(({ text }) => text), ["A€B", "👍"]);
});

Deno.test("memory is bounded: the newest are kept, counts go on, destinations stop", () => {
  const many = Array.from({ length: 25 }, (_, at) =>
    submit(`${at}`, undefined, {
      destination: `3460${at % 5}`,
    }));
  const record = recordOf(many, 10);
  deepEqual(record.submits().map((each) => each.number), many.map((_, at) => at + 1).slice(-10));
  const { submits, forgotten, destinations, destinationsTruncated } = record.counts();
  deepEqual([submits, forgotten, destinations, destinationsTruncated], [25, 15, 3, true]);
  equal(record.destinations().get("34600")?.messages, 5);
  deepEqual(recordOf(many, 0).submits(), []);
});

Deno.test("until resolves on the change that fulfils it, else rejects with the counts", async () => {
  const record = recordOf([]);
  const reached = record.until((each) => each.counts().submits === 2);
  record.addSubmit(submit("1"));
  record.addSubmit(submit("2"));
  await reached;
  await rejects(record.until((each) => each.counts().submits === 3, 5), /in 5 ms: \{"submits":2/);
  record.clear();
  equal(record.counts().submits, 0);
  equal(record.addSubmit(submit("3")).number, 3);
});
