import assert from "node:assert/strict";
import { furnish, send, TestHook, TestJcli, until, withSimulator } from "../testing.ts";
import type { JasminSimulator, JasminSimulatorOptions } from "../mod.ts";

const FAST: JasminSimulatorOptions = {
  behaviour: { latencyMs: 0, receipts: { delayMs: 5 } },
  timing: { callbackRetryMs: 10, dlrLookupMs: 30, retryScale: 0.001 },
};

async function withHook(
  options: JasminSimulatorOptions,
  test: (simulator: JasminSimulator, hook: TestHook) => Promise<void>,
): Promise<void> {
  const hook = new TestHook();
  try {
    await withSimulator({ ...FAST, ...options }, (simulator) => test(simulator, hook));
  } finally {
    await hook.stop();
  }
}

Deno.test("each level of receipt brings its own callbacks", () =>
  withHook({}, async (simulator, hook) => {
    await furnish(simulator);
    for (const [level, expected] of [["1", ["1"]], ["2", ["2"]], ["3", ["1", "2"]]] as const) {
      hook.calls.length = 0;
      await send(simulator, { "dlr-url": `${hook.url}/dlr`, "dlr-level": level });
      const { msgid } = simulator.ledger.accepted.at(-1) ?? {};
      await until(() => hook.calls.length >= expected.length, `callbacks of level ${level}`);
      await until(() => simulator.ledger.receipts.length >= Number(level), "the receipt");
      assert.deepEqual(hook.calls.map(({ fields }) => fields["level"]), expected);
      assert.ok(hook.calls.every(({ fields }) => fields["id"] === msgid));
    }
    const last = hook.calls.at(-1)?.fields ?? {};
    assert.equal(last["message_status"], "DELIVRD");
    assert.equal(last["connector"], last["id_smsc"]);
    assert.match(last["subdate"] ?? "", /^\d{10}$/);
  }));

Deno.test("a callback is made again until it is acknowledged, four times at most", () =>
  withHook({}, async (simulator, hook) => {
    await furnish(simulator);
    let answers = ["no", "ACK/Jasmin"];
    hook.answer = () => new Response(answers.shift() ?? "no");
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "1", "dlr-method": "GET" });
    await until(() => simulator.ledger.callbacks.at(-1)?.acknowledged === true, "acknowledgement");
    assert.equal(hook.calls.length, 2);
    answers = [];
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "1" });
    await until(() => hook.calls.length === 6, "four calls");
    assert.equal(simulator.ledger.callbacks.at(-1)?.attempt, 4);
    assert.equal(simulator.backlog.calls, 0);
  }));

Deno.test("a receipt that comes before its answer is found at the second look", () =>
  withHook({
    behaviour: { latencyMs: 10, receipts: { early: 1 } },
  }, async (simulator, hook) => {
    await furnish(simulator);
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "2" });
    await until(() => hook.calls.length === 1, "the receipt");
    assert.equal(hook.calls[0]?.fields["message_status"], "DELIVRD");
  }));

Deno.test("of two receipts only the first is told, and a lost one is not", () =>
  withHook({
    behaviour: { latencyMs: 0, receipts: { delayMs: 1, duplicated: 1 } },
  }, async (simulator, hook) => {
    await furnish(simulator);
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "2" });
    await until(() => simulator.ledger.receipts.length === 2, "two receipts");
    simulator.loseReceipts(true);
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "3" });
    await until(() => hook.calls.length === 2, "level 1 of the second message");
    assert.deepEqual(hook.calls.map(({ fields }) => fields["level"]), ["2", "1"]);
  }));

Deno.test("a throttled message is told as such, tried again, and its receipt is lost", () =>
  withHook({}, async (simulator, hook) => {
    await furnish(simulator);
    simulator.scriptAnswers([{ status: "ESME_RTHROTTLED" }]);
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "3" });
    await until(() => simulator.ledger.receipts.length === 1, "a receipt");
    assert.deepEqual(
      simulator.ledger.results.map(({ status }) => status),
      ["ESME_RTHROTTLED", "ESME_ROK"],
    );
    assert.deepEqual(
      hook.calls.map(({ fields }) => fields["message_status"]),
      ["ESME_RTHROTTLED"],
    );
  }));

Deno.test("the released 0.11.1 tells nothing of what becomes of a message", () =>
  withHook({ release: "0.11.1" }, async (simulator, hook) => {
    await furnish(simulator);
    await send(simulator, { "dlr-url": hook.url, "dlr-level": "3" });
    await until(() => simulator.ledger.receipts.length === 1, "a receipt");
    assert.equal(hook.calls.length, 0);
  }));

Deno.test("a phone's message reaches the URL of its route, put together from its parts", () =>
  withHook({}, async (simulator, hook) => {
    await furnish(simulator);
    const jcli = await TestJcli.login(simulator);
    await jcli.all("httpccm -a", "cid hook", `url ${hook.url}/mo`, "method POST", "ok");
    await jcli.all("morouter -a", "type DefaultRoute", "connector http(hook)", "ok");
    const part = (number: number, content: string) =>
      simulator.receiveMo({
        cid: "op_1",
        from: "34600000001",
        to: "22001",
        content: `\x05\x00\x03\x09\x02${String.fromCharCode(number)}${content}`,
        esmClass: 0x40,
      });
    part(1, "Hello ");
    part(2, "world");
    await until(() => hook.calls.length === 1, "the message");
    assert.deepEqual(hook.calls[0], {
      path: "/mo",
      fields: {
        id: hook.calls[0]?.fields["id"],
        from: "34600000001",
        to: "22001",
        "origin-connector": "op_1",
        content: "Hello world",
        binary: "48656c6c6f20776f726c64",
        priority: "0",
        coding: "\0",
      },
    });
    assert.equal(simulator.gateway.connectorCounters("op_1").count("deliver_sm_count"), 2);
    jcli.close();
  }));

Deno.test("failover tries each URL once", () =>
  withHook({}, async (simulator, hook) => {
    const jcli = await TestJcli.login(simulator);
    for (const path of ["one", "two"]) {
      await jcli.all("httpccm -a", `cid ${path}`, `url ${hook.url}/${path}`, "method GET", "ok");
    }
    await jcli.all("filter -a", "fid all", "type TransparentFilter", "ok");
    await jcli.all("morouter -a", "type FailoverMORoute", "order 1", "filters all");
    await jcli.all("connectors http(one);http(two)", "ok");
    hook.answer = () => new Response("no", { status: hook.calls.length === 1 ? 500 : 200 });
    simulator.receiveMo({ cid: "op_1", from: "34600000001", to: "1", content: "hi" });
    await until(() => simulator.ledger.callbacks.length === 2, "two calls");
    assert.deepEqual(hook.calls.map(({ path }) => path), ["/one", "/two"]);
    jcli.close();
  }));
