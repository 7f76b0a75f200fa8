/**
 * A message's life on a real database: taken in, leased, answered, called back, timed out; each
 * step's counts and reservations with it.
 * @module
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { ALL_ACCOUNTS, ensureRoot } from "../../services/accounts/mod.ts";
import { type TestDatabase, testDatabase } from "../../services/accounts/testing.ts";
import { createBilling, readQuota, setQuota } from "../../services/billing/mod.ts";
import { ConflictError, QuotaError, ValidationError } from "../../services/errors/mod.ts";
import { logger, setLogLevel } from "../../services/log/mod.ts";
import {
  type AppliedTransition,
  applyClocks,
  applySignals,
  createMessages,
  FINAL_STATES,
  findMessage,
  ingestBatch,
  keepCallbacks,
  leaseQueued,
  type Messages,
  type NewCallback,
  SIGNALS,
} from "../../services/messages/mod.ts";
import { foldDeltas, loadGauges } from "../../services/metrics/mod.ts";

const CLOCKS = { queueSeconds: 3600, receiptSeconds: 3600 };
const RECIPIENT = "+34600000001";

describe("a message's life", () => {
  let database: TestDatabase;
  let accountId: string;
  let messages: Messages;
  const announced: AppliedTransition[] = [];
  const billing = createBilling();

  before(async () => {
    setLogLevel("silent");
    database = await testDatabase();
    accountId = (await ensureRoot(database.sql)).id;
    messages = createMessages({
      sql: database.sql,
      billing,
      clocks: CLOCKS,
      announce: (transitions) => void announced.push(...transitions),
    });
  });
  after(() => database.close());

  async function queued(text = "hello"): Promise<string> {
    const { message } = await messages.send({ accountId, userId: null }, { to: RECIPIENT, text });
    return message.id;
  }

  async function ingest(): Promise<readonly AppliedTransition[]> {
    const { transitions } = await ingestBatch({
      sql: database.sql,
      billing,
      clocks: CLOCKS,
      moAccountId: accountId,
      log: logger("test"),
    });
    return transitions;
  }

  const dlr = (messageId: string, fields: Record<string, string>): NewCallback => ({
    kind: "dlr",
    messageId,
    payload: { id: "gw-1", ...fields },
  });

  async function accept(id: string): Promise<void> {
    const leased = await leaseQueued(database.sql, 1000);
    assert(leased.some((message) => message.id === id));
    await database.sql.begin((tx) =>
      applySignals(tx, { billing, clocks: CLOCKS }, [{
        messageId: id,
        signal: "accept",
        at: new Date(),
        fingerprint: "answer:1",
        detail: {},
        gatewayMessageId: "gw-1",
        attempt: 1,
      }])
    );
  }

  async function stateOf(id: string): Promise<string | undefined> {
    return (await findMessage(database.sql, ALL_ACCOUNTS, id))?.state;
  }

  it("goes from its request to its receipt, and each step is told once", async () => {
    announced.length = 0;
    const id = await queued();
    assert.deepEqual(announced.map(({ from, to }) => [from, to]), [[null, "queued"]]);
    await accept(id);
    await keepCallbacks(database.sql, [
      dlr(id, { level: "1", message_status: "ESME_ROK", connector: "op_1" }),
      dlr(id, { level: "2", message_status: "DELIVRD", id_smsc: "9", donedate: "1", err: "000" }),
    ]);
    const transitions = await ingest();
    assert.deepEqual(transitions.map(({ from, to }) => [from, to]), [
      ["accepted", "sent"],
      ["sent", "delivered"],
    ]);
    const { message, life } = await messages.read(ALL_ACCOUNTS, id);
    assert.equal(message.state, "delivered");
    assert.equal(message.connector, "op_1");
    assert.equal(message.gatewayMessageId, "gw-1");
    assert.equal(message.dueAt, null);
    assert.deepEqual(life.map((step) => step.state), ["queued", "accepted", "sent", "delivered"]);
  });

  it("takes callbacks in any order, any number of times", async () => {
    const id = await queued();
    await leaseQueued(database.sql, 1000);
    const delivered = dlr(id, { level: "2", message_status: "DELIVRD", id_smsc: "8", err: "000" });
    await keepCallbacks(database.sql, [delivered, delivered]);
    await ingest();
    assert.equal(await stateOf(id), "delivered");
    await keepCallbacks(database.sql, [
      delivered,
      dlr(id, { level: "1", message_status: "ESME_ROK", connector: "op_1" }),
    ]);
    assert.deepEqual(await ingest(), []);
    const events = await database.sql`
      select fingerprint from message_events where message_id = ${id}`;
    assert.equal(events.length, 2);
  });

  it("keeps a callback of an unknown message and matches it when the message is there", async () => {
    const id = await queued();
    await database.sql`create table parked as select * from messages where id = ${id}`;
    await database.sql`delete from messages where id = ${id}`;
    await keepCallbacks(database.sql, [
      dlr(id, { level: "2", message_status: "UNDELIV", id_smsc: "7", err: "001" }),
    ]);
    assert.deepEqual(await ingest(), []);
    await database.sql`insert into messages select * from parked`;
    await database.sql`update inbound_callbacks set due_at = now()`;
    assert.deepEqual((await ingest()).map(({ to }) => to), ["undelivered"]);
    const message = await findMessage(database.sql, ALL_ACCOUNTS, id);
    assert.equal(message?.reason, "UNDELIV, error 001");
    await database.sql`drop table parked`;
  });

  it("loses nothing and doubles nothing with eight ingest workers at once", async () => {
    const ids = await Promise.all(Array.from({ length: 200 }, () => queued()));
    await leaseQueued(database.sql, 1000);
    const callbacks = ids.flatMap((id) => [
      dlr(id, { level: "1", message_status: "ESME_ROK", connector: "op_1" }),
      dlr(id, { level: "2", message_status: "DELIVRD", id_smsc: id, err: "000" }),
      dlr(id, { level: "2", message_status: "DELIVRD", id_smsc: id, err: "000" }),
    ]);
    await keepCallbacks(database.sql, callbacks.sort(() => Math.random() - 0.5));
    const transitions: AppliedTransition[] = [];
    const worker = async () => {
      const deps = {
        sql: database.sql,
        billing,
        clocks: CLOCKS,
        moAccountId: accountId,
        log: logger("test"),
      };
      for (let idle = 0; idle < 3;) {
        const batch = await ingestBatch(deps, 20);
        idle = batch.taken === 0 ? idle + 1 : 0;
        transitions.push(...batch.transitions);
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    const [left] = await database.sql`select count(*)::int as n from inbound_callbacks`;
    assert.equal(left?.n, 0);
    const delivered = transitions.filter(({ to }) => to === "delivered").map((t) => t.messageId);
    assert.deepEqual(delivered.toSorted(), ids.toSorted());
  });

  it("lets a clock end what nothing else ends", async () => {
    const waiting = await queued();
    const lost = await queued();
    await database.sql`update messages set expires_at = now() where id = ${waiting}`;
    const ticks = () => database.sql.begin((tx) => applyClocks(tx, { billing, clocks: CLOCKS }));
    assert.deepEqual((await ticks()).map(({ to }) => to), ["expired"]);
    assert.equal(await stateOf(waiting), "expired");
    await leaseQueued(database.sql, 1000);
    await database.sql`update messages set due_at = now() where id = ${lost}`;
    assert.deepEqual((await ticks()).map(({ to }) => to), ["uncertain"]);
    await database.sql`update messages set due_at = now() where id = ${lost}`;
    assert.deepEqual((await ticks()).map(({ to }) => to), ["unconfirmed"]);
    await keepCallbacks(database.sql, [dlr(lost, { level: "2", message_status: "DELIVRD" })]);
    const [corrected] = await ingest();
    assert.equal(corrected?.correction, true);
    assert.equal(await stateOf(lost), "delivered");
  });

  it("does not let a late answer undo the lease of a later attempt", async () => {
    const id = await queued();
    await leaseQueued(database.sql, 1000);
    const deferred = {
      messageId: id,
      signal: "defer",
      at: new Date(),
      fingerprint: "answer:1",
      detail: {},
      attempt: 1,
    } as const;
    const apply = () =>
      database.sql.begin((tx) => applySignals(tx, { billing, clocks: CLOCKS }, [deferred]));
    await apply();
    assert.equal(await stateOf(id), "queued");
    await leaseQueued(database.sql, 1000);
    await apply();
    assert.equal(await stateOf(id), "sending");
  });

  it("leases a message to one of many dispatchers", async () => {
    await database
      .sql`update messages set state = 'rejected', due_at = null where state = 'queued'`;
    const ids = await Promise.all(Array.from({ length: 100 }, () => queued()));
    const leases = await Promise.all(
      Array.from({ length: 10 }, () => leaseQueued(database.sql, 30)),
    );
    assert.deepEqual(leases.flat().map(({ id }) => id).toSorted(), ids.toSorted());
  });

  it("makes one message of 64 requests with one key, and refuses the key for another text", async () => {
    const context = { accountId, userId: null, idempotencyKey: "order-1" };
    const results = await Promise.all(
      Array.from({ length: 64 }, () => messages.send(context, { to: RECIPIENT, text: "once" })),
    );
    assert.equal(new Set(results.map(({ message }) => message.id)).size, 1);
    assert.equal(results.filter(({ replayed }) => !replayed).length, 1);
    await assert.rejects(messages.send(context, { to: RECIPIENT, text: "twice" }), ConflictError);
  });

  it("refuses bad input and changes nothing", async () => {
    const [before] = await database.sql`select count(*)::int as n from messages`;
    const wrong = [
      { to: "600000001", text: "national" },
      { to: RECIPIENT, text: "" },
      { to: RECIPIENT, text: "x".repeat(766) },
      { to: RECIPIENT, text: "fine", from: "much too long a name" },
    ];
    for (const request of wrong) {
      await assert.rejects(messages.send({ accountId, userId: null }, request), ValidationError);
    }
    const [now] = await database.sql`select count(*)::int as n from messages`;
    assert.deepEqual(now, before);
  });

  it("gives the quota back for a message that never left, and only then", async () => {
    await setQuota(database.sql, ALL_ACCOUNTS, accountId, { allowance: 2n, period: "total" });
    const [first, second] = [await queued(), await queued()];
    await assert.rejects(queued(), QuotaError);
    await leaseQueued(database.sql, 1000);
    const answer = (messageId: string, signal: "accept" | "refuse") => ({
      messageId,
      signal,
      at: new Date(),
      fingerprint: "answer:1",
      detail: {},
      attempt: 1,
    });
    await database.sql.begin((tx) =>
      applySignals(tx, { billing, clocks: CLOCKS }, [
        answer(first, "refuse"),
        answer(second, "accept"),
      ])
    );
    assert.equal((await readQuota(database.sql, ALL_ACCOUNTS, accountId)).remaining, 1n);
    await setQuota(database.sql, ALL_ACCOUNTS, accountId, { allowance: null, period: "total" });
  });
});

describe("counts", () => {
  it("agree with the rows after a random history, however far they are folded", async () => {
    const database = await testDatabase();
    try {
      const { sql } = database;
      const billing = createBilling();
      const accountId = (await ensureRoot(sql)).id;
      const messages = createMessages({ sql, billing, clocks: CLOCKS, announce: () => {} });
      const ids = await Promise.all(
        Array.from({ length: 60 }, async () => {
          const request = { to: RECIPIENT, text: "count me" };
          return (await messages.send({ accountId, userId: null }, request)).message.id;
        }),
      );
      await leaseQueued(sql, 40);
      const history = fc.sample(
        fc.record({ id: fc.constantFrom(...ids), signal: fc.constantFrom(...SIGNALS) }),
        { numRuns: 400, seed: 7 },
      );
      for (const [step, { id, signal }] of history.entries()) {
        const entry = { messageId: id, signal, at: new Date(), fingerprint: `${step}`, detail: {} };
        await sql.begin((tx) => applySignals(tx, { billing, clocks: CLOCKS }, [entry]));
        if (step % 50 === 0) await foldDeltas(sql, 7);
      }
      // A metrics role that starts here: levels as read, then the deltas that were not folded yet.
      const levels = new Map((await loadGauges(sql)).map((row) => [row.measure, row.value]));
      const folded = new Map<string, bigint>();
      for (let counts = await foldDeltas(sql, 7); counts.length > 0;) {
        for (const { measure, value } of counts) {
          levels.set(measure, (levels.get(measure) ?? 0n) + value);
        }
        counts = await foldDeltas(sql, 7);
      }
      for (
        const { measure, sum } of await sql<{ measure: string; sum: bigint }[]>`
          select measure, sum(value)::bigint as sum from metric_minute
          where account_id = ${accountId} group by measure`
      ) folded.set(measure, sum);
      const states = new Map(
        (await sql<{ state: string; n: bigint }[]>`
          select state, count(*) as n from messages group by state`)
          .map(({ state, n }) => [state, n]),
      );
      const in_ = (...names: string[]) =>
        names.reduce((sum, name) => sum + (states.get(name) ?? 0n), 0n);
      assert.equal(folded.get("submitted"), 60n);
      for (const state of FINAL_STATES) {
        assert.equal(folded.get(state) ?? 0n, in_(state), state);
      }
      assert.equal(folded.get("gauge_waiting") ?? 0n, in_("queued", "sending"));
      for (const level of ["accepted", "sent", "uncertain"]) {
        assert.equal(folded.get(`gauge_${level}`) ?? 0n, in_(level), level);
        assert.equal(levels.get(`gauge_${level}`) ?? 0n, in_(level), level);
      }
    } finally {
      await database.close();
    }
  });
});
