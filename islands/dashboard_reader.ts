/**
 * Keeps a dashboard's state up with the live stream, and reads it anew where the stream can't tell
 * what was missed.
 * @module
 */
import type { Channel } from "../services/live/channels.ts";
import {
  addsHole,
  applyEvent,
  applyPresent,
  type DashboardState,
  type LatestMessage,
  passQuietly,
} from "../components/dashboard/state.ts";
import { follow, type LiveEvent } from "./live.ts";

/** A dashboard as the server read it. */
export interface DashboardRead {
  readonly state: DashboardState;
  /** The live stream's position before it was read. */
  readonly position: string | null;
  /** When it was read, by the server's clock, in ms. */
  readonly readAt: number;
}

/** How often the latest messages are asked for: each of them is no event for a screen, in ms. */
const MESSAGES_EVERY_MS = 3_000;

/** A read that failed is tried again after so long, in ms. */
const AGAIN_MS = 2_000;

/** One a page. */
export class DashboardReader {
  readonly #set: (state: DashboardState) => void;
  readonly #url: string;
  #state: DashboardState;
  readonly #position: string | null;
  /** What came while the state is read anew; undefined while it isn't. */
  #meanwhile: LiveEvent[] | undefined;
  #stopped = false;

  /** @param url where the page's state is read as JSON */
  constructor(
    read: DashboardRead,
    set: (state: DashboardState) => void,
    url: string = location.pathname,
  ) {
    this.#state = read.state;
    this.#position = read.position;
    this.#set = set;
    this.#url = url;
  }

  /** Follows the stream until the function that it answers is called. */
  start(channels: readonly Channel[]): () => void {
    const leave = follow({
      channels: channels.filter((channel) => channel !== "messages"),
      event: (event) => this.#hear(event),
      present: (present) => this.#become(applyPresent(this.#state, present)),
      missed: () => void this.#readAgain(),
    }, this.#position);
    const timer = channels.includes("messages")
      ? setInterval(() => void this.#readMessages(), MESSAGES_EVERY_MS)
      : undefined;
    return () => {
      this.#stopped = true;
      clearInterval(timer);
      leave();
    };
  }

  /** Moves a quiet account on to this second. */
  passQuietly(second: number): void {
    this.#become(passQuietly(this.#state, second));
  }

  #become(state: DashboardState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#set(state);
  }

  #hear(event: LiveEvent): void {
    this.#meanwhile?.push(event);
    const hole = addsHole(this.#state, event);
    this.#become(applyEvent(this.#state, event));
    // Figures that came while the line was cut are not told again; the server has them.
    if (hole) void this.#readAgain();
  }

  async #readAgain(): Promise<void> {
    if (this.#meanwhile !== undefined) return;
    const meanwhile: LiveEvent[] = [];
    this.#meanwhile = meanwhile;
    const read = await this.#read<DashboardRead>("");
    this.#meanwhile = undefined;
    if (this.#stopped) return;
    if (read !== null) this.#become(meanwhile.reduce(applyEvent, read.state));
    else setTimeout(() => !this.#stopped && void this.#readAgain(), AGAIN_MS);
  }

  async #readMessages(): Promise<void> {
    // What the reader is about to press stays where it is.
    const held = document.querySelector("#latest:hover, #latest:focus-within") !== null;
    if (document.hidden || held || this.#meanwhile !== undefined) return;
    const read = await this.#read<{ messages: readonly LatestMessage[] }>("?part=messages");
    if (read !== null && !this.#stopped) {
      this.#become({ ...this.#state, messages: read.messages });
    }
  }

  async #read<Body>(query: string): Promise<Body | null> {
    try {
      const response = await fetch(`${this.#url}${query}`, {
        headers: { accept: "application/json" },
      });
      // Our own server's words, in the types that it wrote them from.
      return response.ok ? await response.json() as Body : null;
    } catch {
      return null; // offline: the connection's state says so already
    }
  }
}
