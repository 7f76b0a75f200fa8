/**
 * The held jcli session: opened again whenever it breaks, read once a second, and used for one
 * command at a time.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { secretBox } from "../services/accounts/mod.ts";
import type { Config } from "../services/config/mod.ts";
import { type Lease, type Sql, Wake } from "../services/db/mod.ts";
import { UnavailableError } from "../services/errors/mod.ts";
import {
  carryOut,
  closeInterrupted,
  COMMAND_CHANNEL,
  type CommandWorld,
  finishCommand,
  type GatewayCommand,
  jasminConsole,
  JcliSession,
  NEEDS_OWN_SESSION,
  saveServiceState,
  setUpGateway,
  takeCommand,
} from "../services/gateway/mod.ts";
import type { Logger } from "../services/log/mod.ts";
import { createHooks, hookSigner } from "../services/messages/mod.ts";
import { GatewayPicture, tolerateDatabase } from "./gateway_picture.ts";

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

const COMMAND_LOOK_MS = 500;
const LONGEST_RECONNECT_MS = 10_000;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // An abort ends the pause; the caller's loop looks at the signal.
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

function openSession({ config, lease, signal }: Held): Promise<JcliSession> {
  return JcliSession.open({
    hostname: config.jasmin.host,
    port: config.jasmin.telnetPort,
    username: config.jasmin.username,
    password: config.jasmin.password,
    guard: () => lease.valid(),
    signal,
  });
}

/**
 * Carries a command out: steering over the held session; what persists over one of its own. Filters
 * and HTTP connectors live in a session since it was opened, and persisting writes them all: the
 * held session would write over what somebody else has persisted since.
 */
async function carryOutSafely(
  held: Held,
  world: CommandWorld,
  command: GatewayCommand,
): Promise<object> {
  if (!NEEDS_OWN_SESSION.has(command.name)) return await carryOut(world, command);
  const session = await openSession(held);
  try {
    const { keepConfig, refreshConnectors } = world;
    const console = jasminConsole(() => session);
    return await carryOut({ console, keepConfig, refreshConnectors }, command);
  } finally {
    await session.close();
  }
}

async function serveCommands(held: Held, world: CommandWorld): Promise<void> {
  const { gateway, config, sql, lease, signal, log } = held;
  const box = secretBox(config.secretKey);
  const wake = await Wake.on(sql, COMMAND_CHANNEL);
  try {
    while (!signal.aborted) {
      let taken: Awaited<ReturnType<typeof takeCommand>> = null;
      await tolerateDatabase(log, async () => {
        taken = await takeCommand(sql, box, gateway, lease.epoch);
      });
      if (taken === null) {
        await wake.wait(COMMAND_LOOK_MS, signal);
        continue;
      }
      const { id, command } = taken;
      const outcome = await carryOutSafely(held, world, command).then(
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
  const picture = new GatewayPicture(inUse, console, session.release);
  await Promise.all([
    picture.poll().finally(() => ended.abort()),
    serveCommands(inUse, picture).finally(() => ended.abort()),
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
      const session = await openSession(held);
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
