/// <reference lib="dom" />
/**
 * The page's one connection to `GET /events`, shared by all its islands. The browser itself goes on
 * from the last event after a cut; what it can't do is done here: one connection for the channels
 * of all islands, another try when the server refused, and word of what was missed.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @module
 */
import { effect } from "@preact/signals";
import type { Channel } from "../services/live/channels.ts";
import { heard, heardAt, keepClock, online, tryNow } from "./live_clock.ts";
import type { LiveEvent, LivePresent } from "./live_events.ts";

/** An island that wants to hear. */
export interface LiveListener {
  /** Channels that this user may read. */
  readonly channels: readonly Channel[];
  /** Something happened. What is told of connectors and alerts may be told twice. */
  readonly event?: (event: LiveEvent) => void;
  /**
   * The present state, after events were missed or for who gave no position; channels without a
   * present state (messages, alerts) are not in it.
   */
  readonly present?: (state: LivePresent) => void;
  /** Events were missed: ask again for what has no present state. */
  readonly missed?: () => void;
}

/** As much of an EventSource as is used. */
export interface Source {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

/** What a stream is made of; tests give their own. */
export interface StreamParts {
  readonly open: (url: string) => Source;
  /** Says what the server answers to a connection that was refused: its status, 0 for none. */
  readonly statusOf: (url: string) => Promise<number>;
  /** Called when the session is over. */
  readonly signedOut: () => void;
  /** The first wait after a refusal. @default 2_000 */
  readonly firstWaitMs?: number;
}

const CLOSED = 2;

/** Islands come to life one after the other; they are waited for, so that one connection does. */
const GATHER_MS = 40;

/** Islands that come to life later than that were not on the page when the server read it. */
const EARLY_MS = 5_000;
const MOST_EARLY = 1_000;

/** Waits between tries after a refusal. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

/** How often the line is looked at. */
const LOOK_MS = 1_000;

/** Where figures come each second, a silence of this length means that the line is dead. */
const DEAD_AFTER_MS = 20_000;

/** One connection for many listeners. */
export class LiveStream {
  readonly #parts: StreamParts;
  readonly #listeners = new Set<LiveListener>();
  #path = "/events";
  #source: Source | undefined;
  #channels: readonly Channel[] = [];
  #lastId: string | null = null;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #wait: number;
  #openedAt = 0;
  /** What was told before all islands were there: those that come are told it too. */
  #early: LiveEvent[] | null = [];
  /** Whether figures come each second, so that silence means something. */
  #ticks = false;

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.#wait = parts.firstWaitMs ?? FIRST_WAIT_MS;
  }

  /** Reads another stream than `/events`, such as a wall display's; before anyone follows. */
  readFrom(path: string): void {
    this.#path = path;
  }

  /**
   * Hears what happens, until the function that it answers is called.
   * @param from the position at which the server read what the page shows: what happened since comes
   */
  follow(listener: LiveListener, from: string | null = null): () => void {
    this.#listeners.add(listener);
    if (from !== null) { for (const event of this.#early ?? []) tell(listener, event); }
    // Of several positions the first is as good as any: events are told to all listeners.
    if (this.#source === undefined) this.#lastId ??= from;
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => this.#gather(), GATHER_MS);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** Looks whether the line is alive; once a second. */
  look(at: number): void {
    const source = this.#source;
    if (source === undefined) return;
    if (source.readyState === CLOSED) return this.#refused();
    const last = Math.max(heardAt.peek() ?? 0, this.#openedAt);
    if (!this.#ticks) {
      // Nothing needs to come for a quiet account: an open line is a living one.
      if (source.readyState === 1) heard();
    } else if (at - last > DEAD_AFTER_MS) this.#reopen();
  }

  /** Connects at once, without waiting for the next try. */
  tryNow(): void {
    if (this.#listeners.size > 0) this.#reopen();
  }

  /** Cuts the line; who follows again opens it. */
  close(): void {
    clearTimeout(this.#gathering);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#source?.close();
    this.#source = undefined;
  }

  #gather(): void {
    const wanted = [...new Set([...this.#listeners].flatMap(({ channels }) => channels))].sort();
    if (this.#source !== undefined) {
      if (wanted.every((channel) => this.#channels.includes(channel))) return;
      // A position is of all channels: the new ones would have no state, so all get it anew.
      this.#lastId = null;
      for (const { missed } of this.#listeners) missed?.();
    }
    this.#channels = wanted;
    if (wanted.length > 0) this.#reopen();
  }

  #url(): string {
    const query = new URLSearchParams({ channels: this.#channels.join(",") });
    if (this.#lastId !== null) query.set("last_event_id", this.#lastId);
    return `${this.#path}?${query}`;
  }

  #reopen(): void {
    this.close();
    this.#openedAt = Date.now();
    const source = this.#parts.open(this.#url());
    this.#source = source;
    const on = (type: string, act: (data: string) => void) =>
      source.addEventListener(type, ({ data, lastEventId }) => {
        if (source !== this.#source) return;
        if (lastEventId !== "") this.#lastId = lastEventId;
        act(data);
      });
    for (const channel of this.#channels) on(channel, (data) => this.#event(data));
    on("snapshot", (data) => this.#present(data));
    on("gap", () => {
      heard();
      for (const { missed } of this.#listeners) missed?.();
    });
    source.addEventListener("open", () => {
      this.#wait = this.#parts.firstWaitMs ?? FIRST_WAIT_MS;
      heard();
    });
  }

  #event(data: string): void {
    // The server's own words; `live_events.ts` says them.
    const event = JSON.parse(data) as LiveEvent;
    if (event.type === "metrics.installation") {
      this.#ticks = true;
      heard(new Date(event.data.at));
    } else heard();
    if (this.#early !== null) this.#keepEarly(event);
    for (const listener of this.#listeners) tell(listener, event);
  }

  #keepEarly(event: LiveEvent): void {
    const isOver = Date.now() - this.#openedAt > EARLY_MS ||
      (this.#early?.length ?? 0) > MOST_EARLY;
    if (isOver) this.#early = null;
    else this.#early?.push(event);
  }

  #present(data: string): void {
    const state = JSON.parse(data) as LivePresent; // as above
    heard();
    for (const { present } of this.#listeners) present?.(state);
  }

  /** The server refused, so the browser gave up. Who is not signed in any more is told so. */
  #refused(): void {
    if (this.#retry !== undefined) return;
    this.#retry = setTimeout(async () => {
      const status = await this.#parts.statusOf(this.#url());
      this.#retry = undefined;
      if (status === 401) this.#parts.signedOut();
      else if (this.#listeners.size > 0) this.#reopen();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}

function tell(listener: LiveListener, event: LiveEvent): void {
  const channel = event.type.split(".", 1)[0];
  if (listener.channels.some((one) => one === channel)) listener.event?.(event);
}

async function statusOf(url: string): Promise<number> {
  const cut = new AbortController();
  try {
    return (await fetch(url, { signal: cut.signal })).status;
  } catch {
    return 0;
  } finally {
    cut.abort();
  }
}

let shared: LiveStream | undefined;

function sharedStream(): LiveStream {
  if (shared !== undefined) return shared;
  const stream = new LiveStream({
    open: (url) => new EventSource(url),
    statusOf,
    // The sign-in knows the way back.
    signedOut: () => location.reload(),
  });
  shared = stream;
  keepClock();
  setInterval(() => stream.look(Date.now()), LOOK_MS);
  let asked = tryNow.peek();
  effect(() => {
    if (tryNow.value === asked) return;
    asked = tryNow.value;
    stream.tryNow();
  });
  let was = online.peek();
  effect(() => {
    if (online.value && !was) stream.tryNow();
    was = online.value;
  });
  // A page that is kept for "back" must not hold a line, and comes back with the present.
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", ({ persisted }) => persisted && stream.tryNow());
  return stream;
}

/** Hears what happens, by the page's one connection; see `LiveStream.follow`. In the browser only. */
export function follow(listener: LiveListener, from: string | null = null): () => void {
  return sharedStream().follow(listener, from);
}

/** Makes the page read another stream than `/events`; before anyone follows. */
export function readFrom(path: string): void {
  sharedStream().readFrom(path);
}
