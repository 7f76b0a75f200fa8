/**
 * An entry of the stream `live`, ready to be sent.
 * @module
 */
import type { Entry } from "../stream/mod.ts";
import { type Channel, INSTALLATION_FIELDS, isChannel, RULES } from "./channels.ts";
import { formatEventId } from "./event_id.ts";
import { sseEvent } from "./outgoing.ts";

/** The encodings of one entry for one kind of viewer. */
interface Encoded {
  sse?: Uint8Array;
  ws?: string;
}

/** One live event; encoded on demand, once with and once without what only the installation sees. */
export class LiveItem {
  readonly id: string;
  readonly channel: Channel;
  readonly accountId: string | null;
  /** Which later entry makes this one needless; undefined when none may. */
  readonly replaces: string | undefined;
  /** Set when such an entry came. */
  superseded = false;
  readonly #epoch: string;
  readonly #event: string;
  readonly #data: string;
  readonly #full: Encoded = {};
  #restricted: Encoded | undefined;

  private constructor(
    epoch: string,
    entry: Entry,
    channel: Channel,
    data: Readonly<Record<string, unknown>>,
  ) {
    const accountId = typeof data["account_id"] === "string" ? data["account_id"] : null;
    this.id = entry.id;
    this.channel = channel;
    this.accountId = accountId;
    this.replaces = RULES[channel].skippable ? `${entry.type} ${accountId ?? ""}` : undefined;
    this.#epoch = epoch;
    this.#event = entry.type;
    // Line breaks are legal between JSON's tokens, and would end the line of an event stream.
    this.#data = /[\r\n]/.test(entry.data) ? JSON.stringify(data) : entry.data;
    // A viewer that is told less shares the encoding when there is nothing to leave out.
    if (!INSTALLATION_FIELDS.some((field) => field in data)) this.#restricted = this.#full;
  }

  /** Undefined when the entry isn't a live event: another program may write to the stream. */
  static fromEntry(epoch: string, entry: Entry): LiveItem | undefined {
    const channel = entry.type.split(".", 1)[0] ?? "";
    const data = parseObject(entry.data);
    if (!isChannel(channel) || data === undefined) return undefined;
    return new LiveItem(epoch, entry, channel, data);
  }

  /** The size of the data, for bounds. */
  get size(): number {
    return this.#data.length;
  }

  /** The event for an event stream. */
  sse(seesInstallation: boolean): Uint8Array {
    const encoded = this.#encoded(seesInstallation);
    return encoded.sse ??= sseEvent(
      this.channel,
      `{"type":${JSON.stringify(this.#event)},"data":${this.#text(seesInstallation)}}`,
      { epoch: this.#epoch, id: this.id },
    );
  }

  /** The message for a WebSocket. */
  ws(seesInstallation: boolean): string {
    const encoded = this.#encoded(seesInstallation);
    return encoded.ws ??= `{"type":"event","id":"${
      formatEventId({ epoch: this.#epoch, id: this.id })
    }","channel":"${this.channel}","event":${JSON.stringify(this.#event)},"data":${
      this.#text(seesInstallation)
    }}`;
  }

  #encoded(seesInstallation: boolean): Encoded {
    return seesInstallation ? this.#full : this.#restricted ??= {};
  }

  #text(seesInstallation: boolean): string {
    if (seesInstallation || this.#restricted === this.#full) return this.#data;
    const data = { ...parseObject(this.#data) };
    for (const field of INSTALLATION_FIELDS) delete data[field];
    return JSON.stringify(data);
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return value as Record<string, unknown>; // JSON objects have nothing but string keys
  } catch {
    return undefined;
  }
}
