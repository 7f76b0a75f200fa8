/** Connectors read and steered over the one held jcli session, and the session's own troubles. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { verifyChain } from "../../services/audit/mod.ts";
import type { ApiClient } from "../client.ts";
import { until } from "../until.ts";
import { ENDS, outside, type Stack, startStack } from "./stack.ts";

interface Shown {
  readonly cid: string;
  readonly state: string;
  readonly session: string;
  readonly seen_at: string;
}

describe("connectors", () => {
  let stack: Stack;
  let operator: ApiClient;
  let observer: ApiClient;

  before(async () => {
    stack = await startStack();
    operator = await stack.user("admin");
    observer = await stack.user("analyst");
  });
  after(() => stack?.[Symbol.asyncDispose]());

  const list = async (): Promise<readonly Shown[]> =>
    (await observer.get("/api/v1/connectors")).items;
  const stateOf = async (cid: string): Promise<string | undefined> =>
    (await list()).find((each) => each.cid === cid)?.state;
  const jcliState = async (): Promise<string> => {
    const { body } = await observer.ask("GET", "/healthz");
    return body.dependencies.find((each: { name: string }) => each.name === "jcli").state;
  };
  /** Seen by the gateway role after this moment: rows alone could be of before a fault. */
  const freshSince = (moment: number) =>
    until(
      "the connectors to be seen anew",
      30,
      async () => (await list()).every(({ seen_at }) => Date.parse(seen_at) > moment),
    );

  it("are listed as jcli has them, worst first", async () => {
    const cids = Object.values(ENDS).map(({ cid }) => cid);
    await until(
      "all to be bound",
      10,
      async () => (await list()).every(({ state }) => state === "bound"),
    );
    assert.deepEqual(
      (await list()).map(({ cid, session }) => [cid, session]),
      cids.toSorted().map((cid) => [cid, "BOUND_TRX"]),
    );
    await operator.post("/api/v1/connectors/op_rejected/stop");
    await until("the list to tell it", 10, async () => (await list())[0]?.cid === "op_rejected");
    await operator.post("/api/v1/connectors/op_rejected/start");
    const read = await observer.ask("GET", "/api/v1/connectors/op_main");
    assert.equal(read.status, 200);
    assert.equal((await observer.ask("GET", "/api/v1/connectors/no_such")).status, 404);
  });

  it("start, stop and restart answer with the state that was reached", async () => {
    const does = async (action: string): Promise<unknown> => {
      const { status, body } = await operator.post(`/api/v1/connectors/op_main/${action}`);
      return [
        status,
        body.state,
        body.settled,
        stack.gateway.gateway.connectors.get("op_main")?.bound,
      ];
    };
    assert.deepEqual(await does("stop"), [200, "stopped", true, false]);
    assert.deepEqual(await does("stop"), [200, "stopped", true, false], "stopped already");
    assert.deepEqual(await does("start"), [200, "bound", true, true]);
    assert.deepEqual(await does("start"), [200, "bound", true, true], "started already");
    assert.deepEqual(await does("restart"), [200, "bound", true, true]);
    await until("the list to tell it", 5, async () => await stateOf("op_main") === "bound");
    const none = await operator.post("/api/v1/connectors/no_such/start");
    assert.equal(none.status, 404);
    assert.equal((await observer.post("/api/v1/connectors/op_main/stop")).status, 403);
    assert.equal(stack.gateway.gateway.connectors.get("op_main")?.bound, true);
  });

  it("a start that doesn't come to a bind says so", async () => {
    await operator.post("/api/v1/connectors/op_expired/stop");
    stack.gateway.changeConnector("op_expired", { failBind: true });
    const { status, body } = await operator.post("/api/v1/connectors/op_expired/start");
    stack.gateway.changeConnector("op_expired", { failBind: false });
    assert.equal(status, 200);
    assert.equal(body.settled, false);
    assert.notEqual(body.state, "bound");
    await until("it to bind after all", 20, async () => await stateOf("op_expired") === "bound");
  });

  it("operations at once are carried out one after the other, each answered", async () => {
    const actions = ["stop", "start", "restart", "stop", "start", "restart"];
    const answers = await Promise.all(
      actions.map((action) => operator.post(`/api/v1/connectors/op_undeliv/${action}`)),
    );
    assert.deepEqual(answers.map(({ status }) => status), actions.map(() => 200));
    assert.equal(stack.gateway.jcliConnections, 1, "one session, whatever is asked");
  });

  it("each operation leaves an audit entry with who, what, before and after; the chain holds", async () => {
    const entries = await stack.sql<Record<string, unknown>[]>`
      select action, actor_id is not null as has_actor, actor_label, ip, subject_type, subject_id,
        before, after
      from audit_entries where action like 'connector.%' and subject_id = 'op_main' order by seq`;
    const bound = { session: "BOUND_TRX", state: "bound" };
    const actions = ["stop", "stop", "start", "start", "restart"];
    assert.deepEqual(
      entries.map(({ action }) => action),
      actions.map((action) => `connector.${action}`),
    );
    assert.deepEqual(entries.slice(2).map(({ after }) => after), [bound, bound, bound]);
    for (const entry of entries) {
      assert.equal(entry["has_actor"], true);
      assert.match(String(entry["actor_label"]), /^admin\..*@example\.test$/);
      assert.equal(entry["subject_type"], "connector");
    }
    assert.deepEqual(entries[0]?.["before"], { state: "bound" });
    const result = await verifyChain(stack.sql);
    assert.equal(result.ok, true);
    const tampered = stack.sql`update audit_entries set action = 'connector.none'`;
    await assert.rejects(tampered, /append-only/);
  });

  it("one that is made, stopped or removed outside appears by itself, and is told live", async () => {
    const source = observer.events("connectors");
    const running = source.run();
    await source.until(() => source.events.some(({ name }) => name === "snapshot"));
    const told = (): string[] =>
      source.events.filter(({ name }) => name === "connectors").map(({ data }) => {
        const { data: change } = JSON.parse(data);
        return `${change.cid} ${change.previous_state} ${change.state}`;
      });
    await outside(stack.gateway, async (console) => {
      await console.connectors.add({ cid: "by_hand", username: "u", password: "p" });
    });
    await source.until(() => told().includes("by_hand null stopped"));
    assert.equal(await stateOf("by_hand"), "stopped");
    await outside(stack.gateway, (console) => console.connectors.start("by_hand"));
    await source.until(() => told().some((each) => /^by_hand \w+ bound$/.test(each)));
    stack.gateway.changeConnector("by_hand", { refuseConnection: true });
    stack.gateway.dropConnector("by_hand");
    await source.until(() => told().some((each) => /^by_hand bound (down|binding)$/.test(each)));
    await outside(stack.gateway, (console) => console.connectors.remove("by_hand"));
    await source.until(() => told().some((each) => /^by_hand \w+ removed$/.test(each)));
    assert.equal(await stateOf("by_hand"), undefined);
    await source.cut();
    await running;
  });

  it("jcli dropped: the session is opened again, and the connectors are fresh", async () => {
    const moment = Date.now();
    stack.gateway.dropJcli();
    await freshSince(moment);
    assert.equal(await jcliState(), "up");
    const { status } = await operator.post("/api/v1/connectors/op_main/restart");
    assert.equal(status, 200);
  });

  it("jcli cut in a command: whoever asked is told, nothing is done twice", async () => {
    await until("a session", 10, () => stack.gateway.jcliConnections === 1);
    assert.equal(stack.gateway.gateway.connectors.get("op_main")?.bound, true);
    // The next line is obeyed and its answer lost: the poll's, or the operation's own.
    stack.gateway.setJcliFault("drop-after", 1);
    const { status, body } = await operator.post("/api/v1/connectors/op_main/stop");
    assert([200, 503].includes(status), JSON.stringify(body));
    const moment = Date.now();
    await freshSince(moment);
    const bound = stack.gateway.gateway.connectors.get("op_main")?.bound;
    assert.equal(await stateOf("op_main"), bound === true ? "bound" : "stopped");
    await operator.post("/api/v1/connectors/op_main/start");
  });

  it("jcli half-open: /healthz tells it, and it recovers once jcli speaks again", async () => {
    stack.gateway.setJcliFault("half-open");
    try {
      await until("the health to tell it", 30, async () => await jcliState() === "down");
      assert.equal((await observer.ask("GET", "/healthz")).status, 503);
      assert.equal((await observer.ask("GET", "/livez")).status, 200);
    } finally {
      stack.gateway.setJcliFault("none");
    }
    const moment = Date.now();
    await until("the health to tell that too", 40, async () => await jcliState() === "up");
    await freshSince(moment);
    const { body } = await operator.post("/api/v1/connectors/op_main/restart");
    assert.equal(body.state, "bound");
  });
});
