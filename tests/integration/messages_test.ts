/** Sending, listing, and the ends that a message comes to, before a simulated gateway. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ApiClient } from "../client.ts";
import { until } from "../until.ts";
import { acceptedFor, ENDS, numberFor, type Stack, startStack } from "./stack.ts";

const SEND = "/api/v1/messages/send";

interface Listed {
  readonly id: string;
  readonly to: string;
  readonly state: string;
  readonly connector: string | null;
  readonly created_at: string;
}

describe("messages", () => {
  let stack: Stack;
  let operator: ApiClient;

  before(async () => {
    stack = await startStack();
    operator = await stack.user("super_admin");
  });
  after(() => stack?.[Symbol.asyncDispose]());

  async function ended(id: string): Promise<Record<string, unknown> & Listed> {
    return await until(`the end of ${id}`, 15, async () => {
      const message = await operator.get(`/api/v1/messages/${id}`);
      return message.final_at !== null && message;
    });
  }

  describe("Idempotency-Key", () => {
    it("makes one message of 64 requests at once, and one submit", async () => {
      const to = numberFor();
      const answers = await Promise.all(
        Array.from(
          { length: 64 },
          () => operator.post(SEND, { to, text: "once" }, { "Idempotency-Key": "sixty-four" }),
        ),
      );
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
      const ids = new Set(answers.map(({ body }) => body.id));
      assert.equal(ids.size, 1);
      const replays = answers.filter(({ headers }) =>
        headers.get("idempotency-replayed") === "true"
      );
      assert.equal(replays.length, 63);
      const [id = ""] = ids;
      for (const { headers } of answers) {
        assert.equal(headers.get("location"), `/api/v1/messages/${id}`);
      }
      assert.equal((await ended(id)).state, "delivered");
      assert.equal(acceptedFor(stack.gateway, to), 1);
      const replay = await operator.post(SEND, { to, text: "once" }, {
        "Idempotency-Key": "sixty-four",
      });
      assert.equal(replay.headers.get("idempotency-replayed"), "true");
      assert.equal(replay.body.id, id);
      assert.equal(acceptedFor(stack.gateway, to), 1);
    });

    it("refuses another body, and is not used up by a refused request", async () => {
      const headers = { "Idempotency-Key": "other-body" };
      const refused = await operator.post(SEND, { to: "600", text: "x" }, headers);
      assert.equal(refused.status, 422);
      const to = numberFor();
      assert.equal((await operator.post(SEND, { to, text: "x" }, headers)).status, 202);
      for (
        const body of [{ to, text: "y" }, { to: numberFor(), text: "x" }, {
          to,
          text: "x",
          from: "A",
        }]
      ) {
        assert.equal((await operator.post(SEND, body, headers)).status, 409);
      }
    });
  });

  describe("a message's life", () => {
    for (const [end, { cid }] of Object.entries(ENDS)) {
      it(`to ${end}: each step once, with the connector and the SMSC's words`, async () => {
        const to = numberFor(end as keyof typeof ENDS); // the keys of that very object
        const sent = await operator.post(SEND, { to, text: "one life", from: "ACME" });
        assert.equal(sent.status, 202);
        assert.equal(sent.body.state, "queued");
        const message = await ended(sent.body.id);
        assert.equal(message.state, end);
        assert.equal(message.connector, cid);
        assert.equal(message.to, to);
        const steps = message["transitions"] as { state: string; signal: string; at: string }[];
        // The SMSC's answer may overtake the gateway's own, and its receipt its answer.
        const states = steps.map(({ state }) => state);
        assert.equal(new Set(states).size, states.length, `${states}`);
        const passed = states.filter((state) => state !== "accepted" && state !== "sent");
        assert.deepEqual(passed, ["queued", "sending", end]);
        assert.notEqual(message["accepted_at"], null);
        assert.equal(steps.at(-1)?.signal, `receipt-${end}`);
        const times = steps.map(({ at }) => Date.parse(at));
        assert.deepEqual(times, times.toSorted((left, right) => left - right));
        const [accepted, ...more] = stack.gateway.ledger.accepted.filter((each) =>
          each.to === to.slice(1)
        );
        assert.equal(more.length, 0);
        assert.equal(accepted?.from, "ACME");
        assert.equal(accepted?.msgid, message["gateway_message_id"]);
        assert.equal(accepted?.dlrLevel, 3);
      });
    }

    it("to rejected, in the gateway's words, when it has no route", async () => {
      const { body } = await operator.post(SEND, { to: "+4915112345678", text: "no route" });
      const message = await ended(body.id);
      assert.equal(message.state, "rejected");
      assert.equal(message["reason"], "No route found");
      assert.equal(message.connector, null);
      assert.equal(message["accepted_at"], null);
      const steps = message["transitions"] as { state: string; detail: { answer?: string } }[];
      assert.deepEqual(steps.map(({ state }) => state), ["queued", "sending", "rejected"]);
      assert.equal(steps.at(-1)?.detail.answer, "No route found");
    });

    it("to failed, when the SMSC refuses it", async () => {
      stack.gateway.changeConnector("op_main", { errors: 1, errorStatus: "ESME_RINVDSTADR" });
      try {
        const { body } = await operator.post(SEND, { to: numberFor(), text: "refused" });
        const message = await ended(body.id);
        assert.equal(message.state, "failed");
        assert.equal(message["reason"], "ESME_RINVDSTADR");
      } finally {
        stack.gateway.changeConnector("op_main", { errors: 0 });
      }
    });

    it("to unconfirmed, when the SMSC throttled it: Jasmin repeats it and forgets its DLRs", async () => {
      stack.gateway.scriptAnswers([{ status: "ESME_RTHROTTLED" }, { status: "ESME_RTHROTTLED" }]);
      const to = numberFor();
      const { body } = await operator.post(SEND, { to, text: "slow down" });
      const { msgid } = await until(
        "the gateway to take it",
        10,
        () => stack.gateway.ledger.accepted.find((each) => each.to === to.slice(1)),
      );
      await until(
        "the SMSC to take it in the end",
        10,
        () =>
          stack.gateway.ledger.results.some((each) =>
            each.msgid === msgid && each.status === "ESME_ROK"
          ),
      );
      await until("the throttling to be recorded", 10, async () => {
        const recorded = await stack.sql`
          select from message_events where message_id = ${body.id} and signal = 'submit-retried'`;
        return recorded.length > 0;
      });
      assert.equal((await operator.get(`/api/v1/messages/${body.id}`)).state, "accepted");
      // The clock of a receipt is hours long; here it runs out now.
      await stack.sql`update messages set due_at = now() where id = ${body.id}`;
      assert.equal((await ended(body.id)).state, "unconfirmed");
      assert.equal(acceptedFor(stack.gateway, to), 1);
    });

    it("takes texts of every charset and 1 to 5 parts, counted as the gateway cuts them", async () => {
      const texts = [
        ["x".repeat(160), "gsm7", 1],
        ["€".repeat(81), "gsm7", 2],
        ["я".repeat(71), "ucs2", 2],
        ["😀".repeat(60), "ucs2", 2],
        ["x".repeat(765), "gsm7", 5],
      ] as const;
      for (const [text, charset, parts] of texts) {
        const to = numberFor();
        const { body } = await operator.post(SEND, { to, text });
        assert.deepEqual([body.charset, body.parts], [charset, parts]);
        assert.equal((await ended(body.id)).state, "delivered");
        const accepted = stack.gateway.ledger.accepted.find((each) => each.to === to.slice(1));
        assert.equal(accepted?.parts, parts);
      }
    });
  });

  describe("the list", () => {
    let client: ApiClient;
    let account: string;

    before(async () => {
      const made = await stack.account("Lister");
      account = made.id;
      client = await stack.user("campaign_manager", made);
    });

    const send = async (to: string): Promise<string> =>
      (await client.post(SEND, { to, text: "listed" })).body.id;

    it("pages by keyset: no row twice, none missed, while new ones arrive", async () => {
      const before = await Promise.all(Array.from({ length: 60 }, () => send(numberFor())));
      const seen: string[] = [];
      let pages = 0;
      let next: string | null = null;
      do {
        const query: string = next === null ? "" : `&cursor=${next}`;
        const page = await client.get(`/api/v1/messages?limit=7${query}`);
        assert(page.items.length === 7 || page.next_cursor === null);
        seen.push(...page.items.map(({ id }: Listed) => id));
        next = page.next_cursor;
        pages += 1;
        // Newer ones come in on top of the list; the pages below must not move.
        await Promise.all(Array.from({ length: 3 }, () => send(numberFor())));
      } while (next !== null);
      assert.equal(pages, 9);
      assert.deepEqual(seen, before.toSorted().reverse());
    });

    it("is narrowed by state, number, connector and time, all at once", async () => {
      const to = numberFor("undelivered");
      const from = new Date().toISOString();
      const id = await send(to);
      await ended(id);
      const ids = async (query: string): Promise<string[]> =>
        (await operator.get(`/api/v1/messages?limit=200&${query}`)).items
          .filter((each: Listed & { account_id: string }) => each.account_id === account)
          .map((each: Listed) => each.id);
      assert.deepEqual(await ids(`to=${encodeURIComponent(to)}`), [id]);
      assert.deepEqual(await ids(`to=${to.slice(1)}`), [id]);
      assert.deepEqual(await ids("to=33612"), [id], "how it begins");
      assert.deepEqual(await ids("state=undelivered"), [id]);
      assert.deepEqual(await ids("connector=op_undeliv"), [id]);
      assert.deepEqual(await ids("state=undelivered&state=expired&connector=op_undeliv"), [id]);
      assert.deepEqual(await ids("state=delivered&connector=op_undeliv"), []);
      assert.deepEqual(await ids(`created_from=${from}`), [id]);
      assert.deepEqual(await ids(`created_before=${from}&connector=op_undeliv`), []);
      const wildcard = await operator.ask("GET", "/api/v1/messages?to=%25");
      assert.equal(wildcard.status, 422);
    });

    it("has an end, and an empty one has no rows", async () => {
      const nobody = await stack.user("client", await stack.account("Newcomer"));
      assert.deepEqual(await nobody.get("/api/v1/messages"), { items: [], next_cursor: null });
      assert.deepEqual(await nobody.get("/api/v1/inbox"), { items: [], next_cursor: null });
    });
  });
});
