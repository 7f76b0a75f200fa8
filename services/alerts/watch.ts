/**
 * Evaluates the rules each second: raises what has held for long enough, closes what is over.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import type { Condition, Incident, IncidentKind } from "./model.ts";
import { closedMessages, unboundConnectors } from "./observe.ts";
import {
  connectorConditions,
  deliveryConditions,
  isDue,
  type ObservedService,
  serviceConditions,
} from "./rules.ts";
import { closeIncident, openIncidents, raiseIncident } from "./store.ts";

/** A rate of a quarter of an hour doesn't change within a second. */
const RATE_EVERY_MS = 10_000;

/** What one evaluation changed. */
export interface Evaluated {
  readonly raised: readonly Incident[];
  readonly closed: readonly Incident[];
}

/** What conditions ask of the open incidents, for the kinds that were looked at. Pure. */
export function decide(
  open: readonly Incident[],
  conditions: readonly Condition[],
  looked: ReadonlySet<IncidentKind>,
  now: Date,
): { readonly raise: readonly Condition[]; readonly close: readonly Incident[] } {
  const keyOf = (each: { kind: string; subject: string }) => `${each.kind} ${each.subject}`;
  const opened = new Set(open.map(keyOf));
  const held = new Set(conditions.map(keyOf));
  return {
    raise: conditions.filter((each) => !opened.has(keyOf(each)) && isDue(each, now)),
    close: open.filter((each) => looked.has(each.kind) && !held.has(keyOf(each))),
  };
}

/** One for the holder of the lease `metrics`. All that must last is in PostgreSQL. */
export class AlertWatch {
  readonly #sql: Sql;
  #rateAt = -Infinity;
  #rateSince: Date | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Looks once. @param services every service that is watched, as it is now */
  async evaluate(now: Date, services: readonly ObservedService[]): Promise<Evaluated> {
    const [open, connectors] = await Promise.all([
      openIncidents(this.#sql),
      unboundConnectors(this.#sql),
    ]);
    const looked = new Set<IncidentKind>(["connector-down", "service-down"]);
    const conditions = [
      ...connectorConditions(connectors),
      ...serviceConditions(services),
    ];
    if (performance.now() - this.#rateAt >= RATE_EVERY_MS) {
      looked.add("delivery-rate");
      conditions.push(...await this.#rateConditions(open));
    }
    return await this.#apply(decide(open, conditions, looked, now), now);
  }

  /**
   * Files an incident that is over already: nobody could note that PostgreSQL was away while it was.
   */
  async noteOutage(service: string, from: Date, now: Date, reason: string): Promise<void> {
    const conditions = serviceConditions([
      { name: service, state: "down", since: from, seenAt: now, detail: reason },
    ]);
    const due = conditions.filter((condition) => isDue(condition, now));
    await this.#sql.begin(async (tx) => {
      for (const condition of due) {
        const incident = await raiseIncident(tx, condition, now);
        if (incident !== null) await closeIncident(tx, incident.id, now);
      }
    });
  }

  async #rateConditions(open: readonly Incident[]): Promise<Condition[]> {
    this.#rateAt = performance.now();
    const isOpen = open.some(({ kind }) => kind === "delivery-rate");
    const found = deliveryConditions(await closedMessages(this.#sql), this.#rateSince, isOpen);
    this.#rateSince = found[0]?.since;
    return found;
  }

  async #apply({ raise, close }: ReturnType<typeof decide>, now: Date): Promise<Evaluated> {
    if (raise.length === 0 && close.length === 0) return { raised: [], closed: [] };
    return await this.#sql.begin(async (tx) => {
      const raised: Incident[] = [];
      const closed: Incident[] = [];
      for (const condition of raise) {
        const incident = await raiseIncident(tx, condition, now);
        if (incident !== null) raised.push(incident);
      }
      for (const { id } of close) {
        const incident = await closeIncident(tx, id, now);
        if (incident !== null) closed.push(incident);
      }
      return { raised, closed };
    });
  }
}
