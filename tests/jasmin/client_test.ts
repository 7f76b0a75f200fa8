/**
 * Our client against the real gateway: what it sets is what is there, what it sends is what the
 * SMSC gets, and no value gets a second line to jcli.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import {
  ConflictError,
  NotFoundError,
  UnauthenticatedError,
  ValidationError,
} from "../../services/errors/mod.ts";
import {
  countParts,
  createJasminTraffic,
  type GatewayConsole,
  jasminConsole,
  type JasminTraffic,
  JcliRefusedError,
  JcliSession,
  type MtMessage,
  type NewConnector,
  type SendOutcome,
} from "../../services/gateway/mod.ts";
import { setLogLevel } from "../../services/log/mod.ts";
import { jasminMissing, type JasminService, startJasmin } from "../setup/mod.ts";
import { ScriptedSmsc } from "./scripted_smsc.ts";

const missing = await jasminMissing();
const TO = "+34600112233";
const LOGIN = { username: "alice", password: "a secret 123" };

function short(outcome: SendOutcome): string {
  return outcome.kind === "retry" ? outcome.reason : outcome.kind;
}

describe("our client on the real gateway", { skip: missing ?? false }, () => {
  let jasmin: JasminService;
  let smsc: ScriptedSmsc;
  let session: JcliSession;
  let console: GatewayConsole;
  let traffic: JasminTraffic;

  const open = () =>
    JcliSession.open({
      hostname: "127.0.0.1",
      port: jasmin.jcliPort,
      username: jasmin.username,
      password: jasmin.password,
    });

  before(async () => {
    setLogLevel("silent");
    smsc = new ScriptedSmsc();
    jasmin = await startJasmin();
    session = await open();
    console = jasminConsole(() => session);
    traffic = createJasminTraffic({ host: "127.0.0.1", httpPort: jasmin.httpPort });
  });

  after(async () => {
    traffic?.close();
    await session?.close();
    await jasmin?.stop();
    await smsc?.stop();
  });

  it("adds, reads back, changes, starts, restarts and stops a connector", async () => {
    const connector: NewConnector = {
      cid: "op_1",
      host: "127.0.0.1",
      port: smsc.port,
      username: "user",
      password: "pass wd1",
      systype: "",
      bind: "transceiver",
      ssl: false,
      bind_npi: 1,
      bind_ton: 1,
      src_ton: 5,
      src_npi: 0,
      dst_ton: 1,
      dst_npi: 1,
      src_addr: "Acme",
      addr_range: null,
      submit_throughput: 0,
      priority: 1,
      validity: null,
      coding: 0,
      proto_id: 0,
      ripf: 0,
      def_msg_id: 0,
      requeue_delay: 1.5,
      dlr_expiry: 86_400,
      dlr_msgid: 1,
      elink_interval: 20,
      con_loss_retry: true,
      con_loss_delay: 1,
      con_fail_retry: true,
      con_fail_delay: 1,
      loglevel: 20,
      logrotate: "W6",
      logprivacy: true,
    };
    await console.connectors.add(connector);
    const { password: _, ...readable } = connector;
    const read = await console.connectors.show("op_1");
    assert.deepEqual({ ...read, ...readable }, read);
    assert.deepEqual(read.other, {});
    await assert.rejects(console.connectors.add(connector), ConflictError);

    const bound = await console.connectors.start("op_1");
    assert.deepEqual([bound.service, bound.session], ["started", "BOUND_TRX"]);
    assert.deepEqual(await console.connectors.list(), [bound]);
    // Jasmin restarts a running connector for this: 5 s, because its first start comes too early.
    await console.connectors.update("op_1", { submit_throughput: 50.5, systype: "x" });
    assert.equal((await console.connectors.show("op_1")).systype, "x");
    const restarted = await console.connectors.restart("op_1");
    assert.equal(restarted.session, "BOUND_TRX");
    assert.equal((await console.connectors.stop("op_1")).service, "stopped");
    await console.connectors.update("op_1", { submit_throughput: 0, systype: "" });
    const changed = await console.connectors.show("op_1");
    assert.deepEqual([changed.submit_throughput, changed.systype], [0, ""]);
    assert.equal((await console.connectors.start("op_1")).session, "BOUND_TRX");
  });

  it("adds a group and a user, and refuses what would replace another", async () => {
    await console.groups.add("g1");
    await assert.rejects(console.groups.add("g1"), ConflictError);
    const user = { uid: "u1", gid: "g1", ...LOGIN };
    await console.users.add({
      ...user,
      credentials: {
        valuefilter: { content: "^[^#]" },
        quota: { balance: 10, sms_count: null },
        smpps: { max_bindings: 3 },
      },
    });
    await assert.rejects(console.users.add({ ...user, username: "bob" }), ConflictError);
    await assert.rejects(console.users.add({ ...user, uid: "u2" }), ConflictError);
    await assert.rejects(
      console.users.add({ ...user, uid: "u2", username: "bob", gid: "g2" }),
      (error) => error instanceof JcliRefusedError && error.faults[0]?.field === "gid",
    );
    const read = await console.users.show("u1");
    assert.equal(read.valuefilter["content"], "^[^#]");
    assert.equal(read.quota.balance, 10);
    assert.equal(read.smpps.max_bindings, 3);
    assert.deepEqual(await traffic.balance(LOGIN), { balance: 10, smsCount: null });
    await assert.rejects(traffic.balance({ ...LOGIN, password: "x" }), UnauthenticatedError);
    await console.users.disable("u1");
    assert.equal((await console.users.list())[0]?.enabled, false);
    await console.users.enable("u1");
  });

  it("no string in any field is a second line, a command or another value", async () => {
    await console.groups.add("ok");
    await console.connectors.add({ cid: "quit" });
    const groups = await console.groups.list();
    const pieces = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.stringMatching(/^[ -~]{1,20}$/),
      fc.constantFrom(
        "ok",
        "ko",
        "quit",
        "x\r\ngroup -r ok",
        "x\ngroup -r ok",
        "a\tb",
        "\x1b[A",
        "$(ls)",
      ),
    );
    await fc.assert(
      fc.asyncProperty(pieces, async (value) => {
        try {
          await console.connectors.update("quit", { src_addr: value });
        } catch (error) {
          assert.ok(error instanceof ValidationError, String(error));
          return;
        }
        assert.equal((await console.connectors.show("quit")).src_addr, value);
        assert.ok(session.isOpen);
      }),
      { numRuns: 150 },
    );
    assert.deepEqual(await console.groups.list(), groups);
    await console.connectors.remove("quit");
    assert.deepEqual((await console.connectors.list()).map(({ cid }) => cid), ["op_1"]);
  });

  it("filters, routes, HTTP connectors and interceptors", async () => {
    await console.filters.add({ fid: "f1", type: "TransparentFilter" });
    await console.filters.add({
      fid: "f2",
      type: "DestinationAddrFilter",
      destination_addr: "^49 ?",
    });
    await console.filters.add({
      fid: "f3",
      type: "DateIntervalFilter",
      from: "2026-01-01",
      to: "2036-01-01",
    });
    await assert.rejects(
      console.filters.add({ fid: "f1", type: "TransparentFilter" }),
      ConflictError,
    );
    await assert.rejects(
      console.filters.add({ fid: "f4", type: "ShortMessageFilter", short_message: "a(" }),
      (error) => error instanceof JcliRefusedError && error.faults[0]?.field === "short_message",
    );
    assert.deepEqual((await console.filters.list()).map(({ fid, mo, mt }) => [fid, mo, mt]), [
      ["f1", true, true],
      ["f2", true, true],
      ["f3", true, true],
    ]);
    await console.mtRoutes.add({ type: "DefaultRoute", connector: "op_1", rate: 0 });
    await console.mtRoutes.add({
      type: "FailoverMTRoute",
      order: 20,
      filters: ["f2", "f3"],
      connectors: ["op_1", "op_1"],
      rate: 0.00125,
    });
    await assert.rejects(
      console.mtRoutes.add({ type: "DefaultRoute", connector: "op_1", rate: 1 }),
      ConflictError,
    );
    assert.deepEqual(await console.mtRoutes.list(), [
      {
        order: 20,
        type: "FailoverMTRoute",
        rate: 0.00125,
        connectors: ["op_1", "op_1"],
        filters: "<DA (dst_addr=^49 ?)>, <DI (2026-01-01,2036-01-01)>",
      },
      { order: 0, type: "DefaultRoute", rate: 0, connectors: ["op_1"], filters: "" },
    ]);
    await console.mtRoutes.remove(20);
    await assert.rejects(console.mtRoutes.remove(20), NotFoundError);

    const http = { cid: "http_1", url: "http://127.0.0.1:9/mo?a=1", method: "POST" } as const;
    await console.httpConnectors.add(http);
    assert.deepEqual(await console.httpConnectors.list(), [http]);
    await console.moRoutes.add({
      type: "RandomRoundrobinMORoute",
      order: 5,
      filters: ["f1"],
      connectors: [{ kind: "http", cid: "http_1" }, { kind: "smpps", username: "alice" }],
    });
    assert.equal((await console.moRoutes.list())[0]?.connectors.length, 2);
    await console.moRoutes.remove(5);

    await Deno.writeTextFile(`${jasmin.folder}/script.py`, "result = True\n");
    const script = `${jasmin.folder}/script.py`;
    await console.interceptors.add("mt", {
      type: "StaticInterceptor",
      order: 3,
      filters: ["f2"],
      script,
    });
    assert.equal((await console.interceptors.list("mt"))[0]?.scriptStart, "result = True");
    await console.interceptors.remove("mt", 3);

    // Filters and HTTP connectors live in the session until they are persisted.
    const other = await open();
    const seen = jasminConsole(() => other);
    assert.deepEqual(await seen.filters.list(), await console.filters.list());
    assert.deepEqual(await seen.httpConnectors.list(), [http]);
    await other.close();
  });

  it("sends texts of every kind as the SMSC gets them, in as many parts as counted", async () => {
    const texts = [
      "hello",
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà",
      "[brackets] {braces} ~ ^ | \\ €",
      "çedilla",
      "Привет, 世界",
      "😀 emoji",
      "x".repeat(160),
      "x".repeat(161),
      "€".repeat(81),
      "x".repeat(765),
      "я".repeat(70),
      "я".repeat(71),
      "😀".repeat(167),
    ];
    for (const text of texts) {
      const message: MtMessage = { to: TO, from: "Acme", text, priority: 2, tags: ["a-1"] };
      const outcome = await traffic.send(LOGIN, message);
      assert.equal(outcome.kind, "accepted", text);
      const { parts, charset } = countParts(text);
      const submissions = await smsc.submissions(parts);
      const content = submissions.map((each) => `${each["short_message"]}`).join("");
      assert.equal(content.length / 2, expectedOctets(text, charset, parts), text.slice(0, 20));
      for (const each of submissions) {
        assert.equal(each["destination_addr"], "34600112233");
        assert.equal(each["source_addr"], "Acme");
        assert.equal(each["data_coding"], charset === "gsm7" ? 0 : 8);
        assert.equal(each["priority_flag"], 2);
      }
      assert.equal((await traffic.rate(LOGIN, message)).unitRate, 0);
    }
    const { connectors } = await traffic.metrics();
    const total = texts.reduce((sum, text) => sum + countParts(text).parts, 0);
    assert.equal(connectors.get("op_1")?.submitRequests, total);
    const [stats] = await console.stats.connectors();
    assert.equal(stats?.submitRequests, total);
    assert.ok(await traffic.ping() > 0);
  });

  it("tells what may be tried again from what is refused", async () => {
    assert.equal(
      short(await traffic.send({ ...LOGIN, password: "x" }, { to: TO, text: "x" })),
      "authentication",
    );
    assert.equal(short(await traffic.send(LOGIN, { to: TO, text: "#no" })), "rejected");
    assert.equal(short(await traffic.send(LOGIN, { to: TO, text: "x".repeat(766) })), "rejected");

    await console.users.update("u1", { credentials: { quota: { http_throughput: 0.01 } } });
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => traffic.send(LOGIN, { to: TO, text: "fast" })),
    );
    assert.ok(outcomes.map(short).includes("throughput"));
    await console.users.update("u1", {
      credentials: { quota: { http_throughput: null, balance: 0, sms_count: 0 } },
    });
    assert.equal(short(await traffic.send(LOGIN, { to: TO, text: "x" })), "gateway-credit");
    await console.users.update("u1", { credentials: { quota: { sms_count: null } } });

    await console.connectors.stop("op_1");
    await console.mtRoutes.add({
      type: "FailoverMTRoute",
      order: 9,
      filters: ["f1"],
      connectors: ["op_1", "op_1"],
      rate: 0,
    });
    assert.equal(short(await traffic.send(LOGIN, { to: TO, text: "x" })), "no-bound-connector");
    await console.mtRoutes.remove(9);
    await console.mtRoutes.remove(0);
    assert.deepEqual(await traffic.send(LOGIN, { to: TO, text: "x" }), {
      kind: "rejected",
      text: "No route found",
    });
  });

  it("what was persisted is there after a restart; the broken session says so", async () => {
    await console.persist();
    const before = await console.users.list();
    await jasmin.stopGateway();
    await session.closed;
    assert.equal(session.isOpen, false);
    assert.equal(short(await traffic.send(LOGIN, { to: TO, text: "x" })), "unreachable");
    await jasmin.restart();
    session = await open();
    assert.deepEqual(await console.users.list(), before);
    assert.deepEqual((await console.connectors.list()).map(({ cid }) => cid), ["op_1"]);
    assert.deepEqual(await traffic.balance(LOGIN), { balance: 0, smsCount: null });
  });
});

/** Octets of all parts at the SMSC: unpacked septets or UTF-16, and a header of six in each part. */
function expectedOctets(text: string, charset: "gsm7" | "ucs2", parts: number): number {
  const { units } = countParts(text);
  return units * (charset === "gsm7" ? 1 : 2) + (parts > 1 ? 6 * parts : 0);
}
