/** SIGKILL at every point of a message's way: nothing is lost, nothing is sent twice. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "../until.ts";
import { buildGates, closeGate, type Point } from "./gates.ts";
import { settled } from "./oracle.ts";
import { type Part, PARTS, Plant } from "./plant.ts";

describe("processes that are killed", () => {
  let plant: Plant;

  before(async () => {
    plant = await Plant.start();
    await buildGates(plant.sql);
  });
  after(() => plant?.[Symbol.asyncDispose]());

  const sendMany = (count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => plant.send()));

  // While answers wait, further requests are at the gateway: cut by the kill, they are in doubt.
  const points: readonly [Point, Part, doubt: readonly string[]][] = [
    ["request", "web", []],
    ["lease", "dispatch", ["committed"]],
    ["answer", "dispatch", ["lost", "committed"]],
    ["callback", "web", []],
    ["apply", "ingest", []],
  ];
  for (const [point, part, doubt] of points) {
    for (const fate of ["lost", "committed"] as const) {
      it(`${part} at the point "${point}", its statement ${fate}`, async () => {
        const before = await settled(plant);
        const gate = await closeGate(plant.sql, point);
        const sending = sendMany(10);
        await gate.held();
        await plant.kill(part);
        await gate.open(fate);
        plant.launch(part);
        await sending;
        const after = await settled(plant);
        assert.equal(
          after.delivered + after.uncertain,
          before.delivered + before.uncertain + 10,
        );
        if (!doubt.includes(fate)) assert.equal(after.uncertain, before.uncertain);
      });
    }
  }

  it("dispatch while its requests are at the gateway, which takes them", async () => {
    const before = await settled(plant);
    plant.gateway.setHttpFault({ kind: "slow", delayMs: 1_500, path: "/send" });
    await sendMany(10);
    await until("requests to be at the gateway", 20, async () => {
      const rows = await plant.sql`select from messages where state = 'sending'`;
      return rows.length > 0;
    });
    await plant.kill("dispatch");
    plant.gateway.setHttpFault(undefined);
    plant.launch("dispatch");
    const after = await settled(plant);
    assert.equal(after.delivered + after.uncertain, before.delivered + before.uncertain + 10);
  });

  for (const part of PARTS) {
    it(`${part} in the middle of traffic`, async () => {
      const sending = sendMany(30);
      await until("the first to be on their way", 30, async () => {
        const [row] = await plant.sql<{ count: number }[]>`
          select count(*)::int from message_events where at > now() - interval '2 seconds'`;
        return (row?.count ?? 0) > 0;
      });
      await plant.kill(part);
      plant.launch(part);
      await sending;
      await settled(plant);
    });
  }

  it("all of them at once", async () => {
    const sending = sendMany(30);
    await Promise.all(PARTS.map((part) => plant.kill(part)));
    for (const part of PARTS) plant.launch(part);
    await sending;
    await settled(plant);
    await until("all leases to be held again", 30, async () => {
      const [row] = await plant.sql<{ held: boolean }[]>`
        select bool_and(expires_at > now()) as held from leases`;
      return row?.held === true;
    });
  });
});
