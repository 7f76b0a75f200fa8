import { deepEqual, equal, throws } from "node:assert/strict";
import { Esme } from "./esme_testing.ts";
import { outcomeInText, parseOutcome, RECEIPT_STATS, suffixFor } from "./outcome.ts";
import { type Smsc, startSmsc, SUFFIX_RULES } from "./mod.ts";

/** Runs a test against an SMSC of its own that sends receipts at once. */
function scripted(
  name: string,
  test: (smsc: Smsc, esme: Esme) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const smsc = await startSmsc({
      behaviour: { receiptDelay: 0, retryDelay: 5, rules: [...SUFFIX_RULES] },
    });
    try {
      const esme = await Esme.bound(smsc);
      await test(smsc, esme);
      await esme.close();
    } finally {
      await smsc.stop();
    }
  });
}

function stats(smsc: Smsc): (string | undefined)[] {
  return smsc.record.deliveries().map((delivery) => delivery.stat);
}

/** Submits a message and, behind it, one whose receipt tells that all receipts before it came. */
async function submitThenMarker(smsc: Smsc, esme: Esme, text: string): Promise<void> {
  equal((await esme.submit(text)).command_status, 0);
  await esme.submit("marker #smsc:UNKNOWN+120");
  await smsc.record.until((record) =>
    record.deliveries().some((each) => each.stat === "UNKNOWN" && each.state === "acknowledged")
  );
}

for (const stat of RECEIPT_STATS) {
  scripted(`${stat} can be asked for by the text and by the number`, async (smsc, esme) => {
    await esme.submit(`Hello #smsc:${stat} there`);
    await esme.submit("Hello", { destination_addr: `3460000${suffixFor(stat)}` });
    await smsc.record.until((record) => record.counts().receipts.acknowledged === 2);
    deepEqual(stats(smsc), [stat, stat]);
    for (const text of esme.texts()) equal(/stat:(\w+)/.exec(text)?.[1], stat);
    const states = new Set(esme.requests.map((each) => each["message_state"]));
    equal(states.size, 1);
  });
}

scripted("ACCEPTD comes before DELIVRD, REORDERED the other way round", async (smsc, esme) => {
  await submitThenMarker(smsc, esme, "#smsc:ACCEPTD-DELIVRD");
  deepEqual(stats(smsc), ["ACCEPTD", "DELIVRD", "UNKNOWN"]);
  smsc.record.clear();
  await submitThenMarker(smsc, esme, "#smsc:REORDERED");
  deepEqual(stats(smsc), ["DELIVRD", "ACCEPTD", "UNKNOWN"]);
});

scripted("a receipt can be left out, doubled or late", async (smsc, esme) => {
  await submitThenMarker(smsc, esme, "#smsc:NONE");
  deepEqual(stats(smsc), ["UNKNOWN"]);
  smsc.record.clear();
  await submitThenMarker(smsc, esme, "#smsc:DUPLICATE");
  deepEqual(stats(smsc), ["DELIVRD", "DELIVRD", "UNKNOWN"]);
  equal(new Set(smsc.record.deliveries().map((each) => each.messageId)).size, 2);
  smsc.record.clear();
  await submitThenMarker(smsc, esme, "#smsc:DELIVRD+800");
  deepEqual(stats(smsc), ["UNKNOWN"]);
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 2);
  deepEqual(stats(smsc), ["UNKNOWN", "DELIVRD"]);
});

scripted("EARLY: the receipt comes before submit_sm_resp", async (_smsc, esme) => {
  const response = await esme.submit("#smsc:EARLY");
  deepEqual(esme.seen.slice(-2), ["deliver_sm", "submit_sm_resp"]);
  equal(esme.requests[0]?.["receipted_message_id"], response["message_id"]);
});

scripted("receipts by data_sm, by TLV alone, by text alone, malformed", async (smsc, esme) => {
  const received = async (text: string) => {
    const before = esme.requests.length;
    await esme.submit(text);
    await esme.until(() => esme.requests.length > before);
    const request = esme.requests.at(-1);
    return {
      command: request?.command,
      text: String(request?.["short_message"] ?? request?.["message_payload"] ?? ""),
      state: request?.["message_state"],
      id: request?.["receipted_message_id"],
      esmClass: request?.["esm_class"],
    };
  };
  const dataSm = await received("#smsc:DATA-SM");
  equal(dataSm.command, "data_sm");
  equal(dataSm.state, 2);
  equal(dataSm.text.startsWith(`id:${dataSm.id} sub:001 dlvrd:001 `), true);
  const tlvOnly = await received("#smsc:TLV-ONLY");
  deepEqual([tlvOnly.text, tlvOnly.state, typeof tlvOnly.id], ["", 2, "string"]);
  const textOnly = await received("#smsc:TEXT-ONLY");
  deepEqual([textOnly.state, textOnly.id], [undefined, undefined]);
  equal(/stat:DELIVRD/.test(textOnly.text), true);
  const malformed = await received("#smsc:MALFORMED");
  deepEqual([malformed.state, malformed.id], [undefined, undefined]);
  equal(/id:|stat:\w/.test(malformed.text), false);
  for (const each of [dataSm, tlvOnly, textOnly, malformed]) equal(each.esmClass, 0x04);
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 4);
});

scripted("any command_status can be answered, for so many tries", async (smsc, esme) => {
  const statuses = async (text: string, times: number) => {
    const answered: number[] = [];
    for (let time = 0; time < times; time++) {
      answered.push((await esme.submit(text)).command_status);
    }
    return answered;
  };
  deepEqual(await statuses("#smsc:ESME_RTHROTTLED*2", 4), [0x58, 0x58, 0, 0]);
  deepEqual(await statuses("#smsc:0x0000045f", 2), [0x45f, 0x45f]);
  deepEqual(await statuses("#smsc:UNDELIVERABLE", 1), [0xff]);
  const refused = smsc.record.submits().filter((submit) => submit.status !== 0);
  equal(refused.length, 5);
  deepEqual([...new Set(refused.map((submit) => submit.messageId))], [""]);
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 2);
  equal(smsc.record.messages().length, 2);
});

scripted("a directive in the first part holds for the last one, where the receipt is asked", async (
  smsc,
  esme,
) => {
  const part = (sequence: number, text: string, registered_delivery: number) => ({
    esm_class: 0x40,
    registered_delivery,
    short_message: Uint8Array.from([5, 0, 3, 7, 2, sequence, ...new TextEncoder().encode(text)]),
  });
  await esme.submit("", part(1, "#smsc:EXPIRED and ", 0));
  await esme.submit("", part(2, "so on", 1));
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 1);
  deepEqual(stats(smsc), ["EXPIRED"]);
  equal(smsc.record.messages()[0]?.text, "#smsc:EXPIRED and so on");
});

scripted("connections are cut or unbound around an answer", async (smsc) => {
  const unanswered = await Esme.bound(smsc);
  unanswered.send("submit_sm", { destination_addr: `346${suffixFor("CUT")}` });
  await unanswered.until(() => unanswered.closed);
  equal(unanswered.seen.includes("submit_sm_resp"), false);

  const lost = await Esme.bound(smsc);
  lost.send("submit_sm", { destination_addr: `346${suffixFor("CUT-LOST")}` });
  await lost.until(() => lost.closed);
  deepEqual(smsc.record.submits().map(({ taken }) => taken), [true, false]);
  equal(smsc.record.messages().length, 1);

  const answered = await Esme.bound(smsc);
  equal((await answered.submit("#smsc:CUT-AFTER")).command_status, 0);
  await answered.until(() => answered.closed);

  const unbound = await Esme.bound(smsc);
  equal((await unbound.submit("#smsc:UNBIND")).command_status, 0);
  await unbound.until(() => unbound.closed);
  equal(unbound.seen.at(-1), "unbind");
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 2);
});

scripted("SILENT is taken and never answered", async (smsc, esme) => {
  esme.send("submit_sm", { destination_addr: `346${suffixFor("SILENT")}` });
  await esme.request("enquire_link");
  equal(esme.seen.includes("submit_sm_resp"), false);
  const { submits, accepted, unanswered } = smsc.record.counts();
  deepEqual({ submits, accepted, unanswered }, { submits: 1, accepted: 1, unanswered: 1 });
});

Deno.test("outcomes are read from their written form", () => {
  equal(parseOutcome("DELIVERED"), undefined);
  equal(parseOutcome("ESME_ROK"), undefined);
  equal(parseOutcome("toString"), undefined);
  equal(parseOutcome("undeliv")?.receipts?.[0]?.stat, "UNDELIV");
  equal(parseOutcome("ESME_RSYSERR*3")?.times, 3);
  deepEqual(parseOutcome("ACCEPTD-DELIVRD+1000")?.receipts, [
    { stat: "ACCEPTD", later: 1000 },
    { stat: "DELIVRD", later: 1050 },
  ]);
  equal(outcomeInText("nothing asked # smsc:DELIVRD"), undefined);
  throws(() => suffixFor("DELIVERED"), RangeError);
});
