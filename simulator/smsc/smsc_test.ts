import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { NotFoundError, ValidationError } from "../../services/errors/mod.ts";
import { Esme, submission } from "./esme_testing.ts";
import { type Smsc, type SmscOptions, startSmsc } from "./mod.ts";

/** Runs a test against an SMSC of its own, with one bound transceiver. */
function withSmsc(
  name: string,
  options: SmscOptions,
  test: (smsc: Smsc, esme: Esme) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const smsc = await startSmsc(options);
    try {
      const esme = await Esme.bound(smsc);
      await test(smsc, esme);
      await esme.close();
    } finally {
      await smsc.stop();
    }
  });
}

const QUICK = { receiptDelay: 0, retryDelay: 5 };

Deno.test("each kind of bind is taken, and answers with the account's name and version", async () => {
  const smsc = await startSmsc({ name: "north" });
  for (const command of ["bind_transceiver", "bind_transmitter", "bind_receiver"]) {
    const esme = await Esme.connect(smsc);
    const response = await esme.request(command, { system_id: "smppclient", password: "password" });
    equal(response.command, `${command}_resp`);
    equal(response.command_status, 0);
    equal(response["system_id"], "north");
    equal(response["sc_interface_version"], 0x34);
    await esme.close();
  }
  await smsc.stop();
});

Deno.test("a bind is refused for a wrong password, system_id, second bind or too many", async () => {
  const smsc = await startSmsc({ behaviour: { maxBinds: 1 } });
  const esme = await Esme.connect(smsc);
  const bind = (system_id: string, password: string) =>
    esme.request("bind_transceiver", { system_id, password }).then((each) => each.command_status);
  equal(await bind("smppclient", "guess"), 0x0e);
  equal(await bind("nobody", "password"), 0x0f);
  equal(await bind("smppclient", "password"), 0);
  equal(await bind("smppclient", "password"), 0x05);
  const second = await Esme.connect(smsc);
  const refused = await second.request("bind_receiver", {
    system_id: "smppclient",
    password: "password",
  });
  equal(refused.command_status, 0x0d);
  await Promise.all([esme.close(), second.close()]);
  await smsc.stop();
});

withSmsc("enquire_link and unbind are answered, unbind closes", {}, async (smsc, esme) => {
  equal((await esme.request("enquire_link")).command, "enquire_link_resp");
  equal(smsc.sessions()[0]?.bind, "transceiver");
  equal((await esme.request("unbind")).command, "unbind_resp");
  await esme.until(() => esme.closed);
});

withSmsc("an unknown command gets generic_nack, an unsupported one its response", {}, async (
  _smsc,
  esme,
) => {
  const unknown = Uint8Array.of(0, 0, 0, 16, 0, 0, 0x0f, 0xff, 0, 0, 0, 0, 0, 0, 0, 99);
  esme.writeRaw(unknown);
  await esme.until(() => esme.seen.includes("generic_nack"));
  const query = await esme.request("query_sm", { message_id: "1" });
  equal(query.command, "query_sm_resp");
  equal(query.command_status, 0x03);
});

withSmsc("a PDU of impossible length ends the connection", {}, async (_smsc, esme) => {
  esme.writeRaw(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1));
  await esme.until(() => esme.closed);
});

Deno.test("submits need a bind that transmits", async () => {
  const smsc = await startSmsc();
  const unbound = await Esme.connect(smsc);
  equal((await unbound.submit("x")).command_status, 0x04);
  const receiver = await Esme.bound(smsc, { command: "bind_receiver" });
  equal((await receiver.submit("x")).command_status, 0x04);
  equal(smsc.record.counts().submits, 0);
  await Promise.all([unbound.close(), receiver.close()]);
  await smsc.stop();
});

withSmsc("a submit is recorded as it came, with what was answered", {}, async (smsc, esme) => {
  const body = Uint8Array.of(0x00, 0x1b, 0x65, 0x41);
  const before = Date.now();
  const response = await esme.submit("", { short_message: body, priority_flag: 2 });
  await smsc.record.until((record) => record.submits()[0]?.answeredAt !== undefined);
  const [submit] = smsc.record.submits();
  ok(submit);
  equal(submit.text, "@€A");
  deepEqual(submit.raw, body);
  equal(submit.messageId, response["message_id"]);
  match(submit.messageId, /^\d{10}$/);
  equal(submit.systemId, "smppclient");
  equal(submit.session, smsc.sessions()[0]?.id);
  equal(submit.source, "34600000001");
  equal(submit.destination, "34611111111");
  equal(submit.registeredDelivery, 1);
  equal(submit.priority, 2);
  equal(submit.status, 0);
  ok(submit.at >= before && submit.at <= Date.now());
});

withSmsc(
  "data_sm with a payload is taken as a submit",
  { behaviour: QUICK },
  async (smsc, esme) => {
    const { short_message: message_payload, ...rest } = submission("by data_sm");
    const response = await esme.request("data_sm", { ...rest, message_payload });
    equal(response.command, "data_sm_resp");
    equal(smsc.record.messages()[0]?.text, "by data_sm");
    await smsc.record.until((record) => record.counts().receipts.acknowledged === 1);
  },
);

withSmsc("what no radio interface carries is refused by its length", {}, async (smsc, esme) => {
  equal((await esme.submit("x".repeat(160))).command_status, 0);
  equal((await esme.submit("x".repeat(161))).command_status, 0x01);
  equal((await esme.submit("x".repeat(142), { data_coding: 8 })).command_status, 0x01);
  equal((await esme.submit("x", { destination_addr: "" })).command_status, 0x0b);
  deepEqual(smsc.record.counts().byStatus, {
    ESME_ROK: 1,
    ESME_RINVMSGLEN: 2,
    ESME_RINVDSTADR: 1,
  });
});

for (
  const [response, receipt] of [
    ["decimal", "decimal"],
    ["hex", "decimal"],
    ["decimal", "hex"],
  ] as const
) {
  const options = { behaviour: { ...QUICK, messageId: { response, receipt } } };
  withSmsc(`message_id is ${response} in answers and ${receipt} in receipts`, options, async (
    _smsc,
    esme,
  ) => {
    const answered = String((await esme.submit("hi"))["message_id"]);
    await esme.until(() => esme.requests.length === 1);
    const received = String(esme.requests[0]?.["receipted_message_id"]);
    const number = (id: string, base: string) => Number.parseInt(id, base === "hex" ? 16 : 10);
    equal(number(answered, response), number(received, receipt));
    equal(answered === received, response === receipt);
    ok(esme.texts()[0]?.startsWith(`id:${received} sub:001 `));
  });
}

Deno.test("accounts have their own password, behaviour and receipts", async () => {
  const smsc = await startSmsc({
    behaviour: QUICK,
    accounts: [
      { systemId: "one", password: "p1", behaviour: { receiptMix: { UNDELIV: 1 } } },
      { systemId: "two", password: "p2", name: "south" },
    ],
  });
  const one = await Esme.bound(smsc, { systemId: "one", password: "p1" });
  const two = await Esme.bound(smsc, { systemId: "two", password: "p2" });
  await rejects(Esme.bound(smsc, { systemId: "two", password: "p1" }), /answered 14/);
  await Promise.all([one.submit("a"), two.submit("b")]);
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 2);
  match(one.texts().join(), /^id:\d+ .*stat:UNDELIV err:001 text:a$/);
  match(two.texts().join(), /^id:\d+ .*stat:DELIVRD err:000 text:b$/);
  smsc.setBehaviour({ receipts: "never" }, "one");
  equal(smsc.behaviour("one").receipts, "never");
  equal(smsc.behaviour("two").receipts, "requested");
  await Promise.all([one.close(), two.close()]);
  await smsc.stop();
});

Deno.test("wrong settings are refused by name, and change nothing", async () => {
  await rejects(startSmsc({ behaviour: { errorRate: 2 } }), ValidationError);
  await rejects(
    startSmsc({ accounts: [{ systemId: "a", password: "" }, { systemId: "a", password: "" }] }),
    /twice/,
  );
  const smsc = await startSmsc();
  const change = (patch: object, systemId?: string) => () =>
    Promise.resolve().then(() => smsc.setBehaviour(patch, systemId));
  await rejects(change({ throttle: 5, unknown: 1 }), ValidationError);
  await rejects(change({ rules: [{ outcome: "DELIVERED" }] }), /rules\.0\.outcome/);
  await rejects(change({ errorStatus: "ESME_ROK" }), /errorStatus/);
  await rejects(change({ responseDelay: { min: 2, max: 1 } }), ValidationError);
  await rejects(change({ throttle: 5 }, "nobody"), NotFoundError);
  await rejects(smsc.sendMo({ systemId: "nobody", from: "1", to: "2", text: "x" }), NotFoundError);
  equal(smsc.behaviour("smppclient").throttle, 0);
  await smsc.stop();
});

Deno.test("a port in use is said, and stop ends what is waiting", async () => {
  const smsc = await startSmsc({ behaviour: { responseDelay: 60_000 } });
  await rejects(startSmsc({ port: smsc.port }), { code: "EADDRINUSE" });
  const esme = await Esme.bound(smsc);
  const unanswered = rejects(esme.submit("waits"), /Closed before submit_sm/);
  await smsc.record.until((record) => record.counts().submits === 1);
  const unsent = smsc.sendMo({ systemId: "smppclient", from: "1", to: "2", text: "x" });
  esme.answer = undefined;
  await Promise.all([smsc.stop(), smsc.stop()]);
  await Promise.all([unanswered, unsent]);
  await esme.until(() => esme.closed);
  await rejects(Esme.connect(smsc), { code: "ECONNREFUSED" });
});
