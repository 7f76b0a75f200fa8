import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { partOfHeader, splitUdh } from "./concatenation.ts";
import { Esme } from "./esme_testing.ts";
import { type Smsc, startSmsc } from "./mod.ts";
import { decodeText } from "./text.ts";
import { bytesOf, numberOf, type Pdu } from "./wire.ts";

function withEsme(name: string, test: (smsc: Smsc, esme: Esme) => Promise<void>): void {
  Deno.test(name, async () => {
    const smsc = await startSmsc();
    try {
      const esme = await Esme.bound(smsc);
      await test(smsc, esme);
      await esme.close();
    } finally {
      await smsc.stop();
    }
  });
}

const MO = { systemId: "smppclient", from: "34611111111", to: "34600000001" };

function read(request: Pdu) {
  const { header, content } = splitUdh(
    bytesOf(request, "short_message"),
    numberOf(request, "esm_class"),
  );
  return {
    part: partOfHeader(header),
    text: decodeText(content, numberOf(request, "data_coding")),
    dataCoding: numberOf(request, "data_coding"),
  };
}

withEsme("an MO is one deliver_sm in the smallest alphabet", async (smsc, esme) => {
  const texts = ["Sí, 5 € {ok}", "да 👍", "plain"];
  for (const text of texts) {
    const [part] = await smsc.sendMo({ ...MO, text });
    equal(part?.state, "acknowledged");
    equal(part?.status, 0);
  }
  await smsc.sendMo({ ...MO, text: "Ça", coding: "latin1" });
  deepEqual(esme.requests.map(read), [
    // í is not in the GSM 7-bit default alphabet.
    { part: undefined, text: "Sí, 5 € {ok}", dataCoding: 8 },
    { part: undefined, text: "да 👍", dataCoding: 8 },
    { part: undefined, text: "plain", dataCoding: 0 },
    { part: undefined, text: "Ça", dataCoding: 3 },
  ]);
  const [first] = esme.requests;
  deepEqual([first?.["source_addr"], first?.["destination_addr"]], [MO.from, MO.to]);
  equal(smsc.record.counts().mo.acknowledged, 4);
});

withEsme("a long MO is joined by 8-bit or 16-bit header, or by sar TLVs", async (smsc, esme) => {
  const text = "0123456789".repeat(33);
  await smsc.sendMo({ ...MO, text });
  const [first, second, third] = esme.requests.map(read);
  deepEqual(
    [first?.part, second?.part, third?.part],
    [1, 2, 3].map((sequence) => ({
      reference: 1,
      total: 3,
      sequence,
    })),
  );
  equal(`${first?.text}${second?.text}${third?.text}`, text);
  equal(first?.text.length, 153);

  esme.requests.length = 0;
  await smsc.sendMo({ ...MO, text, concatenation: "udh16", reference: 0x1234 });
  deepEqual(esme.requests.map((each) => read(each).part?.reference), [0x1234, 0x1234, 0x1234]);

  esme.requests.length = 0;
  await smsc.sendMo({ ...MO, text, concatenation: "sar", reference: 9 });
  deepEqual(
    esme.requests.map((each) => [
      each["sar_msg_ref_num"],
      each["sar_total_segments"],
      each["sar_segment_seqnum"],
    ]),
    [[9, 3, 1], [9, 3, 2], [9, 3, 3]],
  );
  equal(esme.requests.map((each) => read(each).text).join(""), text);
});

withEsme("parts go out in the order that is asked for", async (smsc, esme) => {
  const text = "x".repeat(400);
  await smsc.sendMo({ ...MO, text, order: [3, 1, 1] });
  deepEqual(esme.requests.map((each) => read(each).part?.sequence), [3, 1, 1]);
  await rejects(smsc.sendMo({ ...MO, text, order: [4] }), /order: Names part 4, the text has 3/);
  await rejects(smsc.sendMo({ ...MO, text: "x".repeat(153 * 256) }), /text: Takes 256 parts/);
});

Deno.test("an MO waits for a receiver, and ends as given up when it is never taken", async () => {
  const smsc = await startSmsc({ behaviour: { maxTries: 2, retryDelay: 1 } });
  const mo = smsc.sendMo({ ...MO, text: "wait" });
  const esme = await Esme.connect(smsc);
  esme.answer = 0x64;
  await esme.request("bind_receiver", { system_id: "smppclient", password: "password" });
  const [part] = await mo;
  equal(part?.state, "given up");
  equal(part?.status, 0x64);
  match(esme.texts().join(), /^wait,wait$/);
  await esme.close();
  await smsc.stop();
});
