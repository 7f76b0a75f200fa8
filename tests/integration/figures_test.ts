/**
 * Figures, incidents and wall displays through the whole server: what was sent is what is counted, a
 * connector that drops is told, and each caller sees its own.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ApiClient } from "../client.ts";
import { until } from "../until.ts";
import { numberFor, type Stack, startStack } from "./stack.ts";

describe("figures", { concurrency: false }, () => {
  let stack: Stack;
  let operator: ApiClient;
  let client: ApiClient;
  let clinicId: string;
  const SENT = 12;

  before(async () => {
    stack = await startStack();
    operator = await stack.user("admin");
    const clinic = await stack.account("Clinic");
    clinicId = clinic.id;
    client = await stack.user("client", clinic);
    for (let index = 0; index < SENT; index++) {
      const { status } = await client.post("/api/v1/messages/send", {
        to: numberFor("delivered"),
        text: "figures",
      });
      assert.equal(status, 202);
    }
    await until("all to be delivered and counted", 60, async () => {
      const { body } = await client.ask("GET", "/api/v1/metrics");
      return body.figures?.today.delivered === SENT;
    });
  });
  after(() => stack[Symbol.asyncDispose]());

  it("agree: now, the last five minutes, the history, and its CSV", async () => {
    const now = (await operator.ask("GET", "/api/v1/metrics")).body;
    assert.equal(now.account_id, null);
    assert.equal(now.figures.today.submitted, SENT);
    assert.ok(now.figures.today.delivery_p95_ms > 0);
    const own = (await client.ask("GET", "/api/v1/metrics")).body;
    assert.deepEqual([own.account_id, own.figures.today.submitted], [clinicId, SENT]);
    const sum = (values: (number | null)[]) => values.reduce<number>((all, n) => all + (n ?? 0), 0);
    for (const caller of [operator, client]) {
      const { series } = (await caller.ask("GET", "/api/v1/metrics/recent")).body;
      assert.equal(series.submitted.length, 300);
      assert.equal(sum(series.submitted), SENT);
      assert.equal(sum(series.delivered), SENT);
      assert.ok(series.submitted.includes(null), "before the start nobody measured");
      const { body } = await caller.ask("GET", "/api/v1/metrics/history?range=1h");
      const [all] = body.series;
      assert.equal(all.totals.submitted, SENT);
      assert.equal(all.totals.delivery_rate, 1);
      assert.equal(all.values.submitted[0], null, "an hour ago nobody measured");
      assert.equal("gateway_submit" in all.totals, caller === operator);
    }
    const by = await operator.ask("GET", "/api/v1/metrics/history?range=1h&by=connector");
    const main = by.body.series.find(({ key }: { key: string }) => key === "op_main");
    assert.ok(main.totals.delivered > 0);
    // A receipt that overtakes the first callback, which names the connector, counts for none.
    type Series = { readonly totals: { readonly delivered: number | null } };
    assert.equal(sum(by.body.series.map(({ totals }: Series) => totals.delivered)), SENT);
    const csv = await operator.ask(
      "GET",
      "/api/v1/metrics/history?range=1h&by=account&measures=submitted",
      { headers: { accept: "text/csv" } },
    );
    assert.match(csv.headers.get("content-type") ?? "", /^text\/csv/);
    const rows = String(csv.body).trim().split("\r\n");
    assert.equal(rows[0], "from,to,series,submitted");
    assert.equal(sum(rows.slice(1).map((row) => Number(row.split(",").at(-1)))), SENT);
  });

  it("are for who may see them", async () => {
    const other = await stack.account("Other");
    const refused = async (caller: ApiClient, path: string): Promise<number> =>
      (await caller.ask("GET", path)).status;
    for (
      const path of [
        `/api/v1/metrics?account_id=${other.id}`,
        `/api/v1/metrics/recent?account_id=${other.id}`,
        `/api/v1/metrics/history?account_id=${other.id}`,
        "/api/v1/metrics/history?by=connector",
        "/api/v1/metrics/history?measures=gateway_submit",
        "/api/v1/metrics/connectors",
        "/api/v1/metrics/system",
        "/api/v1/services",
        "/api/v1/walls",
      ]
    ) {
      assert.equal(await refused(client, path), 403, path);
      if (!path.includes("gateway_submit")) assert.equal(await refused(operator, path), 200, path);
    }
    assert.equal((await client.ask("GET", "/api/v1/metrics/history?range=custom")).status, 422);
  });

  it("show every service, process and connector", async () => {
    const services = await until("all services to be up", 20, async () => {
      const { body } = await operator.ask("GET", "/api/v1/services");
      return body.items.every(({ state }: { state: string }) => state === "up") && body.items;
    });
    assert.deepEqual(services.map(({ name }: { name: string }) => name), [
      "jcli",
      "gateway-http",
      "postgresql",
      "stream",
      "workers",
    ]);
    const { body: system } = await operator.ask("GET", "/api/v1/metrics/system");
    assert.equal(system.processes.length, 1);
    assert.ok(system.processes[0].workers.length >= 5);
    assert.ok(system.processes[0].rss_bytes > 1e7 && system.database.active >= 1);
    const { body: connectors } = await operator.ask("GET", "/api/v1/metrics/connectors");
    const main = connectors.items.find(({ cid }: { cid: string }) => cid === "op_main");
    assert.notEqual(main.rates, null);
    assert.equal(main.limit, null, "submit_throughput 0 is no limit");
    const text = await fetch(`${stack.url}/metrics`).then((response) => response.text());
    assert.match(text, new RegExp(`messages_today_total\\{step="delivered"\\} ${SENT}\\n`));
    assert.match(text, /connector_state\{cid="op_main",state="bound"\} 1\n/);
    const outside = await fetch(`${stack.url}/metrics`, {
      headers: { "x-forwarded-for": "198.51.100.7" },
    });
    assert.equal(outside.status, 401);
    await outside.body?.cancel();
  });

  it("tell of a connector that drops, live and once, until it is bound again", async () => {
    const source = operator.events("alerts,connectors");
    const running = source.run();
    await source.until(() => source.events.some(({ name }) => name === "snapshot"));
    const told = () =>
      source.events.filter(({ name }) => name === "alerts").map(({ data }) => JSON.parse(data));
    stack.gateway.changeConnector("op_main", { refuseConnection: true });
    stack.gateway.dropConnector("op_main");
    await source.until(() => told().length > 0);
    const [raised] = told();
    assert.deepEqual([raised.type, raised.data.subject], ["alerts.raised", "op_main"]);
    const { body: active } = await operator.ask("GET", "/api/v1/alerts");
    assert.deepEqual(active.items.map(({ id }: { id: string }) => id), [raised.data.id]);
    assert.deepEqual((await client.ask("GET", "/api/v1/alerts")).body.items, []);
    const path = `/api/v1/alerts/${raised.data.id}`;
    assert.equal((await client.post(`${path}/acknowledge`)).status, 403);
    assert.equal((await operator.post(`${path}/acknowledge`)).status, 200);
    assert.equal((await operator.post(`${path}/acknowledge`)).status, 409);
    stack.gateway.changeConnector("op_main", { refuseConnection: false });
    await source.until(() => told().some(({ type }) => type === "alerts.closed"), 40_000);
    assert.deepEqual(told().map(({ type }) => type), [
      "alerts.raised",
      "alerts.acknowledged",
      "alerts.closed",
    ]);
    const { body } = await operator.ask("GET", "/api/v1/connectors/op_main/uptime");
    assert.equal(body.drops, 1);
    const { body: events } = await operator.ask("GET", "/api/v1/connectors/op_main/events");
    assert.equal(events.items[0].to, "bound");
    const live = source.events.filter(({ name }) => name === "connectors")
      .map(({ data }) => JSON.parse(data).data)
      .filter(({ cid }) => cid === "op_main");
    const listed = new Set(events.items.map(({ id }: { id: string }) => id));
    assert.ok(live.length >= 2 && live.every(({ id }) => listed.has(id)));
    await source.cut();
    await running;
  });

  it("go to a wall display until it is revoked", async () => {
    const made = await operator.post("/api/v1/walls", { name: "Room", panels: ["alerts"] });
    assert.equal(made.status, 201);
    const token = made.body.path.replace("/wall/", "");
    assert.equal((await stack.services.walls.authenticate(token)).display.name, "Room");
    const path = `/api/v1/walls/${made.body.display.id}`;
    assert.equal((await operator.ask("PATCH", path, { body: { theme: "light" } })).status, 200);
    assert.equal((await operator.ask("DELETE", path)).status, 204);
    await assert.rejects(stack.services.walls.authenticate(token), /revoked/);
  });
});
