/**
 * Subscribers that see the same: what they are sent is put together once for all of them.
 * @module
 */
import type { Position } from "../stream/mod.ts";
import { type Channel, CHANNELS, sees, type Viewer } from "./channels.ts";
import type { LiveItem } from "./item.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Ring } from "./ring.ts";

/** The bytes that one write carries at most, unless one entry alone is longer. */
const WRITE_LIMIT = 65_536;

/** Entries of the ring for one audience, and where the next ones begin. */
export interface Portion {
  readonly nextSeq: number;
  /** The id of the last entry passed, seen by the audience or not. */
  readonly lastId: string;
  /** Undefined when the audience sees none of them. */
  readonly outgoing: Outgoing | undefined;
}

/** A snapshot shared by an audience, and the position that it was taken after. */
export interface SharedSnapshot {
  readonly position: Position;
  readonly outgoing: Outgoing;
}

/** Channels and viewer of a group of subscribers. */
export class Audience {
  readonly key: string;
  readonly channels: readonly Channel[];
  readonly viewer: Viewer;
  /** How many subscribers it has; the hub forgets an audience without any. */
  members = 0;
  #cachedFrom = -1;
  #cachedHead = -1;
  #cached: Portion | undefined;

  /** @param key `audienceKey` of the same */
  constructor(key: string, channels: readonly Channel[], viewer: Viewer) {
    this.key = key;
    this.channels = channels;
    this.viewer = viewer;
  }

  /** Whether its subscribers are told this. */
  wants(item: LiveItem): boolean {
    return this.channels.includes(item.channel) && sees(this.viewer, item.channel, item.accountId);
  }

  /**
   * What follows a number in the ring, as much as one write carries. Asked again for the same, it
   * answers with the same bytes.
   */
  portion(ring: Ring, fromSeq: number): Portion {
    if (this.#cached && this.#cachedFrom === fromSeq && this.#cachedHead === ring.nextSeq) {
      return this.#cached;
    }
    const items: LiveItem[] = [];
    let size = 0;
    let seq = fromSeq;
    for (; seq < ring.nextSeq && size < WRITE_LIMIT; seq++) {
      const item = ring.at(seq);
      if (item.superseded || !this.wants(item)) continue;
      items.push(item);
      size += item.size;
    }
    this.#cached = {
      nextSeq: seq,
      lastId: seq === ring.nextSeq ? ring.head.id : ring.at(seq - 1).id,
      outgoing: bundle(items, this.viewer.seesInstallation),
    };
    this.#cachedFrom = fromSeq;
    this.#cachedHead = ring.nextSeq;
    return this.#cached;
  }

  /** The entries of a page that its subscribers are told, as one piece. */
  page(items: readonly LiveItem[]): Outgoing | undefined {
    const wanted = items.filter((item) => !item.superseded && this.wants(item));
    return bundle(wanted, this.viewer.seesInstallation);
  }
}

/** Equal for subscribers that see the same. */
export function audienceKey(
  channels: readonly Channel[],
  { scope, seesInstallation }: Viewer,
): string {
  const mask = channels.reduce((bits, channel) => bits | 1 << CHANNELS.indexOf(channel), 0);
  const accounts = scope.kind === "all" ? "*" : [...scope.ids].sort().join(",");
  return `${mask}${seesInstallation ? "+" : "-"}${accounts}`;
}

function bundle(items: readonly LiveItem[], seesInstallation: boolean): Outgoing | undefined {
  const [only] = items;
  if (!only) return undefined;
  let bytes: Uint8Array | undefined;
  let texts: readonly string[] | undefined;
  return {
    sse: () =>
      bytes ??= items.length === 1
        ? only.sse(seesInstallation)
        : concat(items.map((item) => item.sse(seesInstallation))),
    ws: () => texts ??= items.map((item) => item.ws(seesInstallation)),
  };
}

/** Joins chunks. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
