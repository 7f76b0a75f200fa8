import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { controlHandler } from "./control.ts";
import { Esme } from "./esme_testing.ts";
import { parseDelay, parseFlags } from "./flags.ts";
import { startSmsc } from "./mod.ts";

Deno.test("another process reads the record and changes the behaviour", async () => {
  const smsc = await startSmsc({ behaviour: { receiptDelay: 0 } });
  const handle = controlHandler(smsc);
  const get = async (path: string) => {
    const response = await handle(new Request(`http://smsc${path}`));
    return { status: response.status, body: await response.json() };
  };
  const post = async (path: string, body: unknown) => {
    const response = await handle(
      new Request(`http://smsc${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  };

  const esme = await Esme.bound(smsc);
  await esme.submit("one");
  await esme.submit("two #smsc:ESME_RSYSERR");
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 1);
  const counts = await get("/counts?destinations");
  deepEqual([counts.body.submits, counts.body.accepted], [2, 1]);
  deepEqual(counts.body.byDestination, {
    "34611111111": { submits: 2, accepted: 1, messages: 1 },
  });
  equal((await get("/counts?destination=34611111111")).body.accepted, 1);
  equal((await get("/counts?destination=1")).body.accepted, 0);

  const all = (await get("/record")).body;
  equal(all.submits.length, 2);
  equal(all.submits[0].raw, "6f6e65");
  equal(all.submits[1].status, "ESME_RSYSERR");
  equal(all.deliveries[0].status, "ESME_ROK");
  equal((await get("/record?after=1&systemId=smppclient")).body.submits.length, 1);
  equal((await get("/record?systemId=other")).body.submits.length, 0);
  equal((await get("/record?limit=0")).status, 400);
  deepEqual((await get("/messages")).body.map((each: { text: string }) => each.text), ["one"]);

  equal((await get("/behaviour")).body.smppclient.throttle, 0);
  const changed = await post("/behaviour", { systemId: "smppclient", throttle: 9 });
  equal(changed.body.throttle, 9);
  equal(smsc.behaviour("smppclient").throttle, 9);
  const wrong = await post("/behaviour", { throttle: -1 });
  equal(wrong.status, 400);
  match(wrong.body.error, /^throttle: /);
  equal((await post("/behaviour", { systemId: "other", throttle: 1 })).status, 404);
  equal((await post("/behaviour", "{")).status, 400);

  const mo = await post("/mo", { systemId: "smppclient", from: "34611", to: "100", text: "STOP" });
  deepEqual([mo.status, mo.body.parts[0].state], [200, "acknowledged"]);
  equal((await post("/mo", { from: "1" })).status, 400);

  equal((await get("/sessions")).body[0].systemId, "smppclient");
  deepEqual((await post("/drop", { systemId: "smppclient" })).body, { dropped: 1 });
  await esme.until(() => esme.closed);
  equal((await post("/clear", {})).status, 204);
  equal(smsc.record.counts().submits, 0);
  equal((await get("/nothing")).status, 404);
  const form = await handle(new Request("http://smsc/clear", { method: "POST", body: "a=b" }));
  equal(form.status, 400);
  await smsc.stop();
});

Deno.test("flags become options", () => {
  const command = parseFlags([
    ...["--port", "0", "--account", "a:p:q", "--account", "b:", "--rate", "50"],
    ...["--receipt-delay", "exp:800", "--mix", "DELIVRD=9,NONE=1", "--message-id", "hex:decimal"],
    ...["--suffix-rules", "--behaviour", '{"window":3}', "--keep", "0", "--control-port", "2780"],
  ]);
  ok(!command.help);
  equal(command.controlPort, 2780);
  const { behaviour, ...options } = command.options;
  deepEqual(options, {
    port: 0,
    seed: 1,
    accounts: [{ systemId: "a", password: "p:q" }, { systemId: "b", password: "" }],
    record: { keep: 0 },
  });
  const { rules, ...settings } = behaviour ?? {};
  equal(rules?.[0]?.outcome, "DELIVRD");
  deepEqual(settings, {
    throttle: 50,
    receiptDelay: { mean: 800 },
    receiptMix: { DELIVRD: 9, NONE: 1 },
    messageId: { response: "hex", receipt: "decimal" },
    window: 3,
  });
  deepEqual(parseFlags(["-h"]), { help: true });
});

Deno.test("delays have four forms, and wrong flags are named", () => {
  equal(parseDelay("d", "50"), 50);
  deepEqual(parseDelay("d", "20..80"), { min: 20, max: 80 });
  deepEqual(parseDelay("d", "exp:5"), { mean: 5 });
  deepEqual(parseDelay("d", "normal:50:10"), { mean: 50, deviation: 10 });
  for (const text of ["", "a", "1..", "exp:", "normal:1", "5ms"]) {
    throws(() => parseDelay("receipt-delay", text), /--receipt-delay/, text);
  }
  throws(() => parseFlags(["--port", "70000"]), /--port: 70000 is not a whole number from 0/);
  throws(() => parseFlags(["--account", "x"]), /--account: Write it as system_id:password/);
  throws(() => parseFlags(["--behaviour", "[1"]), /--behaviour: Write it as a JSON object/);
  throws(() => parseFlags(["--speed", "1"]), /--speed/);
});

Deno.test("the journal keeps every settled submit and delivery as a JSON line", async () => {
  const journal = await Deno.makeTempFile();
  const smsc = await startSmsc({ journal, behaviour: { receiptDelay: 0 } });
  const esme = await Esme.bound(smsc);
  await esme.submit("kept");
  await smsc.record.until((record) => record.counts().receipts.acknowledged === 1);
  await esme.submit("#smsc:ESME_RTHROTTLED");
  await esme.close();
  await smsc.stop();
  const lines = (await Deno.readTextFile(journal)).trimEnd().split("\n").map((line) =>
    JSON.parse(line)
  );
  deepEqual(lines.map(({ type, text, status }) => [type, status, text?.slice(0, 5)]), [
    ["submit", "ESME_ROK", "kept"],
    ["answer", undefined, undefined],
    ["delivery", "ESME_ROK", "id:" + lines[0].messageId.slice(0, 2)],
    ["submit", "ESME_RTHROTTLED", "#smsc"],
    ["answer", undefined, undefined],
  ]);
  await Deno.remove(journal);
});

Deno.test("as a program it prints where it listens, and stops on a signal", async () => {
  const program = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-net", new URL("main.ts", import.meta.url).pathname],
      ...["--port", "0", "--control-port", "0"],
    ],
    stdout: "piped",
  }).spawn();
  const reader = program.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let printed = "";
  while (printed.split("\n").length < 3) {
    const { value, done } = await reader.read();
    if (done) break;
    printed += value;
  }
  const control = /^Control on (http:\S+)$/m.exec(printed)?.[1];
  match(printed, /^SMSC smsc listens on 127\.0\.0\.1:\d+$/m);
  const response = await fetch(`${control}/counts`);
  equal((await response.json()).submits, 0);
  program.kill("SIGTERM");
  await reader.cancel();
  equal((await program.status).code, 0);
});
