/**
 * What must hold after every accident, counted in the database and in the gateway's own ledger.
 * @module
 */
import assert from "node:assert/strict";
import { until } from "../until.ts";
import type { Plant } from "./plant.ts";

/** How the messages of a plant ended. */
export interface Count {
  readonly delivered: number;
  /** In doubt, and said so: the gateway never told whether it took them. */
  readonly uncertain: number;
}

interface MessageRow {
  readonly id: string;
  readonly recipient: string;
  readonly state: string;
  readonly hasClock: boolean;
}

/**
 * Waits until everything has come to rest, and checks: each accepted request is a message in a state
 * that has a clock or an end; each recipient got it once at most; what the gateway took is delivered,
 * what it did not take isn't said to be.
 */
export async function settled(plant: Plant, seconds = 90): Promise<Count> {
  const { sql, gateway } = plant;
  await until("every message to come to rest", seconds, async () => {
    // The clock of what a dead dispatcher held is moved on: 90 s is long for a test.
    await sql`update messages set due_at = now()
      where state = 'sending' and state_since < now() - interval '5 seconds'`;
    const [row] = await sql<{ moving: number }[]>`
      select (select count(*) from messages
        where state in ('queued', 'sending', 'accepted', 'sent'))::int
        + (select count(*) from inbound_callbacks where due_at < now() + interval '5 seconds')::int
        as moving`;
    return row?.moving === 0;
  });
  const rows = await sql<MessageRow[]>`
    select id, recipient, state, due_at is not null as "hasClock" from messages`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { id, to } of plant.accepted) {
    assert.equal(byId.get(id)?.recipient, to, `${id} was accepted and is lost`);
  }
  assert.equal(rows.length, plant.accepted.length, "each request is one message");
  const taken = new Map<string, number>();
  for (const { to } of gateway.ledger.accepted) taken.set(to, (taken.get(to) ?? 0) + 1);
  const count = { delivered: 0, uncertain: 0 };
  for (const { id, recipient, state, hasClock } of rows) {
    const times = taken.get(recipient.slice(1)) ?? 0;
    assert(times <= 1, `${id} was sent ${times} times`);
    if (state === "delivered") {
      assert.equal(times, 1, `${id} is said to be delivered and was never sent`);
      count.delivered++;
    } else {
      assert.equal(state, "uncertain", `${id} ended ${state}`);
      assert.equal(times, 0, `${id} was sent, its receipt came, and it is ${state}`);
      assert(hasClock, `${id} is ${state} without a clock`);
      count.uncertain++;
    }
  }
  return count;
}
