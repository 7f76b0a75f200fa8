import assert from "node:assert/strict";
import { encodeGsm } from "./gsm0338.ts";
import { splitContent } from "./parts.ts";
import { furnish, send, TestJcli, until, withSimulator } from "../testing.ts";

Deno.test("texts are put into the default alphabet, with its extension", () => {
  assert.equal(encodeGsm("@£_€{"), "\x00\x01\x11\x1be\x1b(");
  assert.equal(encodeGsm("你😀"), "??");
});

Deno.test("messages are split at 160/153 and 70/67, and cut after the fifth part", () => {
  const lengths = (size: number, coding: number) =>
    splitContent("x".repeat(size), coding, 7, 5).map((part) => part.length);
  assert.deepEqual(lengths(160, 0), [160]);
  assert.deepEqual(lengths(161, 0), [159, 14]);
  assert.deepEqual(lengths(141, 3), [140, 13]);
  assert.deepEqual(lengths(140, 8), [140]);
  assert.deepEqual(lengths(142, 8), [140, 14]);
  assert.deepEqual(lengths(900, 0), [159, 159, 159, 159, 159]);
  assert.equal(splitContent("x".repeat(161), 0, 7, 5)[1]?.slice(0, 6), "\x05\x00\x03\x07\x02\x02");
});

Deno.test("an accepted message reaches its operator as it was sent", () =>
  withSimulator({ behaviour: { latencyMs: 0 } }, async (simulator) => {
    await furnish(simulator);
    const { status, text } = await send(simulator, { content: "é€", from: "ACME", dlr: "yes" });
    assert.equal(status, 200);
    const msgid = /^Success "([0-9a-f-]{36})"$/.exec(text)?.[1];
    await until(() => simulator.ledger.results.length === 1, "a result");
    assert.equal(simulator.ledger.accepted[0]?.msgid, msgid);
    assert.equal(simulator.ledger.results[0]?.msgid, msgid);
    const [submit] = simulator.submitted;
    assert.equal(submit?.["short_message"], "051b65");
    assert.equal(submit?.["source_addr"], "ACME");
    assert.equal(submit?.["registered_delivery"], 1);
  }));

Deno.test("a refusal has the gateway's status and words", () =>
  withSimulator({}, async (simulator) => {
    await furnish(simulator);
    const cases: readonly [Record<string, string>, number, string][] = [
      [{ to: "abc" }, 400, "Argument [to] has an invalid value: [abc]."],
      [{ colour: "red" }, 400, "Argument [colour] is unknown."],
      [{ password: "wrong" }, 403, "Authentication failure for username:alice"],
      [
        { "hex-content": "00" },
        400,
        "content and hex-content cannot be used both in same request.",
      ],
    ];
    for (const [fields, status, text] of cases) {
      assert.deepEqual(await send(simulator, fields), { status, text: `Error "${text}"` });
    }
    const jcli = await TestJcli.login(simulator);
    await jcli.all("user -u u1", "mt_messaging_cred quota sms_count 1", "ok");
    assert.equal((await send(simulator, {})).status, 200);
    assert.deepEqual(await send(simulator, {}), {
      status: 403,
      text: 'Error "Cannot charge submit_sm, check RouterPB log file for details"',
    });
    await jcli.all("user -u u1", "mt_messaging_cred quota sms_count none", "ok", "mtrouter -f");
    assert.deepEqual(await send(simulator, {}), { status: 412, text: 'Error "No route found"' });
    jcli.close();
  }));

Deno.test("a charge is taken at once, its later share when the operator has accepted", () =>
  withSimulator({}, async (simulator) => {
    await furnish(simulator);
    const jcli = await TestJcli.login(simulator);
    await jcli.all("mtrouter -a", "type DefaultRoute", "connector smppc(op_1)", "rate 2", "ok");
    await jcli.all("user -u u1", "mt_messaging_cred quota balance 10");
    await jcli.all("mt_messaging_cred quota early_percent 25", "ok");
    simulator.changeConnector("op_1", { latencyMs: 50 });
    assert.equal((await send(simulator, { content: "x".repeat(161) })).status, 200);
    const balance = () => simulator.gateway.user("u1")?.mt.quotas.get("balance");
    assert.equal(balance(), 9);
    await until(() => balance() === 6, "the later charge");
    jcli.close();
  }));

Deno.test("failover takes the first bound connector, and none when none is bound", () =>
  withSimulator({}, async (simulator) => {
    await furnish(simulator);
    const jcli = await TestJcli.login(simulator);
    await jcli.all("smppccm -a", "cid op_2", "ok");
    await jcli.all("filter -a", "fid all", "type TransparentFilter", "ok");
    await jcli.all("mtrouter -a", "type FailoverMTRoute", "order 9", "filters all");
    await jcli.all("connectors smppc(op_2);smppc(op_1)", "rate 0", "ok");
    await send(simulator, {});
    assert.equal(simulator.ledger.accepted.at(-1)?.cid, "op_1");
    await jcli.say("smppccm -1 op_2");
    await until(() => simulator.gateway.connectors.get("op_2")?.bound === true, "op_2 bound");
    await send(simulator, {});
    assert.equal(simulator.ledger.accepted.at(-1)?.cid, "op_2");
    await jcli.all("smppccm -0 op_1", "smppccm -0 op_2");
    assert.deepEqual(await send(simulator, {}), {
      status: 412,
      text: 'Error "Failover route has no bound connectors"',
    });
    jcli.close();
  }));

Deno.test("a coding given as a JSON number is not the default alphabet", () =>
  withSimulator({ behaviour: { latencyMs: 0 } }, async (simulator) => {
    await furnish(simulator);
    const post = (coding: unknown) =>
      fetch(`http://127.0.0.1:${simulator.httpPort}/send`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          username: "alice",
          password: "secret",
          to: "34600000001",
          content: "é",
          coding,
        }),
      }).then((response) => response.text());
    await post("0");
    await post(0);
    await until(() => simulator.submitted.length === 2, "two submits");
    assert.deepEqual(simulator.submitted.map((pdu) => pdu["short_message"]), ["05", "c3a9"]);
  }));

Deno.test("faults: an error, a cut before and after the work, slowness, no listener", () =>
  withSimulator({}, async (simulator) => {
    await furnish(simulator);
    const accepted = () => simulator.ledger.accepted.length;
    simulator.setHttpFault({ kind: "error" });
    assert.equal((await send(simulator, {})).status, 500);
    simulator.setHttpFault({ kind: "cut" });
    await assert.rejects(send(simulator, {}));
    assert.equal(accepted(), 0);
    simulator.setHttpFault({ kind: "cut-after" });
    await assert.rejects(send(simulator, {}));
    assert.equal(accepted(), 1);
    simulator.setHttpFault({ kind: "slow", delayMs: 80, path: "/send" });
    const before = performance.now();
    assert.equal((await send(simulator, {})).status, 200);
    assert.ok(performance.now() - before >= 75);
    simulator.setHttpFault(undefined);
    await simulator.setHttpListening(false);
    await assert.rejects(send(simulator, {}));
    await simulator.setHttpListening(true);
    assert.equal((await send(simulator, {})).status, 200);
  }));
