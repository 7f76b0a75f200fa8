/**
 * The corridor on the real gateway: API → queue → jcli-configured Jasmin → SMSC → DLR → state, told
 * live; MOs the other way; connectors read and steered over the held session. What the SMSC's own
 * record says is what counts.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type RunningServer, startServer } from "../../commands/server.ts";
import { ensureRoot } from "../../services/accounts/mod.ts";
import { createUser } from "../../services/auth/mod.ts";
import { loadConfig } from "../../services/config/mod.ts";
import { jasminConsole, JcliSession } from "../../services/gateway/mod.ts";
import { setLogLevel } from "../../services/log/mod.ts";
import { isFinal, type MtState } from "../../services/messages/mod.ts";
import { type Smsc, startSmsc, SUFFIX_RULES } from "../../simulator/smsc/mod.ts";
import {
  freePort,
  jasminMissing,
  type JasminService,
  startJasmin,
  type TestDatabase,
  testDatabase,
  testRedisUrl,
} from "../setup/mod.ts";
import { ApiClient, type LiveTransition } from "../client.ts";
import { until } from "../until.ts";
import { type CorridorMessage, corridorMessages } from "./corridor_messages.ts";

const missing = await jasminMissing();
const COUNT = 500;
const CONNECTORS = ["corridor_a", "corridor_b"] as const;
const PASSWORD = "corridor test password";

describe("the corridor on the real gateway", { skip: missing ?? false }, () => {
  let jasmin: JasminService;
  let smsc: Smsc;
  let database: TestDatabase;
  let server: RunningServer;
  let api: ApiClient;
  const live: LiveTransition[] = [];
  const sent = new Map<string, CorridorMessage>();

  before(async () => {
    setLogLevel("silent");
    smsc = await startSmsc({
      accounts: CONNECTORS.map((systemId) => ({ systemId, password: "secret" })),
      behaviour: { rules: [...SUFFIX_RULES], receiptDelay: { min: 5000, max: 6000 } },
    });
    // A receipt that overtakes Jasmin's own handling of the submit_sm_resp is looked up again, so
    // late as in production here. Two receipts of one message share those tries and can both be
    // dropped: so receipts come seconds later, as from networks, and EARLY asks for the other case.
    jasmin = await startJasmin({ config: { dlr: { dlr_lookup_retry_delay: "10" } } });
    const session = await JcliSession.open({
      hostname: "127.0.0.1",
      port: jasmin.jcliPort,
      username: jasmin.username,
      password: jasmin.password,
    });
    const console = jasminConsole(() => session);
    for (const cid of CONNECTORS) {
      await console.connectors.add({
        cid,
        host: "127.0.0.1",
        port: smsc.port,
        username: cid,
        password: "secret",
        submit_throughput: 0,
        con_fail_delay: 1,
        con_loss_delay: 1,
      });
      assert.equal((await console.connectors.start(cid)).session, "BOUND_TRX");
    }
    await console.filters.add({ fid: "all", type: "TransparentFilter" });
    await console.mtRoutes.add({
      type: "RandomRoundrobinMTRoute",
      order: 10,
      filters: ["all"],
      connectors: [...CONNECTORS],
      rate: 0,
    });
    await console.mtRoutes.add({ type: "DefaultRoute", connector: CONNECTORS[0], rate: 0 });
    await console.persist();
    await session.close();

    database = await testDatabase();
    server = await startServer(loadConfig({
      SECRET_KEY: "corridor ".repeat(5),
      HOST: "127.0.0.1",
      PORT: String(freePort()),
      DATABASE_URL: database.url,
      REDIS_URL: await testRedisUrl(),
      JASMIN_TELNET_PORT: String(jasmin.jcliPort),
      JASMIN_HTTP_PORT: String(jasmin.httpPort),
      JASMIN_PASSWORD: jasmin.password,
      INGEST_WORKERS: "2",
      RECEIPT_TIMEOUT_SECONDS: "45",
    }));
    assert(server.services !== null && server.url !== null);
    const root = await ensureRoot(server.sql);
    await createUser(server.sql, server.services.auth.hasher, {
      accountId: root.id,
      email: "operator@corridor.test",
      name: "Operator",
      password: PASSWORD,
      role: "super_admin",
    });
    await server.ready;
    api = await ApiClient.signIn(server.url, "operator@corridor.test", PASSWORD);
    await api.follow("messages", (event) => {
      if (event.type === "messages.transition") live.push(event.data);
    });
    await until("the gateway user to be made and the connectors to be seen", 20, async () => {
      const { items } = await api.get("/api/v1/connectors");
      const health = await api.get("/healthz");
      return items.length === CONNECTORS.length && health.status === "ok" &&
        (await server.sql`select from gateway_users`).length === 1;
    });
  });

  after(async () => {
    await api?.close();
    await server?.stop();
    await jasmin?.stop();
    await smsc?.stop();
    await database?.drop();
  });

  it("tells the connectors as jcli does", async () => {
    const { items } = await api.get("/api/v1/connectors");
    assert.deepEqual(
      items.map(({ cid, state, session }: Record<string, string>) => [cid, state, session]),
      CONNECTORS.map((cid) => [cid, "bound", "BOUND_TRX"]),
    );
  });

  it("refuses national numbers and says the mend", async () => {
    for (const to of ["600000001", "0034600000001", "6000"]) {
      const answer = await api.post("/api/v1/messages/send", { to, text: "national" });
      assert.equal(answer.status, 422);
      assert.equal(answer.body.errors[0].field, "to");
    }
  });

  it(`takes ${COUNT} messages of every kind to the SMSC, each once, and to its true end`, async () => {
    const begun = performance.now();
    const queue = corridorMessages(COUNT);
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { to, text, from } = next;
        const answer = await api.post("/api/v1/messages/send", { to, text, from });
        assert.equal(answer.status, 202, JSON.stringify(answer.body));
        assert.equal(answer.body.parts, next.parts);
        assert.equal(answer.body.charset, next.charset);
        sent.set(answer.body.id, next);
      }
    }));
    await until("every message to come to its end", 240, async () => {
      const [row] = await server.sql<{ open: number }[]>`
        select count(*)::int as open from messages where due_at is not null`;
      return row?.open === 0;
    });
    // deno-lint-ignore no-console -- the figure that a run is asked for
    console.log(`    ${COUNT} messages in ${((performance.now() - begun) / 1000).toFixed(1)} s`);

    const received = Map.groupBy(smsc.record.submits(), (submit) => submit.destination);
    const assembled = Map.groupBy(smsc.record.messages(), (message) => message.destination);
    const ends: string[] = [];
    for (const [id, message] of sent) {
      const stored = await api.get(`/api/v1/messages/${id}`);
      const at = `${message.outcome}, ${message.charset} of ${message.parts}: ${id}`;
      if (!message.ends.includes(stored.state)) {
        ends.push(`${at} ended ${stored.state}: ${stored.reason}`);
      }
      const destination = message.to.slice(1);
      const submits = received.get(destination) ?? received.get(message.to) ?? [];
      assert.equal(submits.length, message.parts, `${at}: submits at the SMSC`);
      if (message.outcome.startsWith("ESME_")) continue;
      const [whole, ...more] = assembled.get(destination) ?? assembled.get(message.to) ?? [];
      assert.equal(more.length, 0, `${at}: came more than once`);
      assert.equal(whole?.text, message.text, `${at}: text at the SMSC`);
      assert.equal(whole?.source.replace(/^\+/, ""), message.from);
    }
    assert.deepEqual(ends, []);
    assert.equal(received.size, COUNT);
  });

  it("told each of those lives by SSE, in order and once", async () => {
    const told = Map.groupBy(live, (event) => event.id);
    for (const [id] of sent) {
      const states = (told.get(id) ?? []).map((event) => event.state);
      const { transitions } = await api.get(`/api/v1/messages/${id}`);
      const stored = transitions.map((step: { state: MtState }) => step.state)
        .filter((state: MtState) => state !== "sending");
      assert.deepEqual(states.toSorted(), stored.toSorted(), id);
      const final = states.filter(isFinal);
      assert.equal(final.length, 1, `${id}: ${states}`);
    }
  });

  it("brings MOs of every coding to the inbox", async () => {
    const texts = ["Yes", "¿Qué? €5", "Ответ: да", "👍 ok", "long ".repeat(60).trim()];
    for (const [index, text] of texts.entries()) {
      await smsc.sendMo({
        systemId: CONNECTORS[index % 2] ?? CONNECTORS[0],
        from: `3460000010${index}`,
        to: "22001",
        text,
      });
    }
    await until("the MOs to arrive", 30, async () => {
      return (await api.get("/api/v1/inbox")).items.length >= texts.length;
    });
    const { items } = await api.get("/api/v1/inbox");
    const bySender = new Map(
      items.map((mo: { from: string; text: string }) => [mo.from.replace("+", ""), mo.text]),
    );
    for (const [index, text] of texts.entries()) {
      assert.equal(bySender.get(`3460000010${index}`), text);
    }
  });

  it("stops and starts a connector and answers with the state reached", async () => {
    const [cid] = CONNECTORS;
    const stopped = await api.post(`/api/v1/connectors/${cid}/stop`);
    assert.deepEqual([stopped.status, stopped.body.state], [200, "stopped"]);
    assert.equal(smsc.sessions().filter((each) => each.systemId === cid).length, 0);
    await until("the list to tell it", 5, async () => {
      return (await api.get(`/api/v1/connectors/${cid}`)).state === "stopped";
    });
    const started = await api.post(`/api/v1/connectors/${cid}/start`);
    assert.deepEqual([started.status, started.body.state], [200, "bound"]);
    const restarted = await api.post(`/api/v1/connectors/${cid}/restart`);
    assert.deepEqual([restarted.status, restarted.body.state], [200, "bound"]);
    const none = await api.post("/api/v1/connectors/nobody/start");
    assert.equal(none.status, 404);
  });

  it("sees a connector drop and come back within two seconds of the gateway knowing", async () => {
    const [cid] = CONNECTORS;
    smsc.setBehaviour({ bind: "refuse" });
    smsc.drop({ systemId: cid });
    await until("the drop to be told", 5, async () => {
      return (await api.get(`/api/v1/connectors/${cid}`)).state !== "bound";
    });
    smsc.setBehaviour({ bind: "accept" });
    await until("the bind to be told", 20, async () => {
      return (await api.get(`/api/v1/connectors/${cid}`)).state === "bound";
    });
  });

  it("sends what waits while the gateway is away, once it is back", async () => {
    await jasmin.stopGateway();
    const { body } = await api.post("/api/v1/messages/send", {
      to: "+34699999999",
      text: "while you were out",
    });
    await until("the health to tell it", 15, async () => {
      return (await api.get("/healthz")).status === "failing";
    });
    await jasmin.restart();
    await until("the message to be delivered", 60, async () => {
      return (await api.get(`/api/v1/messages/${body.id}`)).state === "delivered";
    });
    const submits = smsc.record.submits().filter((each) =>
      each.destination.endsWith("34699999999")
    );
    assert.equal(submits.length, 1);
  });
});
