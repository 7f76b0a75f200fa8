/** Connectors made, changed, cloned and deleted through the API, and what can come in between. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { CONNECTOR_KEYS, KEY_NAMES } from "../../services/gateway/mod.ts";
import type { ApiClient } from "../client.ts";
import { outside, type Stack, startStack } from "./stack.ts";

const SECRET = "s3cr3t77";

describe("connectors through the API", () => {
  let stack: Stack;
  let operator: ApiClient;
  let observer: ApiClient;

  before(async () => {
    stack = await startStack();
    operator = await stack.user("admin");
    observer = await stack.user("analyst");
  });
  after(() => stack?.[Symbol.asyncDispose]());

  /** What the gateway itself has of a key. */
  const has = (cid: string, key: string): unknown =>
    stack.gateway.gateway.connectors.get(cid)?.config.get(key);
  const create = (cid: string, settings: object, more: object = {}) =>
    operator.post("/api/v1/connectors", { cid, settings, ...more });
  const settingsOf = async (cid: string) =>
    (await observer.ask("GET", `/api/v1/connectors/${cid}/settings`)).body;
  const update = (cid: string, fingerprint: string, settings: object) =>
    operator.ask("PATCH", `/api/v1/connectors/${cid}/settings`, {
      body: { fingerprint, settings },
    });

  it("the keys are told with their rules", async () => {
    const { items } = await observer.get("/api/v1/connector-keys");
    assert.deepEqual(items.map(({ key }: { key: string }) => key), KEY_NAMES);
    const port = items.find(({ key }: { key: string }) => key === "port");
    assert.deepEqual([port.min, port.max, port.default, port.effect], [1, 65535, 2775, "restart"]);
  });

  it("one is made with every key, read back, listed at once, and its password is nowhere", async () => {
    const settings = {
      host: "smsc.example.test",
      port: 2776,
      username: "acme",
      password: SECRET,
      systype: "VMA",
      submit_throughput: 12.5,
      src_ton: 5,
      validity: null,
      con_fail_retry: false,
      src_addr: "Acme with spaces",
      logprivacy: true,
      addr_range: null,
    };
    const made = await create("op_new", settings);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { password, ...shown } = settings;
    for (const [key, value] of Object.entries(shown)) {
      assert.equal(made.body.settings[key], value, key);
    }
    assert.equal(has("op_new", "password"), password);
    const list = (await observer.get("/api/v1/connectors")).items;
    assert(
      list.some(({ cid, state }: Record<string, string>) =>
        cid === "op_new" && state === "stopped"
      ),
    );
    const tables = ["gateway_commands", "connectors", "audit_entries", "connector_events"];
    for (const table of tables) {
      const rows = await stack.sql<{ text: string }[]>`
        select row_to_json(t)::text as text from ${stack.sql(table)} t`;
      assert(!rows.some(({ text }) => text.includes(SECRET)), table);
    }
    assert(!JSON.stringify(await settingsOf("op_new")).includes(SECRET));
  });

  it("what is persisted survives: the gateway's file has it", async () => {
    const other = await outside(stack.gateway, (console) => console.connectors.list());
    assert(other.some(({ cid }) => cid === "op_new"));
    assert.equal((await create("op_new", { host: "elsewhere.test" })).status, 409);
    assert.equal(has("op_new", "host"), "smsc.example.test", "a clash replaces nothing");
  });

  it("a change reaches the gateway, and one on old settings is refused with nothing sent", async () => {
    const seen = await settingsOf("op_new");
    const changed = await update("op_new", seen.fingerprint, {
      submit_throughput: 50,
      systype: "",
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    assert.equal(changed.body.settings.submit_throughput, 50);
    assert.equal(has("op_new", "submit_throughput"), 50);
    assert.equal(has("op_new", "systype"), "");
    const late = await update("op_new", seen.fingerprint, { submit_throughput: 1 });
    assert.equal(late.status, 409);
    assert.equal(has("op_new", "submit_throughput"), 50);
    const fresh = await settingsOf("op_new");
    await outside(
      stack.gateway,
      (console) => console.connectors.update("op_new", { res_to: 61 }),
    );
    const beside = await update("op_new", fresh.fingerprint, { submit_throughput: 2 });
    assert.equal(beside.status, 409, "somebody changed it by telnet meanwhile");
    assert.equal(has("op_new", "submit_throughput"), 50);
    assert.equal(has("op_new", "res_to"), 61);
  });

  it("of two operators at once one wins, and the other is told", async () => {
    const { fingerprint } = await settingsOf("op_new");
    const answers = await Promise.all(
      [21, 22].map((submit_throughput) => update("op_new", fingerprint, { submit_throughput })),
    );
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body.settings.submit_throughput;
    assert.equal(has("op_new", "submit_throughput"), won);
  });

  it("a running one is restarted for a new port, and binds again", async () => {
    const { fingerprint } = await settingsOf("op_main");
    const answer = await update("op_main", fingerprint, { port: 2780 });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { body } = await operator.post("/api/v1/connectors/op_main/start");
    assert.equal(body.state, "bound");
  });

  it("a clone has the settings, but a login and a log of its own", async () => {
    const cloned = await create("op_new_2", { password: "other" }, { clone_of: "op_new" });
    assert.equal(cloned.status, 201, JSON.stringify(cloned.body));
    assert.equal(cloned.body.settings.host, "smsc.example.test");
    assert.equal(cloned.body.settings.src_addr, "Acme with spaces");
    assert.match(cloned.body.settings.logfile, /default-op_new_2\.log$/);
    assert.equal(has("op_new_2", "password"), "other");
  });

  it("several are steered at once, with a result each", async () => {
    const { body } = await operator.post("/api/v1/connector-operations", {
      action: "restart",
      cids: ["op_main", "no_such", "op_rejected"],
    });
    assert.deepEqual(
      body.items.map(({ cid, result, error }: Record<string, { state?: string } | null>) => [
        cid,
        result?.state ?? null,
        error === null,
      ]),
      [["op_main", "bound", true], ["no_such", null, false], ["op_rejected", "bound", true]],
    );
  });

  it("one that routes use is not deleted unless it is meant, and then it is gone", async () => {
    const { items } = await observer.get("/api/v1/connectors/op_undeliv/routes");
    assert.deepEqual(items, [{ direction: "mt", order: 11, type: "StaticMTRoute" }]);
    const refused = await operator.ask("DELETE", "/api/v1/connectors/op_undeliv");
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /MT 11/);
    assert(stack.gateway.gateway.connectors.has("op_undeliv"));
    const meant = await operator.ask("DELETE", "/api/v1/connectors/op_undeliv?even_if_used=true");
    assert.equal(meant.status, 204);
    assert(!stack.gateway.gateway.connectors.has("op_undeliv"));
    assert.equal((await observer.ask("GET", "/api/v1/connectors/op_undeliv")).status, 404);
    assert.equal((await operator.ask("DELETE", "/api/v1/connectors/op_undeliv")).status, 404);
  });

  it("who may not is refused, and each change has its entry with what was and is", async () => {
    const body = { cid: "op_no", settings: {} };
    assert.equal((await observer.post("/api/v1/connectors", body)).status, 403);
    const entries = await stack.sql<Record<string, unknown>[]>`
      select action, subject_id, before, after from audit_entries
      where action in ('connector.create', 'connector.update', 'connector.remove') order by seq`;
    assert.deepEqual(
      entries.map(({ action, subject_id }) => [action, subject_id]),
      [
        ["connector.create", "op_new"],
        ["connector.update", "op_new"],
        ["connector.update", "op_new"],
        ["connector.update", "op_main"],
        ["connector.create", "op_new_2"],
        ["connector.remove", "op_undeliv"],
      ],
    );
    assert.deepEqual(entries[1]?.["before"], { submit_throughput: 12.5, systype: "VMA" });
    assert.deepEqual(entries[1]?.["after"], { submit_throughput: 50, systype: "" });
  });

  it("any text at every field: the exact value is read back, or a field error; never a command", async () => {
    const texts = KEY_NAMES.filter((key) => CONNECTOR_KEYS[key].kind === "text");
    const anyText = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.stringMatching(/^[ -~]{1,16}$/),
      fc.constantFrom("ok", "ko", "quit", "a\nquit", "a\r\nok", "\t", "\x1b[A", "\xff", "> ", ""),
      fc.constantFrom("jcli : ", "none", "None", "/var/log/x.log", "é", "0x10", "1e3", "'\"`$()"),
    );
    const before = [...stack.gateway.gateway.connectors.keys()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), anyText, async (key, value) => {
        const { fingerprint } = await settingsOf("op_new_2");
        const { status, body } = await update("op_new_2", fingerprint, { [key]: value });
        if (status === 200) {
          assert.equal(has("op_new_2", key), value);
          if (key !== "password") assert.equal(body.settings[key], value);
        } else {
          assert(status === 422 || status === 400, `${status} ${JSON.stringify(body)}`);
          assert.equal(body.errors[0].field.replace(/^body\./, ""), `settings.${key}`);
        }
        assert.deepEqual([...stack.gateway.gateway.connectors.keys()], before);
      }),
      { numRuns: 150 },
    );
  });
});
