import assert from "node:assert/strict";
import { furnish, send, TestJcli, until, withSimulator } from "../testing.ts";

Deno.test("a connector that starts is bound only after its connection and its bind", () =>
  withSimulator({ behaviour: { connectMs: 20, bindMs: 20 } }, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    await jcli.all("smppccm -a", "cid op_1", "ok");
    const connector = simulator.gateway.connectors.get("op_1");
    assert.equal(connector?.state, "NONE");
    assert.equal(
      await jcli.say("smppccm -1 op_1"),
      "Successfully started connector id:op_1",
    );
    await until(() => connector?.state === "BIND_TRX_PENDING", "the bind request");
    await until(() => connector?.state === "BOUND_TRX", "the bind");
    jcli.close();
  }));

Deno.test("an operator that refuses keeps its connector unbound until it does no more", () =>
  withSimulator({ timing: { retryScale: 0.001 } }, async (simulator) => {
    simulator.changeConnector("op_1", { failBind: true });
    const jcli = await TestJcli.login(simulator);
    await jcli.all("smppccm -a", "cid op_1", "ok", "smppccm -1 op_1");
    const counters = simulator.gateway.connectorCounters("op_1");
    await until(() => counters.count("disconnected_count") >= 3, "three refusals");
    assert.equal(counters.count("bound_count"), 0);
    simulator.changeConnector("op_1", { failBind: false });
    await until(() => simulator.gateway.connectors.get("op_1")?.bound === true, "the bind");
    jcli.close();
  }));

Deno.test("a dropped connector binds again and gives back what was under way", () =>
  withSimulator({ timing: { retryScale: 0.001 } }, async (simulator) => {
    await furnish(simulator);
    simulator.changeConnector("op_1", { latencyMs: 60_000 });
    await send(simulator, {});
    await until(() => simulator.submitted.length === 1, "the first try");
    simulator.changeConnector("op_1", { latencyMs: 0 });
    simulator.dropConnector("op_1", "requeue");
    assert.equal(simulator.gateway.connectors.get("op_1")?.state, "NONE");
    // The message that comes back meets a connector that is not bound yet, and waits for its turn.
    await until(() => simulator.gateway.connectors.get("op_1")?.bound === true, "the bind");
    const counters = simulator.gateway.connectorCounters("op_1");
    assert.equal(counters.count("connected_count"), 2);
    assert.equal(counters.count("disconnected_count"), 1);
  }));

Deno.test("messages wait in the queue of a stopped connector", () =>
  withSimulator({ behaviour: { latencyMs: 0 } }, async (simulator) => {
    await furnish(simulator);
    const jcli = await TestJcli.login(simulator);
    await jcli.say("smppccm -0 op_1");
    for (let i = 0; i < 3; i++) assert.equal((await send(simulator, {})).status, 200);
    assert.equal(simulator.backlog.queued, 3);
    await until(() => simulator.gateway.connectors.get("op_1")?.state === "NONE", "the unbind");
    simulator.gateway.connectors.get("op_1")?.start();
    await until(() => simulator.gateway.connectors.get("op_1")?.bound === true, "the bind");
    jcli.close();
  }));

Deno.test("one submit is under way at a time: the rate is one by the operator's time", () =>
  withSimulator({ behaviour: { latencyMs: 20 } }, async (simulator) => {
    await furnish(simulator);
    const before = performance.now();
    for (let i = 0; i < 10; i++) await send(simulator, {});
    await until(() => simulator.ledger.results.length === 10, "ten results");
    assert.ok(performance.now() - before >= 10 * 19);
  }));

Deno.test("submit_throughput spaces submits out", () =>
  withSimulator({ behaviour: { latencyMs: 0 } }, async (simulator) => {
    await furnish(simulator, "submit_throughput 50");
    const before = performance.now();
    for (let i = 0; i < 6; i++) await send(simulator, {});
    await until(() => simulator.ledger.results.length === 6, "six results");
    assert.ok(performance.now() - before >= 5 * 19);
  }));

Deno.test("a stop lets the operator answer what it has, and sends nothing twice", () =>
  withSimulator({ behaviour: { latencyMs: 60 }, timing: { notReadyMs: 5 } }, async (simulator) => {
    await furnish(simulator);
    await send(simulator, {});
    await send(simulator, {});
    const connector = simulator.gateway.connectors.get("op_1");
    connector?.stop();
    assert.equal(connector?.state, "UNBIND_PENDING");
    await until(() => connector?.state === "NONE", "the unbind");
    assert.deepEqual(simulator.ledger.results.map(({ status }) => status), ["ESME_ROK"]);
    assert.equal(simulator.backlog.queued, 1);
    connector?.start();
    await until(() => simulator.ledger.results.length === 2, "the second message");
    assert.equal(simulator.submitted.length, 2);
  }));

Deno.test("throttling and errors are counted apart, and only some are tried again", () =>
  withSimulator({ behaviour: { latencyMs: 0 }, timing: { retryScale: 0 } }, async (simulator) => {
    await furnish(simulator);
    simulator.scriptAnswers([
      { status: "ESME_RTHROTTLED" },
      { status: "ESME_RSYSERR" },
      { status: "ESME_ROK" },
      { status: "ESME_RINVDSTADR" },
    ]);
    await send(simulator, {});
    await until(() => simulator.ledger.results.length === 2, "two tries of the first");
    await send(simulator, {});
    await send(simulator, {});
    await until(() => simulator.ledger.results.length === 4, "all results");
    const counters = simulator.gateway.connectorCounters("op_1");
    assert.equal(counters.count("throttling_error_count"), 1);
    assert.equal(counters.count("other_submit_error_count"), 2);
    assert.equal(counters.count("submit_sm_count"), 1);
    // System errors are tried twice in all, counted over every error of the message.
    assert.deepEqual(
      simulator.ledger.results.map(({ status }) => status),
      ["ESME_RTHROTTLED", "ESME_RSYSERR", "ESME_ROK", "ESME_RINVDSTADR"],
    );
  }));

Deno.test("an update of the port restarts a bound connector, with the words of its haste", () =>
  withSimulator({ timing: { restartMs: 30 } }, async (simulator) => {
    await furnish(simulator);
    const jcli = await TestJcli.login(simulator);
    await jcli.all("smppccm -u op_1", "port 2776");
    assert.equal(
      await jcli.say("ok"),
      "Restarting connector [op_1] for updates to take effect ...\n" +
        "Failed starting connector, will retry in 5 seconds\n" +
        "Successfully updated connector [op_1]",
    );
    await until(() => simulator.gateway.connectors.get("op_1")?.bound === true, "the bind");
    jcli.close();
  }));

Deno.test("an ok that the gateway fails on is never answered", () =>
  withSimulator({}, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    await jcli.all("smppccm -a", "cid op_1", "logrotate weekly");
    jcli.write("ok\r\n");
    await until(() => jcli.heard.endsWith("ok\r\r\r\n"), "the echo");
    assert.equal(await jcli.say("ko"), "");
    assert.equal(simulator.gateway.connectors.size, 0);
    jcli.close();
  }));
