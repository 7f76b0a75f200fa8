/**
 * Points within the work of the processes at which they can be held: triggers in the database that
 * wait for a lock of the test. No line of the program knows of them.
 * @module
 */
import type { Sql } from "../../services/db/mod.ts";
import { until } from "../until.ts";

/** Where work is held: the trigger's event and condition. */
const POINTS = {
  /** A message is leased; nothing is on the wire. */
  lease: { table: "messages", event: "update", when: "new.state = 'sending'" },
  /** The gateway's answer came and isn't committed. */
  answer: { table: "messages", event: "update", when: "new.state = 'accepted'" },
  /** A callback came and isn't committed. */
  callback: { table: "inbound_callbacks", event: "insert", when: "new.kind = 'dlr'" },
  /** A callback is being applied. */
  apply: { table: "messages", event: "update", when: "new.state in ('sent', 'delivered')" },
  /** A new message is being stored. */
  request: { table: "messages", event: "insert", when: "true" },
} as const;

export type Point = keyof typeof POINTS;
export const GATED = Object.keys(POINTS) as Point[];

/** Of the advisory lock: "gate" in ASCII. */
const LOCK = 0x67617465;

/** Puts the triggers there, open. */
export async function buildGates(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table fault_gates (point text primary key);
    create function fault_gate() returns trigger language plpgsql as $$
    begin
      if exists (select from fault_gates where point = tg_argv[0]) then
        perform pg_advisory_xact_lock_shared(${LOCK});
      end if;
      return new;
    end $$;`);
  for (const [point, { table, event, when }] of Object.entries(POINTS)) {
    await sql.unsafe(`create trigger fault_${point} before ${event} on ${table}
      for each row when (${when}) execute function fault_gate('${point}')`);
  }
}

/** A gate that is closed: whoever comes to the point waits there. */
export interface ClosedGate {
  /** Waits until somebody stands before it. */
  held(): Promise<void>;
  /**
   * Opens it.
   * @param fate of the statements that stand before it: whether the server carries them out, though
   * who asked is dead, or loses them
   */
  open(fate: "committed" | "lost"): Promise<void>;
}

/** Closes the gate at a point. */
export async function closeGate(sql: Sql, point: Point): Promise<ClosedGate> {
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  await sql`insert into fault_gates values (${point})`;
  const holding = sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    closed.resolve();
    await opened.promise;
  });
  holding.catch(closed.reject);
  await closed.promise;
  const waiting = () =>
    sql<{ pid: number }[]>`
      select pid from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted`;
  return {
    async held() {
      await until(`somebody to stand at ${point}`, 60, async () => (await waiting()).length > 0);
    },
    async open(fate) {
      await sql`delete from fault_gates`;
      if (fate === "lost") {
        for (const { pid } of await waiting()) await sql`select pg_terminate_backend(${pid})`;
        await until("the lost ones to be gone", 10, async () => (await waiting()).length === 0);
      }
      opened.resolve();
      await holding;
    },
  };
}
