/**
 * The held jcli session: opened again whenever it breaks, read once a second, and used for one
 * command at a time.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { secretBox } from "../services/accounts/mod.ts";
import type { Config } from "../services/config/mod.ts";
import { isConnectionError, type Lease, type Sql, Wake } from "../services/db/mod.ts";
import { NotFoundError, UnavailableError } from "../services/errors/mod.ts";
import {
  closeInterrupted,
  COMMAND_CHANNEL,
  type ConnectorResult,
  connectorState,
  finishCommand,
  type GatewayCommand,
  type GatewayConsole,
  jasminConsole,
  JcliSession,
  saveConnectorConfig,
  saveSeenConnectors,
  saveServiceState,
  setUpGateway,
  takeCommand,
} from "../services/gateway/mod.ts";
import type { Logger } from "../services/log/mod.ts";
import { createHooks, hookSigner } from "../services/messages/mod.ts";

/** What a holder of the gateway's lease works with. */
export interface Held {
  readonly gateway: string;
  readonly config: Config;
  readonly sql: Sql;
  readonly lease: Lease;
  /** Aborts when the role stops or the lease is lost. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Tells what a transaction has left; never throws. */
  readonly tell: () => void;
}

const POLL_MS = 1_000;
const COMMAND_LOOK_MS = 500;
const LONGEST_RECONNECT_MS = 10_000;

/** A connector's keys are read again after this long, one connector in each round. */
const CONFIG_MS = 60_000;

/** An unchanged list of connectors is written again after this long, as a sign of life. */
const REFRESH_MS = 10_000;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // An abort ends the pause; the caller's loop looks at the signal.
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

/** Database trouble is logged and passes; anything else is the caller's. */
async function tolerateDatabase(log: Logger, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    log.warn({ err: error }, "The gateway's picture waits for the database");
  }
}

/** Keeps the keys of connectors whose keys were not read for long; the console gives no password. */
async function readConfigs(
  { gateway, sql, log, signal }: Held,
  console: GatewayConsole,
  cids: readonly string[],
  readAt: Map<string, number>,
): Promise<void> {
  const old = cids.find((cid) => performance.now() - (readAt.get(cid) ?? -Infinity) > CONFIG_MS);
  if (old === undefined) return;
  readAt.set(old, performance.now());
  try {
    const config = await console.connectors.show(old, { signal });
    await tolerateDatabase(log, () => saveConnectorConfig(sql, gateway, old, config));
  } catch (error) {
    // It was removed between the list and this.
    if (!(error instanceof NotFoundError)) throw error;
  }
}

async function pollConnectors(
  held: Held,
  console: GatewayConsole,
  release: string,
): Promise<void> {
  const { gateway, sql, tell, log, signal } = held;
  const readAt = new Map<string, number>();
  let last = "";
  let savedAt = -Infinity;
  while (!signal.aborted) {
    const seen = await console.connectors.list({ signal });
    const text = JSON.stringify(seen);
    if (text !== last || performance.now() - savedAt > REFRESH_MS) {
      await tolerateDatabase(log, async () => {
        if ((await saveSeenConnectors(sql, gateway, seen)).length > 0) tell();
        last = text;
        savedAt = performance.now();
      });
    }
    await tolerateDatabase(log, () => saveServiceState(sql, "jcli", "up", `Jasmin ${release}`));
    await readConfigs(held, console, seen.map(({ cid }) => cid), readAt);
    await pause(POLL_MS, signal);
  }
}

async function carryOut(
  console: GatewayConsole,
  command: GatewayCommand,
): Promise<ConnectorResult> {
  const { cid } = command;
  const action = command.name === "connector.start"
    ? console.connectors.start
    : command.name === "connector.stop"
    ? console.connectors.stop
    : console.connectors.restart;
  const reached = await action(cid);
  const state = connectorState(reached.service, reached.session);
  const wanted = command.name === "connector.stop" ? "stopped" : "bound";
  return { cid, state, session: reached.session, settled: state === wanted };
}

async function serveCommands(held: Held, console: GatewayConsole): Promise<void> {
  const { gateway, sql, lease, signal, log } = held;
  const wake = await Wake.on(sql, COMMAND_CHANNEL);
  try {
    while (!signal.aborted) {
      let taken: Awaited<ReturnType<typeof takeCommand>> = null;
      await tolerateDatabase(log, async () => {
        taken = await takeCommand(sql, gateway, lease.epoch);
      });
      if (taken === null) {
        await wake.wait(COMMAND_LOOK_MS, signal);
        continue;
      }
      const { id, command } = taken;
      const outcome = await carryOut(console, command).then(
        (result) => ({ result }),
        (error: unknown) => ({ error }),
      );
      await finishCommand(sql, id, outcome);
    }
  } finally {
    await wake.close();
  }
}

async function useSession(held: Held, session: JcliSession, moUrl: string): Promise<void> {
  const { config, sql, log, signal } = held;
  const console = jasminConsole(() => session);
  const ended = new AbortController();
  const inUse: Held = { ...held, signal: AbortSignal.any([signal, ended.signal]) };
  session.closed.then((reason) => ended.abort(reason));
  try {
    await setUpGateway({
      sql,
      box: secretBox(config.secretKey),
      console,
      httpUser: config.jasmin.httpUser,
      moUrl,
      log,
    });
  } catch (error) {
    if (error instanceof UnavailableError) throw error;
    // What the gateway refuses it refuses again: the session is of use without.
    log.error({ err: error }, "The gateway could not be set up for sending and MOs");
  }
  await Promise.all([
    pollConnectors(inUse, console, session.release).finally(() => ended.abort()),
    serveCommands(inUse, console).finally(() => ended.abort()),
  ]);
}

/** Holds the session until the signal; never throws for what the gateway does. */
export async function holdJcli(held: Held): Promise<void> {
  const { config, gateway, sql, lease, signal, log } = held;
  const closed = await closeInterrupted(sql, gateway, lease.epoch);
  if (closed > 0) log.warn({ commands: closed }, "Commands of the holder before were interrupted");
  const hooks = createHooks({
    sql,
    signer: await hookSigner(config.secretKey),
    hookUrl: config.hookUrl,
  });
  const moUrl = await hooks.moUrl();
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const session = await JcliSession.open({
        hostname: config.jasmin.host,
        port: config.jasmin.telnetPort,
        username: config.jasmin.username,
        password: config.jasmin.password,
        guard: () => lease.valid(),
        signal,
      });
      failures = 0;
      try {
        await useSession(held, session, moUrl);
      } finally {
        await session.close();
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ err: error }, "The jcli session broke");
      await tolerateDatabase(log, () => saveServiceState(sql, "jcli", "down", messageOf(error)));
    }
    await pause(Math.min(LONGEST_RECONNECT_MS, 500 * 2 ** Math.min(failures, 8)), signal);
  }
}
