/**
 * Callbacks of the gateway: kept before they are acknowledged, then applied from the table.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import type { Json, SignalEntry } from "./model.ts";
import { signalOfDlr } from "./states.ts";

/** A callback as it came, its message named by the signed part of the URL. */
export interface NewCallback {
  readonly kind: "dlr" | "mo";
  readonly messageId: string | null;
  /** The fields as the gateway sent them. */
  readonly payload: Readonly<Record<string, string>>;
}

/** A kept callback. */
export interface InboundCallback extends NewCallback {
  readonly id: bigint;
  readonly receivedAt: Date;
  readonly attempts: number;
}

/** Notified when callbacks were kept. */
export const CALLBACKS_CHANNEL = "inbound_callbacks";

/** Stores callbacks with one statement; when it returns they are durable. */
export async function keepCallbacks(sql: Sql, callbacks: readonly NewCallback[]): Promise<void> {
  await sql`
    with kept as (
    insert into inbound_callbacks (kind, message_id, payload)
    select kind, message_id, payload
    from json_to_recordset(${
    sql.json(callbacks.map((callback) => ({
      kind: callback.kind,
      message_id: callback.messageId,
      payload: callback.payload,
    })))
  }::json) as c(kind text, message_id uuid, payload jsonb)
    ) select pg_notify(${CALLBACKS_CHANNEL}, '')`;
}

/**
 * Takes up to `limit` callbacks out of the table; they are gone if the transaction commits. Others
 * may take at the same time: a row that one holds is skipped.
 */
export async function takeCallbacks(tx: Tx, limit: number): Promise<InboundCallback[]> {
  const rows = await tx<InboundCallback[]>`
    delete from inbound_callbacks where id = any(array(
      select id from inbound_callbacks where due_at <= clock_timestamp()
      order by due_at, id limit ${limit} for update skip locked
    ))
    returning id, kind, message_id as "messageId", payload, received_at as "receivedAt", attempts`;
  return rows.sort((left, right) => left.id < right.id ? -1 : 1);
}

/** A callback whose message is not there waits this long for it, then is dropped with a warning. */
const UNMATCHED_SECONDS = 86_400;

/**
 * Puts callbacks that name no message back, to be matched later; the wait doubles each time.
 * @returns those that waited for a day and are dropped
 */
export async function keepUnmatched(
  tx: Tx,
  callbacks: readonly InboundCallback[],
): Promise<readonly InboundCallback[]> {
  const now = Date.now();
  const kept = callbacks.filter((each) =>
    now - each.receivedAt.getTime() < UNMATCHED_SECONDS * 1000
  );
  if (kept.length > 0) {
    await tx`
      insert into inbound_callbacks (kind, message_id, payload, received_at, due_at, attempts)
      select kind, message_id, payload, received_at,
        now() + make_interval(secs => least(3600, 2 ^ least(attempts, 12))), attempts + 1
      from json_to_recordset(${
      tx.json(kept.map((each) => ({
        kind: each.kind,
        message_id: each.messageId,
        payload: each.payload,
        received_at: each.receivedAt,
        attempts: each.attempts,
      })))
    }::json) as c(kind text, message_id uuid, payload jsonb, received_at timestamptz, attempts int)`;
  }
  return callbacks.filter((each) => !kept.includes(each));
}

/**
 * What a DLR callback says of its message (fields: jasmin routing/throwers.py). The fingerprint is
 * made of what tells two receipts apart, so a repeated callback stays one event.
 * @returns null when the fields are not those of a DLR
 */
export function signalOfCallback(
  callback: Pick<InboundCallback, "messageId" | "payload" | "receivedAt">,
): SignalEntry | null {
  const { payload, messageId, receivedAt } = callback;
  const level = payload.level === "1" ? 1 : payload.level === "2" ? 2 : null;
  const status = payload.message_status;
  if (messageId === null || level === null || status === undefined) return null;
  const signal = signalOfDlr(level, status);
  const told = level === 1
    ? [status, payload.connector ?? ""]
    : [status, payload.id_smsc ?? "", payload.donedate ?? "", payload.err ?? ""];
  const detail: Json = { ...payload };
  return {
    messageId,
    signal,
    at: receivedAt,
    fingerprint: ["dlr", level, ...told].join(":").slice(0, 200),
    detail,
    ...(payload.id === undefined ? {} : { gatewayMessageId: payload.id }),
    // At level 2 the field carries the receipt's id instead (managers/dlr.py).
    ...(level === 1 && payload.connector !== undefined ? { connector: payload.connector } : {}),
    ...(signal === "submitted" || signal === "receipt-delivered" || signal === "receipt-enroute"
      ? {}
      : { reason: reasonOf(level, status, payload.err) }),
  };
}

function reasonOf(level: 1 | 2, status: string, err: string | undefined): string {
  if (level === 1) return status;
  return err === undefined || err === "000" || err === "ND" ? status : `${status}, error ${err}`;
}
