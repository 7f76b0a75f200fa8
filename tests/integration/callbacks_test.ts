/** What the gateway calls back: kept before it is acknowledged, taken once, from nobody else. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { hookSigner } from "../../services/messages/mod.ts";
import type { ApiClient } from "../client.ts";
import { until } from "../until.ts";
import { numberFor, type Stack, startStack } from "./stack.ts";

describe("callbacks", () => {
  let stack: Stack;
  let operator: ApiClient;
  let moSignature: string;
  let sign: (subject: string) => Promise<string>;

  before(async () => {
    stack = await startStack();
    operator = await stack.user("super_admin");
    const signer = await hookSigner(stack.env["SECRET_KEY"] ?? "");
    sign = (subject) => signer.sign(subject);
    moSignature = await sign("mo");
  });
  after(() => stack?.[Symbol.asyncDispose]());

  async function callback(
    path: string,
    fields: Record<string, string> | string,
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${stack.url}/hooks/jasmin/${path}`, {
      method: "POST",
      body: typeof fields === "string" ? fields : new URLSearchParams(fields),
    });
    return { status: response.status, text: await response.text() };
  }
  const kept = async (): Promise<number> => {
    const [row] = await stack.sql<{ count: number }[]>`
      select (select count(*) from inbound_callbacks)::int
        + (select count(*) from mo_messages)::int
        + (select count(*) from message_events)::int as count`;
    return row?.count ?? 0;
  };
  const drained = () =>
    until("ingest to have nothing to do", 10, async () => {
      const [row] = await stack.sql<{ count: number }[]>`
        select count(*)::int from inbound_callbacks where due_at <= clock_timestamp()`;
      return row?.count === 0;
    });
  const inbox = async (): Promise<Record<string, string>[]> =>
    (await operator.get("/api/v1/inbox?limit=200")).items;

  async function delivered(): Promise<string> {
    const { body } = await operator.post("/api/v1/messages/send", {
      to: numberFor(),
      text: "called back",
    });
    await until("delivery", 10, async () => {
      return (await operator.get(`/api/v1/messages/${body.id}`)).state === "delivered";
    });
    await drained();
    return body.id;
  }

  it("an MO reaches the inbox once, though its callback is repeated", async () => {
    const id = stack.gateway.receiveMo({
      cid: "op_main",
      from: "34600111222",
      to: "22001",
      content: "Yes, please",
    });
    await until("the MO", 10, async () => (await inbox()).length === 1);
    await until(
      "the gateway to be told",
      5,
      () => stack.gateway.ledger.callbacks.some((each) => each.kind === "mo" && each.acknowledged),
    );
    const call = stack.gateway.ledger.callbacks.find((each) => each.kind === "mo");
    assert.equal(call?.fields["id"], id);
    for (let times = 0; times < 5; times++) {
      const again = await callback(`mo/${moSignature}`, { ...call?.fields });
      assert.deepEqual(again, { status: 200, text: "ACK/Jasmin" });
    }
    await drained();
    const [mo, ...more] = await inbox();
    assert.equal(more.length, 0);
    assert.equal(mo?.["text"], "Yes, please");
    assert.equal(mo?.["connector"], "op_main");
    assert.equal(mo?.["gateway_message_id"], id);
  });

  it("MOs of every coding arrive in their words, newest first", async () => {
    const utf16 = (text: string): string => {
      const bytes = Array.from(text, (char) => char.codePointAt(0) ?? 0);
      return bytes.map((code) => String.fromCharCode(code >> 8, code & 255)).join("");
    };
    stack.gateway.receiveMo({
      cid: "op_main",
      from: "34600111333",
      to: "22001",
      content: utf16("Ответ: да"),
      coding: 8,
    });
    await until("the MO", 10, async () => (await inbox())[0]?.["text"] === "Ответ: да");
  });

  it("a DLR that is repeated, late or out of order moves nothing and is no second event", async () => {
    const id = await delivered();
    const before = await operator.get(`/api/v1/messages/${id}`);
    const calls = stack.gateway.ledger.callbacks.filter((each) => each.url.includes(id));
    assert.equal(calls.length, 2);
    for (const { url, fields } of [...calls, ...calls.toReversed()]) {
      const path = new URL(url).pathname.replace("/hooks/jasmin/", "");
      assert.equal((await callback(path, { ...fields })).status, 200);
    }
    await drained();
    assert.deepEqual(await operator.get(`/api/v1/messages/${id}`), before);
  });

  it("forged, and nothing is kept: another message's signature, none, another's kind", async () => {
    const id = await delivered();
    const other = await delivered();
    const before = await kept();
    const fields = { id: "gw", level: "2", message_status: "UNDELIV", id_smsc: "9" };
    const signature = await sign(id);
    const forged = [
      `dlr/${other}/${signature}`,
      `dlr/${id}/${signature.slice(0, -2)}`,
      `dlr/${id}/${"A".repeat(22)}`,
      `dlr/${id}/${signature}x`,
      `dlr/${id}/${moSignature}`,
      `dlr/${id}/%00`,
      `dlr/mo/${moSignature}`,
      `dlr/${id}`,
      `mo/${signature}`,
      "mo/x",
      "mo",
      "",
    ];
    for (const path of forged) {
      const { status, text } = await callback(path, fields);
      assert.equal(status, 404, path);
      assert(!text.includes("ACK/Jasmin"), path);
    }
    assert.equal((await fetch(`${stack.url}/hooks/jasmin/dlr/${id}/forged?level=2`)).status, 404);
    assert.equal(await kept(), before);
    assert.equal((await operator.get(`/api/v1/messages/${id}`)).state, "delivered");
  });

  it("malformed: acknowledged or refused, never a fault, and they move nothing", async () => {
    const id = await delivered();
    const dlr = `dlr/${id}/${await sign(id)}`;
    const malformed: readonly [string, Record<string, string> | string][] = [
      [dlr, ""],
      [dlr, { level: "2" }],
      [dlr, { level: "3", message_status: "DELIVRD" }],
      [dlr, { level: "2", message_status: "NONSENSE".repeat(1_000) }],
      [dlr, { level: "1", message_status: "\u0000", connector: "x\u0000y" }],
      [dlr, {
        level: "2",
        message_status: "DELIVRD",
        err: "\ud800",
        text: "'; drop table messages",
      }],
      [dlr, "%%%&&&===&=&level=2&level=1"],
      [`mo/${moSignature}`, ""],
      [`mo/${moSignature}`, { id: "m-1", from: "1", to: "2", binary: "not hex" }],
      [`mo/${moSignature}`, { id: "m-2", from: "1", to: "2", binary: "abc" }],
      [`mo/${moSignature}`, { id: "m-3", from: "\u0000", to: "2", binary: "00", coding: "seven" }],
      [`mo/${moSignature}`, { id: "m-4", from: "x".repeat(5_000), to: "2", binary: "41" }],
    ];
    for (const [path, fields] of malformed) {
      const { status, text } = await callback(path, fields);
      assert.deepEqual([status, text], [200, "ACK/Jasmin"], JSON.stringify(fields).slice(0, 80));
    }
    const long = await callback(dlr, { level: "2", text: "x".repeat(70_000) });
    assert.equal(long.status, 413);
    await drained();
    assert.equal((await operator.get(`/api/v1/messages/${id}`)).state, "delivered");
    const health = await operator.ask("GET", "/healthz");
    assert.equal(health.status, 200, JSON.stringify(health.body));
    assert((await stack.sql`select 1 from messages limit 1`).length > 0);
    await delivered();
  });

  it("1,000 at once are all kept, and each is acknowledged only then", async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => delivered()));
    const before = await kept();
    const calls = ids.flatMap((id) => Array.from({ length: 100 }, (_, index) => ({ id, index })));
    const answers = await Promise.all(
      calls.map(async ({ id, index }) =>
        await callback(`dlr/${id}/${await sign(id)}`, {
          id: "gw",
          level: "2",
          message_status: "ACCEPTD",
          id_smsc: `n${index}`,
        })
      ),
    );
    assert(answers.every(({ text }) => text === "ACK/Jasmin"));
    assert.equal(
      await until("all to be kept", 10, async () => {
        const now = await kept();
        return now >= before + calls.length && now;
      }),
      before + calls.length,
    );
    await drained();
    const [row] = await stack.sql<{ count: number }[]>`
      select count(*)::int from message_events where detail->>'message_status' = 'ACCEPTD'`;
    assert.equal(row?.count, calls.length);
  });
});
