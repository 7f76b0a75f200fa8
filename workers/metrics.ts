/**
 * Role `metrics`: folds counts, tells the figures of each second, watches the services and the
 * rules of alerts. One holder in an installation does it; the others wait for its lease. Whatever
 * transactions left in the outbox every one of them tells.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { AlertWatch } from "../services/alerts/mod.ts";
import { acquireLease, isConnectionError, type Lease, type Sql, Wake } from "../services/db/mod.ts";
import { UnavailableError } from "../services/errors/mod.ts";
import { listServiceStates } from "../services/gateway/mod.ts";
import { type Announcer, announcer, OutboxTeller } from "../services/live/mod.ts";
import type { Logger } from "../services/log/mod.ts";
import {
  keepSecond,
  listProcesses,
  lostWorkers,
  markMeasured,
  MetricsRecorder,
  noteDatabaseBack,
  saveSnapshots,
  serviceLines,
  watchServices,
} from "../services/metrics/mod.ts";
import { OUTBOX_CHANNEL, type Stream } from "../services/stream/mod.ts";
import { openResources } from "./resources.ts";
import { runRole } from "./worker.ts";

const LEASE_MS = 5_000;
const SECOND_MS = 1_000;
const SERVICES_MS = 4_000;
/** A notice is lost with its connection; then this look finds what was left. */
const OUTBOX_LOOK_MS = 500;

/** What the holder of the lease works with. */
interface Held {
  readonly sql: Sql;
  readonly stream: Stream;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  readonly announce: Announcer;
  /** Tells what a transaction has left. */
  readonly tell: () => void;
}

/** Why the database was away, since when, and until when. */
interface Outage {
  readonly since: Date;
  readonly reason: string;
  until?: Date;
}

/** Later than this, somebody else held the lease and has told of it. */
const OUTAGE_OF_INTEREST_MS = 60_000;

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // An abort ends the pause; the caller's loop looks at the signal.
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

/** Waits for the next full second: timers may be early, and one second must not be told twice. */
async function nextSecond(last: number, signal: AbortSignal): Promise<number> {
  const next = Math.max(last, Math.floor(Date.now() / SECOND_MS)) + 1;
  while (Date.now() < next * SECOND_MS && !signal.aborted) {
    await pause(next * SECOND_MS - Date.now(), signal);
  }
  // A clock that was set back would make us wait for it to catch up.
  return Math.floor(Date.now() / SECOND_MS);
}

async function tellSeconds({ sql, lease, signal, announce, tell }: Held, watch: AlertWatch) {
  const recorder = new MetricsRecorder(sql);
  await recorder.load();
  let second = Math.floor(Date.now() / SECOND_MS);
  while (lease.valid() && !signal.aborted) {
    second = await nextSecond(second, signal);
    if (signal.aborted) return;
    const at = new Date(second * SECOND_MS);
    const tick = await recorder.tick(at);
    await Promise.all([saveSnapshots(sql, tick), keepSecond(sql, tick)]);
    const [states, processes] = await Promise.all([listServiceStates(sql), listProcesses(sql)]);
    announce.second(tick, serviceLines(states, processes));
    const seesConnectors = states.some(({ name, state }) => name === "jcli" && state === "up");
    await markMeasured(sql, seesConnectors ? ["figures", "jcli"] : ["figures"], at);
    const { raised, closed } = await watch.evaluate(at, [...states, ...lostWorkers(processes, at)]);
    if (raised.length + closed.length > 0) tell();
  }
}

async function watchAll({ sql, stream, lease, signal }: Held): Promise<void> {
  while (lease.valid() && !signal.aborted) {
    await watchServices(sql, stream);
    await pause(SERVICES_MS, signal);
  }
}

async function noteOutage(sql: Sql, { since, until, reason }: Outage): Promise<void> {
  if (until === undefined || Date.now() - until.getTime() > OUTAGE_OF_INTEREST_MS) return;
  await noteDatabaseBack(sql, reason);
  await new AlertWatch(sql).noteOutage("postgresql", since, until, reason);
}

async function hold(held: Held): Promise<void> {
  const watch = new AlertWatch(held.sql);
  // The end of one is the end of the other: the lease is lost, or the database is away.
  const ended = new AbortController();
  const inUse = { ...held, signal: AbortSignal.any([held.signal, ended.signal]) };
  await Promise.all([
    tellSeconds(inUse, watch).finally(() => ended.abort()),
    watchAll(inUse).finally(() => ended.abort()),
  ]);
}

async function tellLeft(sql: Sql, outbox: OutboxTeller, signal: AbortSignal): Promise<void> {
  const wake = await Wake.on(sql, OUTBOX_CHANNEL);
  while (!signal.aborted) {
    await wake.wait(OUTBOX_LOOK_MS, signal);
    outbox.tell();
    await outbox.idle();
  }
  await wake.close();
}

/** Begins again while the database is away. */
async function keepTelling(sql: Sql, outbox: OutboxTeller, signal: AbortSignal, log: Logger) {
  while (!signal.aborted) {
    try {
      await tellLeft(sql, outbox, signal);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      log.warn({ err: error }, "The outbox waits for the database");
      await pause(SECOND_MS, signal);
    }
  }
}

runRole("metrics", async ({ config, signal, log, ready, beat }) => {
  const { sql, stream, close } = openResources(config, "metrics", 6);
  const announce = announcer(stream, log);
  const outbox = new OutboxTeller(sql, stream, log);
  const tell = () => outbox.tell();
  const telling = keepTelling(sql, outbox, signal, log);
  ready();
  let outage: Outage | undefined;
  while (!signal.aborted) {
    try {
      await using lease = await acquireLease(sql, "metrics", crypto.randomUUID(), LEASE_MS);
      beat({ holder: lease !== null });
      if (outage !== undefined) outage.until ??= new Date();
      if (lease !== null) {
        if (outage !== undefined) await noteOutage(sql, outage);
        outage = undefined;
        await hold({ sql, stream, lease, signal, announce, tell });
      }
    } catch (error) {
      // Unavailable: it gave no answer in the time of a ping, which is no reason to die either.
      if (!isConnectionError(error) && !(error instanceof UnavailableError)) throw error;
      log.warn({ err: error }, "Figures wait for the database");
      outage ??= {
        since: new Date(),
        reason: error instanceof Error ? error.message : String(error),
      };
    }
    if (!signal.aborted) await pause(SECOND_MS, signal);
  }
  await telling;
  await Promise.all([announce.flush(), outbox.idle()]);
  await close();
});
