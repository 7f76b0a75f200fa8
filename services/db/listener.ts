/**
 * LISTEN on one connection, made again when it is lost.
 * @see https://www.postgresql.org/docs/12/sql-listen.html
 * @module
 */
// @ts-types="./pg.d.ts"
import pg from "pg";
import type { Client, ClientConfig } from "./pg.d.ts";
import { ConnectionError, isServerError } from "./failures.ts";

/** Between two attempts to connect again, in milliseconds: from the first to the last. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [50, 2_000];

interface Subscription {
  readonly channel: string;
  readonly onNotice: (payload: string) => void;
  readonly onListen: () => void;
}

/** What `listen` answers with. */
export interface Listening {
  unlisten(): Promise<void>;
}

/** The channels that a program listens to. */
export class Listener {
  readonly #config: ClientConfig;
  readonly #subscriptions = new Set<Subscription>();
  #client: Promise<Client> | undefined;
  #isClosed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  /**
   * Calls `onNotice` with the payload of each notice, and `onListen` whenever listening has begun:
   * what was told while the connection was lost is lost.
   * @throws {ConnectionError} when the first connection can't be made
   */
  async listen(
    channel: string,
    onNotice: (payload: string) => void,
    onListen: () => void = () => {},
  ): Promise<Listening> {
    const subscription = { channel, onNotice, onListen };
    this.#subscriptions.add(subscription);
    try {
      const client = await (this.#client ??= this.#connect());
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      this.#subscriptions.delete(subscription);
      throw isServerError(error) ? error : new ConnectionError(error);
    }
    onListen();
    return { unlisten: () => this.#unlisten(subscription) };
  }

  /** Stops listening to everything. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    try {
      await (await this.#client)?.end();
    } catch {
      // It never connected, or has gone.
    }
  }

  async #unlisten(subscription: Subscription): Promise<void> {
    this.#subscriptions.delete(subscription);
    const { channel } = subscription;
    if (this.#isClosed || [...this.#subscriptions].some((other) => other.channel === channel)) {
      return;
    }
    try {
      await (await this.#client)?.query(`unlisten ${pg.escapeIdentifier(channel)}`);
    } catch {
      // A lost connection listens to nothing.
    }
  }

  async #connect(): Promise<Client> {
    const client = new pg.Client(this.#config);
    client.on("error", () => {});
    client.on("notification", ({ channel, payload = "" }) => {
      for (const subscription of this.#subscriptions) {
        if (subscription.channel === channel) subscription.onNotice(payload);
      }
    });
    try {
      await client.connect();
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
    client.once("end", () => {
      this.#client = undefined;
      this.#connectAgain(FIRST_WAIT_MS);
    });
    return client;
  }

  #connectAgain(waitMs: number): void {
    clearTimeout(this.#retry);
    if (this.#isClosed || this.#subscriptions.size === 0) return;
    this.#retry = setTimeout(async () => {
      const subscriptions = [...this.#subscriptions];
      try {
        const client = await (this.#client ??= this.#connect());
        for (const channel of new Set(subscriptions.map((each) => each.channel))) {
          await client.query(`listen ${pg.escapeIdentifier(channel)}`);
        }
      } catch {
        if (this.#client === undefined) {
          this.#connectAgain(Math.min(2 * waitMs, LONGEST_WAIT_MS));
        }
        return;
      }
      for (const { onListen } of subscriptions) onListen();
    }, waitMs);
  }
}
