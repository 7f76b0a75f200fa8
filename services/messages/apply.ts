/**
 * The one way in which a message's state changes after its lease: answers of the gateway, callbacks
 * and clocks all come through here, inside the caller's transaction.
 * @module
 */
import type { Billing } from "../billing/mod.ts";
import type { Tx } from "../db/mod.ts";
import { countTransitions } from "./counts.ts";
import {
  type AppliedTransition,
  type Clocks,
  LEASE_SECONDS,
  type Message,
  type SignalEntry,
} from "./model.ts";
import { isFinal, type Move, moveOf, type MtState, type Signal } from "./states.ts";

/** The columns of a message that a signal reads or moves. */
export type MovedRow = Pick<
  Message,
  | "id"
  | "accountId"
  | "recipient"
  | "parts"
  | "state"
  | "attempts"
  | "gatewayMessageId"
  | "connector"
  | "reason"
  | "createdAt"
  | "acceptedAt"
  | "sentAt"
  | "finalAt"
  | "stateSince"
  | "dueAt"
>;

interface RecordedEvent {
  readonly entry: SignalEntry;
  readonly from: MtState;
  readonly to: MtState | null;
}

/** What a list of signals does to locked rows; pure. */
export interface Folded {
  readonly rows: readonly MovedRow[];
  readonly events: readonly RecordedEvent[];
  readonly transitions: readonly AppliedTransition[];
  /** Entries that name no row. */
  readonly unknown: readonly SignalEntry[];
}

function dueAfter(to: MtState, entry: SignalEntry, clocks: Clocks): Date | null {
  if (isFinal(to)) return null;
  if (to === "queued") return entry.retryAt ?? entry.at;
  const seconds = to === "sending" ? LEASE_SECONDS : clocks.receiptSeconds;
  return new Date(entry.at.getTime() + seconds * 1000);
}

/** Signals that don't show that the gateway took the message; every callback does. */
const NOT_ACCEPTING: ReadonlySet<Signal> = new Set([
  "lease",
  "defer",
  "refuse",
  "lose",
  "give-up",
  "time-out",
]);

function moved(row: MovedRow, entry: SignalEntry, move: Move, clocks: Clocks): MovedRow {
  return {
    ...row,
    state: move.to,
    stateSince: entry.at,
    dueAt: dueAfter(move.to, entry, clocks),
    reason: entry.reason ?? (move.to === "delivered" ? null : row.reason),
    acceptedAt: row.acceptedAt ?? (NOT_ACCEPTING.has(entry.signal) ? null : entry.at),
    sentAt: row.sentAt ?? (move.to === "sent" || move.to === "delivered" ? entry.at : null),
    finalAt: isFinal(move.to) ? entry.at : null,
  };
}

/** An answer other than acceptance tells only of its own attempt. */
function isOutdated(row: MovedRow, entry: SignalEntry): boolean {
  return entry.attempt !== undefined && entry.attempt !== row.attempts && entry.signal !== "accept";
}

/** Applies signals in the order given to the rows that they name. */
export function foldSignals(
  rows: readonly MovedRow[],
  entries: readonly SignalEntry[],
  clocks: Clocks,
): Folded {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const touched = new Set<string>();
  const events: RecordedEvent[] = [];
  const transitions: AppliedTransition[] = [];
  const unknown: SignalEntry[] = [];
  for (const entry of entries) {
    const before = byId.get(entry.messageId);
    if (before === undefined) {
      unknown.push(entry);
      continue;
    }
    const move = isOutdated(before, entry) ? null : moveOf(before.state, entry.signal);
    const after = {
      ...(move === null ? before : moved(before, entry, move, clocks)),
      gatewayMessageId: entry.gatewayMessageId ?? before.gatewayMessageId,
      connector: entry.connector ?? before.connector,
    };
    byId.set(entry.messageId, after);
    touched.add(entry.messageId);
    events.push({ entry, from: before.state, to: move?.to ?? null });
    if (move !== null) {
      transitions.push({
        messageId: after.id,
        accountId: after.accountId,
        from: move.from,
        to: move.to,
        at: entry.at,
        signal: entry.signal,
        correction: move.correction,
        recipient: after.recipient,
        connector: after.connector,
        reason: after.reason,
        parts: after.parts,
        deliveryMs: move.to === "delivered"
          ? Math.max(0, entry.at.getTime() - (before.acceptedAt ?? before.createdAt).getTime())
          : null,
      });
    }
  }
  return {
    rows: [...byId.values()].filter((row) => touched.has(row.id)),
    events,
    transitions,
    unknown,
  };
}

async function lockRows(tx: Tx, ids: readonly string[]): Promise<MovedRow[]> {
  // In the order of ids: two batches that share messages wait for each other, never in a circle.
  return await tx<MovedRow[]>`
    select id, account_id as "accountId", recipient, parts, state, attempts,
      gateway_message_id as "gatewayMessageId", connector, reason, created_at as "createdAt",
      accepted_at as "acceptedAt", sent_at as "sentAt", final_at as "finalAt",
      state_since as "stateSince", due_at as "dueAt"
    from messages where id = any(${ids}::uuid[]) order by id for update`;
}

async function writeRows(tx: Tx, rows: readonly MovedRow[]): Promise<void> {
  await tx`
    update messages m set state = r.state, state_since = r.state_since, due_at = r.due_at,
      gateway_message_id = r.gateway_message_id, connector = r.connector, reason = r.reason,
      accepted_at = r.accepted_at, sent_at = r.sent_at, final_at = r.final_at
    from json_to_recordset(${
    tx.json(rows.map((row) => ({
      id: row.id,
      state: row.state,
      state_since: row.stateSince,
      due_at: row.dueAt,
      gateway_message_id: row.gatewayMessageId,
      connector: row.connector,
      reason: row.reason,
      accepted_at: row.acceptedAt,
      sent_at: row.sentAt,
      final_at: row.finalAt,
    })))
  }::json) as r(id uuid, state text, state_since timestamptz, due_at timestamptz,
      gateway_message_id text, connector text, reason text, accepted_at timestamptz,
      sent_at timestamptz, final_at timestamptz)
    where m.id = r.id and m.id = any(${rows.map((row) => row.id)}::uuid[])`;
}

async function writeEvents(tx: Tx, events: readonly RecordedEvent[]): Promise<void> {
  await tx`
    insert into message_events (message_id, fingerprint, at, signal, from_state, to_state, detail)
    select message_id, fingerprint, at, signal, from_state, to_state, detail
    from json_to_recordset(${
    tx.json(events.map(({ entry, from, to }) => ({
      message_id: entry.messageId,
      fingerprint: entry.fingerprint,
      at: entry.at,
      signal: entry.signal,
      from_state: from,
      to_state: to,
      detail: entry.detail,
    })))
  }::json) as e(message_id uuid, fingerprint text, at timestamptz, signal text, from_state text,
      to_state text, detail jsonb)
    on conflict do nothing`;
}

/** What is needed to move messages. */
export interface ApplyDeps {
  readonly billing: Billing;
  readonly clocks: Clocks;
}

/**
 * Where a move leaves the reservation: `release` when the message never left, `settle` when it did
 * or may have, null while that is open or was decided before.
 */
export function reservationAfter(
  { from, signal }: Pick<AppliedTransition, "from" | "signal">,
): "settle" | "release" | null {
  if (from !== "queued" && from !== "sending" && from !== "uncertain") return null;
  if (signal === "defer" || signal === "lose" || signal === "lease") return null;
  return signal === "refuse" || signal === "give-up" ? "release" : "settle";
}

async function bill(
  tx: Tx,
  billing: Billing,
  transitions: readonly AppliedTransition[],
): Promise<void> {
  const idsOf = (fate: "settle" | "release") =>
    transitions.filter((each) => reservationAfter(each) === fate).map((each) => each.messageId);
  const settled = idsOf("settle");
  const released = idsOf("release");
  if (settled.length > 0) await billing.settle(tx, settled);
  if (released.length > 0) await billing.release(tx, released);
}

/**
 * Applies signals to messages: locks the rows, moves them by the table of states, records each
 * signal, and leaves the counts of what moved.
 * @returns the moves made, to be announced once the transaction is committed, and the entries that
 * name no message
 */
export async function applySignals(
  tx: Tx,
  { billing, clocks }: ApplyDeps,
  entries: readonly SignalEntry[],
): Promise<Pick<Folded, "transitions" | "unknown">> {
  if (entries.length === 0) return { transitions: [], unknown: [] };
  const rows = await lockRows(tx, [...new Set(entries.map((entry) => entry.messageId))]);
  const folded = foldSignals(rows, entries, clocks);
  if (folded.rows.length > 0) {
    await writeRows(tx, folded.rows);
    await writeEvents(tx, folded.events);
    await countTransitions(tx, folded.transitions);
    await bill(tx, billing, folded.transitions);
  }
  return folded;
}
