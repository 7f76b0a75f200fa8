/**
 * PostgreSQL's picture of the gateway, kept fresh from the held session.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { isConnectionError } from "../services/db/mod.ts";
import { NotFoundError } from "../services/errors/mod.ts";
import {
  type CommandWorld,
  type ConnectorConfig,
  type GatewayConsole,
  saveConnectorConfig,
  saveSeenConnectors,
  saveServiceState,
} from "../services/gateway/mod.ts";
import type { Logger } from "../services/log/mod.ts";
import type { Held } from "./gateway_jcli.ts";

const POLL_MS = 1_000;

/** A connector's keys are read again after this long, one connector in each round. */
const CONFIG_MS = 60_000;

/** An unchanged list of connectors is written again after this long, as a sign of life. */
const REFRESH_MS = 10_000;

/** Database trouble is logged and passes; anything else is the caller's. */
export async function tolerateDatabase(log: Logger, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    log.warn({ err: error }, "The gateway's picture waits for the database");
  }
}

/** Reads and keeps; also between two polls, when a command has changed something. */
export class GatewayPicture implements CommandWorld {
  readonly console: GatewayConsole;
  readonly #held: Held;
  readonly #release: string;
  readonly #configReadAt = new Map<string, number>();
  #last = "";
  #savedAt = -Infinity;
  /** One look after the other: an older list must not be kept over a newer one. */
  #looking: Promise<unknown> = Promise.resolve();

  constructor(held: Held, console: GatewayConsole, release: string) {
    this.#held = held;
    this.console = console;
    this.#release = release;
  }

  readonly refreshConnectors = async (): Promise<void> => {
    await this.#look();
  };

  readonly keepConfig = async (config: ConnectorConfig): Promise<void> => {
    const { gateway, log, sql } = this.#held;
    this.#configReadAt.set(config.cid, performance.now());
    await tolerateDatabase(log, () => saveConnectorConfig(sql, gateway, config.cid, config));
  };

  /** Looks each second until the signal. @throws when the session breaks */
  async poll(): Promise<void> {
    const { sql, log, signal } = this.#held;
    while (!signal.aborted) {
      const cids = await this.#look();
      await tolerateDatabase(
        log,
        () => saveServiceState(sql, "jcli", "up", `Jasmin ${this.#release}`),
      );
      await this.#readConfig(cids);
      // An abort ends the pause; the loop looks at the signal.
      await setTimeout(POLL_MS, undefined, { signal }).catch(() => {});
    }
  }

  #look(): Promise<readonly string[]> {
    const looked = this.#looking.then(() => this.#lookOnce());
    this.#looking = looked.catch(() => {});
    return looked;
  }

  async #lookOnce(): Promise<readonly string[]> {
    const { gateway, sql, tell, log, signal } = this.#held;
    const seen = await this.console.connectors.list({ signal });
    const text = JSON.stringify(seen);
    if (text !== this.#last || performance.now() - this.#savedAt > REFRESH_MS) {
      await tolerateDatabase(log, async () => {
        if ((await saveSeenConnectors(sql, gateway, seen)).length > 0) tell();
        this.#last = text;
        this.#savedAt = performance.now();
      });
    }
    return seen.map(({ cid }) => cid);
  }

  /** Keeps the keys of one whose keys were not read for long; the console gives no password. */
  async #readConfig(cids: readonly string[]): Promise<void> {
    const old = cids.find((cid) =>
      performance.now() - (this.#configReadAt.get(cid) ?? -Infinity) > CONFIG_MS
    );
    if (old === undefined) return;
    try {
      await this.keepConfig(
        await this.console.connectors.show(old, { signal: this.#held.signal }),
      );
    } catch (error) {
      // It was removed between the list and this.
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
}
