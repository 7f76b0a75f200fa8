import assert from "node:assert/strict";
import { startControl } from "./control.ts";
import { demoOptions, furnishDemo, startJasminSimulator } from "./mod.ts";
import { seededRandom } from "./random.ts";
import { furnish, send, TestHook, TestJcli, until, withSimulator } from "./testing.ts";
import { rateAt } from "./traffic.ts";

Deno.test("the log files have the gateway's lines, and a rotated one is followed by a new one", async () => {
  const logDir = await Deno.makeTempDir();
  const hook = new TestHook();
  const behaviour = { latencyMs: 0, receipts: { delayMs: 1 } };
  await withSimulator({ logDir, behaviour }, async (simulator) => {
    await furnish(simulator);
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "2", from: "ACME" });
    await until(() => hook.calls.length === 1, "the receipt");
    simulator.receiveMo({ cid: "op_1", from: "34600000001", to: "1", content: "it's" });
    await simulator.flushLogs();
    const msgid = simulator.ledger.accepted[0]?.msgid;
    const read = (name: string) => Deno.readTextFile(`${logDir}/${name}`);
    const [mt = "", dlr = "", mo = ""] = (await read("messages.log")).split("\n");
    assert.match(mt, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO {5}\d+ SMS-MT \[cid:op_1\] /);
    assert.ok(mt.includes(`[queue-msgid:${msgid}] [smpp-msgid:b'`));
    assert.ok(
      mt.endsWith(
        "[status:CommandStatus.ESME_ROK] [prio:0] " +
          "[dlr:RegisteredDeliveryReceipt.SMSC_DELIVERY_RECEIPT_REQUESTED] [validity:none] " +
          "[from:b'ACME'] [to:b'34600000001'] [content:b'hi']",
      ),
    );
    assert.match(
      dlr,
      / DLR \[cid:op_1\] \[smpp-msgid:\d+\] \[status:DELIVRD\] \[submit date:\d{10}\]/,
    );
    assert.match(mo, / SMS-MO \[cid:op_1\] .*\[content:b"it's"\]$/);
    assert.match(
      await read("http-api.log"),
      /SMS-MT \[uid:u1\] \[cid:op_1\] \[msgid:.{36}\] \[prio:0\] \[dlr:Terminal\] \[from:b'ACME'\]/,
    );
    assert.match(await read("default-op_1.log"), /Bind succeeded\.\.\.now in state/);

    const rotated = await simulator.rotateLog("messages.log");
    assert.match(rotated, /^messages\.log\.\d{4}-\d\d-\d\d$/);
    await send(simulator, {});
    await until(() => simulator.ledger.results.length === 2, "the second message");
    await simulator.flushLogs();
    assert.equal((await read("messages.log")).split("\n").length, 2);
  });
  await hook.stop();
  await Deno.remove(logDir, { recursive: true });
});

Deno.test("at log level 10 a connector's log has every PDU, in bytes and in words", async () => {
  const logDir = await Deno.makeTempDir();
  await withSimulator({ logDir, firstSmscId: 1001 }, async (simulator) => {
    await furnish(simulator, "loglevel 10");
    await send(simulator, { content: "bad" });
    await until(() => simulator.ledger.results.length === 1, "the answer");
    await simulator.flushLogs();
    const log = await Deno.readTextFile(`${logDir}/default-op_1.log`);
    assert.ok(log.includes(
      "Sending data [b'0000002f00000004000000000000000200020100010133343630303030303030310003" +
        "000000000000000003626164']",
    ));
    assert.ok(log.includes("Received data [b'000000158000000400000000000000023130303100']"));
    assert.match(
      log,
      /Complete PDU dump: PDU \[command: CommandId\.submit_sm_resp, sequence_number: 2, .*\nmessage_id: b'1001'\n\]/,
    );
  });
  await Deno.remove(logDir, { recursive: true });
});

Deno.test("two simulators of the same seed draw the same", () => {
  const draw = () => {
    const random = seededRandom(7).fork("x");
    return [random.next(), random.int(100), random.uuid(), random.exponential(5)];
  };
  assert.deepEqual(draw(), draw());
  assert.notDeepEqual(seededRandom(7).uuid(), seededRandom(8).uuid());
  assert.match(seededRandom(7).uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
});

Deno.test("traffic has the shape of a day and its average", () => {
  const at = (hour: number) => rateAt({ perSecond: 10 }, new Date(2026, 3, 1, hour));
  assert.ok(at(13) > 15.9 && at(13) < 16.1);
  assert.ok(at(1) > 3.9 && at(1) < 4.1);
  const hours = Array.from({ length: 24 }, (_, hour) => at(hour));
  assert.ok(Math.abs(hours.reduce((sum, rate) => sum + rate, 0) / 24 - 10) < 0.01);
});

Deno.test("the demo's gateway is in use: bound connectors, moving counters, receipts, MOs", async () => {
  const demo = demoOptions();
  const simulator = await startJasminSimulator({
    ...demo,
    behaviour: { latencyMs: 1, bindMs: 1, receipts: { delayMs: 1 } },
    traffic: { ...demo.traffic, perSecond: 200, dailySwing: 0, moPerMinute: 6000 },
  });
  try {
    furnishDemo(simulator);
    const count = (name: string) =>
      [...simulator.gateway.connectors.keys()]
        .reduce((sum, cid) => sum + simulator.gateway.connectorCounters(cid).count(name), 0);
    await until(() => count("submit_sm_count") > 50, "submits");
    await until(() => count("deliver_sm_count") > 10, "receipts and MOs");
    assert.ok(simulator.gateway.http.count("success_count") > 50);
    const jcli = await TestJcli.login(simulator);
    assert.match(await jcli.say("mtrouter -l"), /#30 +FailoverMTRoute/);
    assert.match(await jcli.say("filter -l"), /#to_spain/);
    assert.match(await jcli.say("stats --smppcs"), /#es_main/);
    jcli.close();
  } finally {
    await simulator.stop();
  }
});

Deno.test("a demo's gateway that is started again has its connectors, bound as before", async () => {
  const storeDir = await Deno.makeTempDir();
  const options = { ...demoOptions(), storeDir, behaviour: { bindMs: 1 } };
  const bound = () =>
    withSimulator(options, async (simulator) => {
      furnishDemo(simulator);
      const connectors = [...simulator.gateway.connectors.values()];
      await until(() => connectors.every((each) => each.bound), "all connectors bound");
      assert.notEqual(connectors.length, 0);
    });
  await bound();
  await bound();
  await Deno.remove(storeDir, { recursive: true });
});

Deno.test("the control port sets faults, shows the state and says what is wrong with a body", () =>
  withSimulator({}, async (simulator) => {
    await furnish(simulator);
    const control = await startControl(simulator, 0);
    const ask = (path: string, body?: unknown) =>
      fetch(`http://127.0.0.1:${control.port}${path}`, {
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      });
    const state = await (await ask("/state")).json();
    assert.deepEqual(state.connectors, [
      { cid: "op_1", running: true, state: "BOUND_TRX", queued: 0 },
    ]);
    assert.equal((await ask("/http-fault", { kind: "error" })).status, 200);
    assert.equal((await send(simulator, {})).status, 500);
    await (await ask("/http-fault", null)).text();
    assert.equal((await send(simulator, {})).status, 200);
    assert.equal((await (await ask("/accepted")).json()).length, 1);
    const refused = await ask("/http-fault", { kind: "earthquake" });
    assert.equal(refused.status, 400);
    assert.match((await refused.json()).error, /kind/);
    await control.stop();
  }));

Deno.test("a port that is taken is told", () =>
  withSimulator({}, async (simulator) => {
    await assert.rejects(startJasminSimulator({ httpPort: simulator.httpPort }));
  }));
