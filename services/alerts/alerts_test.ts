import assert from "node:assert/strict";
import { v7 } from "uuid";
import { ALL_ACCOUNTS, NO_ACCOUNTS } from "../accounts/mod.ts";
import type { Requester } from "../auth/mod.ts";
import { withAuth } from "../auth/testing.ts";
import type { Sql } from "../db/mod.ts";
import { ConflictError, NotFoundError } from "../errors/mod.ts";
import { saveSeenConnectors } from "../gateway/mod.ts";
import type { Incident } from "./model.ts";
import { createAlerts } from "./service.ts";
import { listIncidents } from "./store.ts";
import { AlertWatch } from "./watch.ts";

/** What the gateway shows of one connector. */
async function see(sql: Sql, cid: string, session: string | null): Promise<void> {
  const service = session === null ? "stopped" : "started";
  await saveSeenConnectors(sql, "main", [
    { cid, service, session: session ?? "NONE", starts: 1, stops: 0 },
  ]);
}

const BOUND = "BOUND_TRX";
const soon = (ms: number) => new Date(Date.now() + ms);

async function told(sql: Sql): Promise<{ type: string; id: string; revision: number }[]> {
  const rows = await sql<{ type: string; data: string }[]>`
    select type, data from live_outbox where type like 'alerts.%' order by id`;
  return rows.map(({ type, data }) => ({ type, ...JSON.parse(data) }));
}

Deno.test("incidents", async (t) => {
  await withAuth(async ({ sql, person, root }) => {
    const watch = new AlertWatch(sql);
    const evaluate = (ms: number) => watch.evaluate(soon(ms), []);
    const [first] = await (async () => {
      await see(sql, "op_a", BOUND);
      assert.deepEqual(await evaluate(0), { raised: [], closed: [] });
      await see(sql, "op_a", "NONE");
      return [await evaluate(0)];
    })();
    let incident: Incident | undefined;

    await t.step("open 2 s after a bind was lost, once whoever looks", async () => {
      assert.deepEqual(first, { raised: [], closed: [] }, "not yet");
      await see(sql, "op_a", "OPEN");
      await see(sql, "op_a", "NONE");
      const others = Array.from({ length: 5 }, () => new AlertWatch(sql));
      const found = await Promise.all(others.map((each) => each.evaluate(soon(2_500), [])));
      const raised = found.flatMap((each) => each.raised);
      assert.equal(raised.length, 1);
      [incident] = raised;
      assert.deepEqual(
        [incident?.kind, incident?.subject, incident?.severity, incident?.detail["reason"]],
        ["connector-down", "op_a", "critical", "lost"],
      );
      assert.deepEqual(await evaluate(60_000), { raised: [], closed: [] });
      assert.deepEqual((await told(sql)).map(({ type }) => type), ["alerts.raised"]);
    });

    await t.step("close when it is bound again, and flapping is one incident", async () => {
      await see(sql, "op_a", BOUND);
      assert.deepEqual((await evaluate(3_000)).closed.map(({ id }) => id), [incident?.id]);
      await see(sql, "op_a", "NONE");
      const again = await evaluate(30_000);
      assert.deepEqual(
        again.raised.map(({ id, flaps, revision }) => [id, flaps, revision]),
        [[incident?.id, 1, 3]],
      );
      await see(sql, "op_a", BOUND);
      await evaluate(31_000);
      await see(sql, "op_a", "NONE");
      const muchLater = await evaluate(31_000 + 61_000);
      assert.notEqual(muchLater.raised[0]?.id, incident?.id, "a minute later it is another");
      const keys = (await told(sql)).map(({ type, id, revision }) => `${type} ${id} ${revision}`);
      assert.equal(new Set(keys).size, keys.length);
      assert.deepEqual(keys.map((key) => key.split(" ")[0]), [
        "alerts.raised",
        "alerts.closed",
        "alerts.raised",
        "alerts.closed",
        "alerts.raised",
      ]);
    });

    await t.step("are over when somebody stops the connector, or it is removed", async () => {
      await see(sql, "op_a", null);
      assert.equal((await evaluate(100_000)).closed.length, 1);
      await see(sql, "op_a", "NONE");
      assert.equal((await evaluate(30_000)).raised.length, 0, "a start has a minute to bind");
      const never = await evaluate(61_000);
      assert.equal(never.raised[0]?.detail["reason"], "never-bound");
      await saveSeenConnectors(sql, "main", []);
      assert.equal((await evaluate(62_000)).closed.length, 1);
    });

    await t.step("are about services too, and about outages that nobody could note", async () => {
      const jcli = (state: "up" | "down") => [
        { name: "jcli", state, since: new Date(), seenAt: new Date(), detail: "refused" },
      ];
      assert.equal((await watch.evaluate(soon(2_500), jcli("down"))).raised[0]?.subject, "jcli");
      assert.equal((await watch.evaluate(soon(3_000), jcli("up"))).closed[0]?.subject, "jcli");
      await watch.noteOutage("postgresql", new Date(Date.now() - 9_000), new Date(), "cut");
      await watch.noteOutage("postgresql", new Date(Date.now() - 1_000), new Date(), "a blink");
      const { items } = await listIncidents(sql, ALL_ACCOUNTS, { state: "closed" }, { limit: 1 });
      assert.deepEqual([items[0]?.subject, items[0]?.detail["last_error"]], ["postgresql", "cut"]);
    });

    await t.step("tell of a rate that stays too low", async () => {
      await sql`
        insert into metric_minute (minute, account_id, connector, measure, value)
        select date_trunc('minute', now()), ${"00000000-0000-0000-0000-000000000000"}, '*', measure, n
        from (values ('delivered', 60), ('undelivered', 40)) as v(measure, n)`;
      const own = new AlertWatch(sql);
      assert.equal((await own.evaluate(new Date(), [])).raised.length, 0);
      const before = performance.now;
      try {
        // The watch reads a rate every ten seconds of its own clock.
        performance.now = () => before.call(performance) + 11_000;
        const { raised } = await own.evaluate(soon(61_000), []);
        assert.deepEqual(raised.map(({ kind, detail }) => [kind, detail["rate"]]), [
          ["delivery-rate", 0.6],
        ]);
      } finally {
        performance.now = before;
      }
    });

    await t.step("are acknowledged once, with an audit entry, by who may see them", async () => {
      let tells = 0;
      const alerts = createAlerts({ sql, tell: () => tells++ });
      const user = await person({ accountId: root.id, role: "admin" });
      const requester: Requester = {
        ip: "192.0.2.9",
        principal: {
          kind: "user",
          userId: user.id,
          accountId: root.id,
          role: "admin",
          scope: ALL_ACCOUNTS,
          sessionId: v7(),
          language: "en",
        },
      };
      const { items: [open] } = await alerts.list(ALL_ACCOUNTS, { state: "active" }, { limit: 9 });
      assert.ok(open);
      await assert.rejects(alerts.acknowledge(NO_ACCOUNTS, open.id, requester), NotFoundError);
      const tries = await Promise.allSettled(
        Array.from({ length: 4 }, () => alerts.acknowledge(ALL_ACCOUNTS, open.id, requester)),
      );
      assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
      for (const each of tries) {
        if (each.status === "rejected") assert.ok(each.reason instanceof ConflictError);
      }
      assert.equal(tells, 1);
      const read = await alerts.read(ALL_ACCOUNTS, open.id);
      assert.equal(read.acknowledgedBy, user.id);
      const entries = await sql<{ label: string }[]>`
        select actor_label as label from audit_entries where action = 'alert.acknowledge'`;
      assert.deepEqual(entries.map(({ label }) => label), [user.email]);
      assert.equal(
        (await told(sql)).filter(({ type }) => type === "alerts.acknowledged").length,
        1,
      );
      await assert.rejects(alerts.read(NO_ACCOUNTS, open.id), NotFoundError);
    });

    await t.step("are listed page by page, newest first", async () => {
      const all = await listIncidents(sql, ALL_ACCOUNTS, {}, { limit: 200 });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listIncidents(sql, ALL_ACCOUNTS, {}, {
          limit: 2,
          ...(cursor === undefined ? {} : { cursor }),
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      assert.deepEqual(seen, all.items.map(({ id }) => id));
      assert.deepEqual(seen, seen.toSorted().toReversed());
    });
  });
});
