/**
 * Turns folded counts into the figures of each second; one of them runs in an installation.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { startOfDay } from "./day.ts";
import { foldDeltas, type FoldedCount, loadCounts, loadGauges } from "./fold.ts";
import {
  type ConnectorSecond,
  connectorSecond,
  type TrafficSnapshot,
  trafficSnapshot,
} from "./snapshot.ts";
import { GATEWAY_ACCOUNT, Tally } from "./tally.ts";

/** The figures of one second: of all, of each account that changed, of each connector. */
export interface Second {
  readonly at: Date;
  /** How many seconds it covers: more than 1 when a tick came late; rates are their mean. */
  readonly seconds: number;
  readonly installation: TrafficSnapshot;
  readonly accounts: ReadonlyMap<string, TrafficSnapshot>;
  readonly connectors: ReadonlyMap<string, ConnectorSecond>;
}

/** How long a new account's place in the tree may stay unknown, in milliseconds. */
const TREE_AGE_MS = 10_000;

/** Batches that are folded before the first second: what was left while nobody counted. */
const CATCH_UP_BATCHES = 500;

export class MetricsRecorder {
  readonly #sql: Sql;
  readonly #installation = new Tally();
  readonly #accounts = new Map<string, Tally>();
  readonly #connectors = new Map<string, Tally>();
  readonly #published = new Map<string, string>();
  #paths: ReadonlyMap<string, readonly string[]> = new Map();
  #pathsAt = -Infinity;
  #day = startOfDay(new Date());
  #last: Date | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * Folds what was left while nobody counted (it belongs to its own minutes, not to the first
   * second), then reads the day so far and the present levels.
   */
  async load(): Promise<void> {
    await this.#loadTree();
    for (let batch = 0; batch < CATCH_UP_BATCHES; batch++) {
      if ((await foldDeltas(this.#sql)).length === 0) break;
    }
    const minute = this.#day;
    for (const level of await loadGauges(this.#sql)) this.#add({ ...level, minute, connector: "" });
    for (const count of await loadCounts(this.#sql, this.#day)) this.#add(count);
    for (const tally of this.#tallies()) tally.takeSecond();
  }

  /** Folds what was left since the last call and ends the second. */
  async tick(at: Date): Promise<Second> {
    if (performance.now() - this.#pathsAt > TREE_AGE_MS) await this.#loadTree();
    const day = startOfDay(at);
    if (day.getTime() !== this.#day.getTime()) {
      this.#day = day;
      for (const tally of this.#tallies()) tally.startDay();
    }
    for (const count of await foldDeltas(this.#sql)) this.#add(count);
    const seconds = this.#last === undefined
      ? 1
      : Math.max(1, Math.round((at.getTime() - this.#last.getTime()) / 1_000));
    this.#last = at;
    const accounts = new Map<string, TrafficSnapshot>();
    for (const [accountId, tally] of this.#accounts) {
      const snapshot = trafficSnapshot(tally, seconds);
      const text = JSON.stringify(snapshot);
      if (this.#published.get(accountId) === text) continue;
      this.#published.set(accountId, text);
      accounts.set(accountId, snapshot);
    }
    return {
      at,
      seconds,
      installation: trafficSnapshot(this.#installation, seconds),
      accounts,
      connectors: new Map(
        [...this.#connectors].map(([cid, tally]) => [cid, connectorSecond(tally, seconds)]),
      ),
    };
  }

  #add(count: FoldedCount): void {
    const value = Number(count.value);
    const late = count.minute < this.#day;
    if (count.accountId === GATEWAY_ACCOUNT) {
      this.#tally(this.#connectors, count.connector).add(count.measure, value, late);
      return;
    }
    this.#installation.add(count.measure, value, late);
    for (const accountId of this.#paths.get(count.accountId) ?? [count.accountId]) {
      this.#tally(this.#accounts, accountId).add(count.measure, value, late);
    }
  }

  #tally(tallies: Map<string, Tally>, key: string): Tally {
    const known = tallies.get(key);
    if (known !== undefined) return known;
    const made = new Tally();
    tallies.set(key, made);
    return made;
  }

  *#tallies(): Iterable<Tally> {
    yield this.#installation;
    yield* this.#accounts.values();
    yield* this.#connectors.values();
  }

  async #loadTree(): Promise<void> {
    const rows = await this.#sql<{ id: string; path: string[] }[]>`select id, path from accounts`;
    this.#paths = new Map(rows.map((row) => [row.id, row.path]));
    this.#pathsAt = performance.now();
  }
}

/** Keeps the second for who comes before the next one. */
export async function saveSnapshots(sql: Sql, second: Second): Promise<void> {
  const rows = [
    {
      account_id: GATEWAY_ACCOUNT,
      data: { ...second.installation, connectors: Object.fromEntries(second.connectors) },
    },
    ...[...second.accounts].map(([account_id, data]) => ({ account_id, data })),
  ];
  await sql`
    insert into metric_snapshots (account_id, at, data)
    select account_id, ${second.at}, data from json_to_recordset(${
    JSON.stringify(rows)
  }::text::json)
      as s(account_id uuid, data jsonb)
    on conflict (account_id) do update set at = excluded.at, data = excluded.data`;
}
