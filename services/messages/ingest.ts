/**
 * Applies kept callbacks: a batch is one transaction, in which they leave their table, move their
 * messages and become MOs. Any number may run at once; nothing about a position is stored.
 * @module
 */
import { v7 } from "uuid";
import type { Sql, Tx } from "../db/mod.ts";
import { decodeText } from "../gateway/mod.ts";
import type { Logger } from "../log/mod.ts";
import { type ApplyDeps, applySignals } from "./apply.ts";
import {
  type InboundCallback,
  keepUnmatched,
  signalOfCallback,
  takeCallbacks,
} from "./callbacks.ts";
import { minuteOf, writeDeltas } from "./counts.ts";
import type { AppliedTransition, MoMessage, SignalEntry } from "./model.ts";

/** What a batch did. */
export interface Ingested {
  /** Callbacks that were taken out of the table. */
  readonly taken: number;
  readonly transitions: readonly AppliedTransition[];
  readonly received: readonly MoMessage[];
}

/** What ingest works with. */
export interface IngestDeps extends ApplyDeps {
  readonly sql: Sql;
  /** The account that MOs belong to. */
  readonly moAccountId: string;
  readonly log: Logger;
}

/** An MO as its callback tells it; null when the fields are not those of one. */
export function moOfCallback(callback: InboundCallback, accountId: string): NewMo | null {
  const { id, from, to, binary, coding } = callback.payload;
  if (id === undefined || from === undefined || to === undefined) return null;
  if (binary !== undefined && !/^([0-9a-fA-F]{2})*$/.test(binary)) return null;
  const raw = Uint8Array.fromHex(binary ?? "");
  const dataCoding = Number(coding ?? 0);
  return {
    id: v7(),
    accountId,
    gatewayMessageId: id,
    connector: callback.payload["origin-connector"] ?? null,
    sender: from,
    recipient: to,
    body: decodeText(raw, Number.isInteger(dataCoding) ? dataCoding : 0).replaceAll("\0", "\uFFFD"),
    coding: Number.isInteger(dataCoding) ? dataCoding : 0,
    raw,
    receivedAt: callback.receivedAt,
  };
}

type NewMo = MoMessage & { readonly coding: number; readonly raw: Uint8Array };

/** Stores MOs; answers with those that were not stored before. */
async function storeMos(tx: Tx, mos: readonly NewMo[]): Promise<MoMessage[]> {
  if (mos.length === 0) return [];
  const stored = await tx<{ id: string }[]>`
    insert into mo_messages ${
    tx(mos.map((mo) => ({
      id: mo.id,
      account_id: mo.accountId,
      gateway_message_id: mo.gatewayMessageId,
      connector: mo.connector,
      sender: mo.sender,
      recipient: mo.recipient,
      body: mo.body,
      coding: mo.coding,
      raw: mo.raw,
      received_at: mo.receivedAt,
    })))
  } on conflict do nothing returning id`;
  const ids = new Set(stored.map(({ id }) => id));
  const fresh = mos.filter((mo) => ids.has(mo.id));
  await writeDeltas(
    tx,
    fresh.map((mo) => ({
      minute: minuteOf(mo.receivedAt),
      accountId: mo.accountId,
      connector: mo.connector ?? "",
      measure: "mo",
      value: 1,
    })),
  );
  return fresh;
}

/** Applies up to `limit` callbacks whose time has come. */
export async function ingestBatch(deps: IngestDeps, limit = 500): Promise<Ingested> {
  const { sql, moAccountId, log } = deps;
  return await sql.begin(async (tx) => {
    const callbacks = await takeCallbacks(tx, limit);
    const signals = new Map<SignalEntry, InboundCallback>();
    const mos: NewMo[] = [];
    for (const callback of callbacks) {
      const read = callback.kind === "dlr"
        ? signalOfCallback(callback)
        : moOfCallback(callback, moAccountId);
      if (read === null) {
        log.warn({ callback: callback.payload }, "A callback has not the fields of its kind");
      } else if ("signal" in read) {
        signals.set(read, callback);
      } else {
        mos.push(read);
      }
    }
    const { transitions, unknown } = await applySignals(tx, deps, [...signals.keys()]);
    const unmatched = unknown.flatMap((entry) => signals.get(entry) ?? []);
    for (const dropped of await keepUnmatched(tx, unmatched)) {
      log.warn({ callback: dropped.payload }, "A callback waited a day for its message");
    }
    return { taken: callbacks.length, transitions, received: await storeMos(tx, mos) };
  });
}
