import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Esme } from "./esme_testing.ts";
import { type BehaviourPatch, type Smsc, startSmsc } from "./mod.ts";

/** Runs a test against an SMSC that behaves so, with one bound transceiver. */
function behaving(
  name: string,
  behaviour: BehaviourPatch,
  test: (smsc: Smsc, esme: Esme) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const smsc = await startSmsc({ behaviour: { receiptDelay: 0, retryDelay: 5, ...behaviour } });
    try {
      const esme = await Esme.bound(smsc);
      await test(smsc, esme);
      await esme.close();
    } finally {
      await smsc.stop();
    }
  });
}

function statusCounts(smsc: Smsc): Readonly<Record<string, number>> {
  return smsc.record.counts().byStatus;
}

behaving("answers take the response delay, and the delay can change", { responseDelay: 80 }, async (
  smsc,
  esme,
) => {
  const timed = async () => {
    const start = performance.now();
    await esme.submit("timed");
    return performance.now() - start;
  };
  ok(await timed() >= 79);
  smsc.setBehaviour({ responseDelay: { min: 30, max: 40 } });
  ok(await timed() >= 29);
  const [slow, quick] = smsc.record.submits();
  ok((slow?.answeredAt ?? 0) - (slow?.at ?? 0) > (quick?.answeredAt ?? 0) - (quick?.at ?? 0));
});

behaving("more submits than the throttle lets through are refused", { throttle: 5 }, async (
  smsc,
  esme,
) => {
  await Promise.all(Array.from({ length: 12 }, (_, index) => esme.submit(`message ${index}`)));
  deepEqual(statusCounts(smsc), { ESME_ROK: 5, ESME_RTHROTTLED: 7 });
  smsc.setBehaviour({ throttle: 0 });
  equal((await esme.submit("free again")).command_status, 0);
  // Receipts are only for those that were taken.
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 6);
});

async function outcomesOf(seed: number, shuffled: boolean): Promise<Map<string, string>> {
  const smsc = await startSmsc({
    seed,
    behaviour: {
      receiptDelay: 0,
      errorRate: 0.3,
      errorStatus: "ESME_RSUBMITFAIL",
      receiptMix: { DELIVRD: 5, UNDELIV: 3, NONE: 2 },
    },
  });
  const esme = await Esme.bound(smsc);
  const numbers = Array.from({ length: 200 }, (_, index) => String(34600000000 + index));
  if (shuffled) numbers.reverse();
  await Promise.all(numbers.map((each) => esme.submit("draw", { destination_addr: each })));
  const stats = new Map(
    smsc.record.submits().map((each) => [each.destination, each.status === 0 ? "NONE" : "ERROR"]),
  );
  for (const each of smsc.record.deliveries()) stats.set(each.source, each.stat ?? "");
  await esme.close();
  await smsc.stop();
  return stats;
}

Deno.test("errors and final states are drawn by the seed and the number, in any order", async () => {
  const first = await outcomesOf(7, false);
  const sorted = (outcomes: Map<string, string>) => [...outcomes].sort();
  deepEqual(sorted(await outcomesOf(7, true)), sorted(first));
  const share = (stat: string) => [...first.values()].filter((each) => each === stat).length / 200;
  ok(Math.abs(share("ERROR") - 0.3) < 0.12);
  ok(Math.abs(share("DELIVRD") - 0.35) < 0.12);
  ok(Math.abs(share("UNDELIV") - 0.21) < 0.12);
  ok(share("NONE") > 0.05);
  const other = await outcomesOf(8, false);
  equal([...other].every(([number, stat]) => first.get(number) === stat), false);
});

behaving("receipts follow registered_delivery, or not", {}, async (smsc, esme) => {
  const asked = async (registered_delivery: number, text: string) => {
    await esme.submit(text, { registered_delivery });
    return smsc.record.counts().receipts.queued;
  };
  equal(await asked(0, "none asked"), 0);
  equal(await asked(1, "asked"), 1);
  equal(await asked(2, "failures only"), 1);
  equal(await asked(2, "#smsc:UNDELIV"), 2);
  smsc.setBehaviour({ receipts: "always" });
  equal(await asked(0, "none asked"), 3);
  smsc.setBehaviour({ receipts: "never" });
  equal(await asked(1, "asked"), 3);
});

behaving("receipts carry what appendix B names", { receiptForm: "text" }, async (_smsc, esme) => {
  const response = await esme.submit("Grüße {from} the northern station");
  await esme.until(() => esme.requests.length === 1);
  match(
    esme.texts()[0] ?? "",
    new RegExp(
      `^id:${response["message_id"]} sub:001 dlvrd:001 submit date:\\d{10} done date:\\d{10} ` +
        "stat:DELIVRD err:000 text:Gr",
    ),
  );
  const [receipt] = esme.requests;
  equal(receipt?.["source_addr"], "34611111111");
  equal(receipt?.["destination_addr"], "34600000001");
  equal(receipt?.["esm_class"], 0x04);
  equal(receipt?.["receipted_message_id"], undefined);
});

behaving("receipts wait for a receiver of their account", {}, async (smsc, esme) => {
  await esme.close();
  const transmitter = await Esme.bound(smsc, { command: "bind_transmitter" });
  await transmitter.submit("first");
  await transmitter.submit("second");
  equal(smsc.record.counts().receipts.tries, 0);
  const receiver = await Esme.bound(smsc, { command: "bind_receiver" });
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 2);
  equal(receiver.requests.length, 2);
  equal(transmitter.requests.length, 0);
  await Promise.all([transmitter.close(), receiver.close()]);
});

behaving("a refused deliver_sm is sent again until it is taken", {}, async (smsc, esme) => {
  esme.answer = 0x08;
  await esme.submit("again");
  await esme.until(() => esme.requests.length === 3);
  esme.answer = 0;
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 1);
  const [receipt] = smsc.record.deliveries();
  equal(receipt?.tries, esme.requests.length);
  equal(receipt?.status, 0);
});

behaving("a deliver_sm without an answer is sent again, so often and no more", {
  deliverTimeout: 15,
  maxTries: 3,
}, async (smsc, esme) => {
  esme.answer = undefined;
  await esme.submit("no answer");
  await smsc.record.until((record) => record.counts().receipts.givenUp === 1);
  equal(esme.requests.length, 3);
  equal(smsc.record.deliveries()[0]?.state, "given up");
});

behaving("what a lost connection had not acknowledged comes on the next one", {}, async (
  smsc,
  esme,
) => {
  esme.answer = undefined;
  await esme.submit("lost");
  await esme.until(() => esme.requests.length === 1);
  await esme.close();
  const next = await Esme.bound(smsc);
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 1);
  deepEqual(next.texts(), esme.texts());
  equal(smsc.record.deliveries()[0]?.tries, 2);
  await next.close();
});

behaving("no more deliver_sm are under way than the window allows", { window: 2 }, async (
  smsc,
  esme,
) => {
  esme.answer = undefined;
  for (const text of ["a", "b", "c", "d"]) await esme.submit(text);
  await esme.request("enquire_link");
  equal(esme.requests.length, 2);
  equal(smsc.record.counts().receipts.tries, 2);
});

behaving(
  "binds can be refused or left unanswered",
  { bindStatus: "ESME_RSYSERR" },
  async (smsc) => {
    smsc.setBehaviour({ bind: "refuse" });
    const fields = { system_id: "smppclient", password: "password" };
    const refused = await Esme.connect(smsc);
    equal((await refused.request("bind_transceiver", fields)).command_status, 0x08);
    smsc.setBehaviour({ bind: "silent" });
    refused.send("bind_transceiver", fields);
    await refused.request("enquire_link");
    deepEqual(refused.seen, ["bind_transceiver_resp", "enquire_link_resp"]);
    smsc.setBehaviour({ bind: "accept" });
    equal((await refused.request("bind_transceiver", fields)).command_status, 0);
    await refused.close();
  },
);

behaving("half-open: nothing is answered, recorded or sent, until it ends", {}, async (
  smsc,
  esme,
) => {
  smsc.setBehaviour({ halfOpen: true });
  esme.send("submit_sm", { destination_addr: "34611111111" });
  esme.send("enquire_link");
  const mo = smsc.sendMo({ systemId: "smppclient", from: "34611111111", to: "100", text: "hi" });
  const other = await Esme.connect(smsc);
  await other.request("enquire_link");
  deepEqual(esme.seen, ["bind_transceiver_resp"]);
  equal(smsc.record.counts().submits, 0);
  smsc.setBehaviour({ halfOpen: false });
  await mo;
  equal(esme.requests.length, 1);
  equal((await esme.submit("again")).command_status, 0);
  await other.close();
});

behaving("connections are dropped all, by account or one by one", {}, async (smsc, esme) => {
  const second = await Esme.bound(smsc);
  equal(smsc.drop({ systemId: "nobody" }), 0);
  equal(smsc.drop({ session: smsc.sessions()[0]?.id }), 1);
  await esme.until(() => esme.closed);
  equal(second.closed, false);
  equal(smsc.drop({ systemId: "smppclient" }, "unbind"), 1);
  await second.until(() => second.closed);
  equal(second.seen.at(-1), "unbind");
  const third = await Esme.bound(smsc);
  equal(smsc.drop({}, "close"), 1);
  await third.until(() => third.closed);
});

behaving(
  "a drop in mid-flight leaves the submit taken and unanswered",
  { responseDelay: 60_000 },
  async (
    smsc,
    esme,
  ) => {
    esme.send("submit_sm", { destination_addr: "34611111111" });
    await smsc.record.until((record) => record.counts().submits === 1);
    smsc.drop();
    await esme.until(() => esme.closed);
    const { accepted, unanswered } = smsc.record.counts();
    deepEqual({ accepted, unanswered }, { accepted: 1, unanswered: 1 });
  },
);

behaving("handsets answer at the reply rate, from the number that was written to", {
  replyRate: 1,
  replyDelay: 0,
  receipts: "never",
  replies: [{ text: "STOP", weight: 1 }],
}, async (smsc, esme) => {
  await esme.submit("Reply STOP to end");
  await esme.submit("No way back", { source_addr: "Shop", source_addr_ton: 5 });
  await smsc.record.until((record) => record.counts().mo.acknowledged === 1);
  const [reply] = esme.requests;
  deepEqual([reply?.["source_addr"], reply?.["destination_addr"]], ["34611111111", "34600000001"]);
  deepEqual(esme.texts(), ["STOP"]);
  smsc.setBehaviour({ replyRate: 0 });
  await esme.submit("Reply STOP to end");
  await esme.request("enquire_link");
  equal(smsc.record.counts().mo.queued, 1);
});
