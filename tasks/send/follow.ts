/**
 * One message from its request to its end, as the API and the live events tell it.
 * @module
 */
import { z } from "zod";
import type { ApiClient } from "./api_client.ts";
import { type LiveEvent, liveEvents } from "./live.ts";

const timestamp = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A message as the API shows it; what is not told here is not read. */
const messageSchema = z.object({
  id: z.string(),
  to: z.string(),
  state: z.string(),
  state_since: timestamp,
  charset: z.string(),
  parts: z.number(),
  connector: z.string().nullable(),
  reason: z.string().nullable(),
  created_at: timestamp,
  final_at: timestamp.nullable(),
});
const lifeSchema = messageSchema.extend({
  transitions: z.array(z.object({ state: z.string(), at: timestamp })),
});
export type FollowedMessage = z.infer<typeof messageSchema>;
type Life = z.infer<typeof lifeSchema>;

const transitionSchema = z.object({
  type: z.literal("messages.transition"),
  data: z.object({
    id: z.string(),
    state: z.string(),
    at: timestamp,
    reason: z.string().nullish(),
    connector: z.string().nullish(),
  }),
});
type Transition = z.infer<typeof transitionSchema>["data"];

/** The API's states that nothing but a late receipt changes. */
const FINAL_STATES = ["delivered", "undelivered", "expired", "rejected", "failed", "unconfirmed"];

/** What is sent. */
export interface FollowRequest {
  readonly to: string;
  readonly text: string;
  readonly from: string | undefined;
}

/** Where what happens is told. */
export interface FollowReport {
  /** The service took the message. */
  readonly taken: (message: FollowedMessage) => void;
  /** It came to a state, so many milliseconds after its birth; told in the order of time. */
  readonly moved: (
    state: string,
    afterMs: number,
    more: { readonly reason: string | null; readonly connector: string | null },
  ) => void;
  /** The live connection was lost and is made again. */
  readonly cut: () => void;
}

/** How it ended: with a final state, or with the last one when the time was up. */
export interface Followed {
  readonly message: FollowedMessage;
  readonly final: boolean;
}

/** For the last look, after the time is up. */
const LAST_LOOK_MS = 5_000;

/** Parses what a live event carries; undefined when it is no transition of a message. */
export function transitionOf(data: string): Transition | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  const parsed = transitionSchema.safeParse(value);
  return parsed.success ? parsed.data.data : undefined;
}

/** Several processes tell of one message; what one of them tells late is put in its place. */
const HOLD_MS = 200;

/** Tells each move once, in the order of their times, whichever way it was heard of. */
class Teller {
  readonly #bornAt: number;
  readonly #report: FollowReport;
  readonly #known = new Set<string>();
  #held: Omit<Transition, "id">[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;

  constructor(bornAt: number, report: FollowReport) {
    this.#bornAt = bornAt;
    this.#report = report;
  }

  /** Takes a move; it is told in a moment. */
  hear(move: Omit<Transition, "id">): void {
    const key = `${move.state} ${move.at}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#held.push(move);
    this.#lastAt = Math.max(this.#lastAt, move.at);
    this.#timer ??= setTimeout(() => this.flush(), HOLD_MS);
  }

  /** Takes what the message's life has beyond the last move that was heard of. */
  hearLife({ transitions }: Life): void {
    const heardUntil = this.#lastAt;
    for (const { state, at } of transitions) {
      if (at > heardUntil) this.hear({ state, at });
    }
  }

  /** Tells what is held back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { state, at, reason, connector } of this.#held.sort((a, b) => a.at - b.at)) {
      this.#report.moved(state, Math.max(0, at - this.#bornAt), {
        reason: reason ?? null,
        connector: connector ?? null,
      });
    }
    this.#held = [];
  }
}

/**
 * Listens first, sends then, and follows the message to its end.
 * @param signal ends it: the last state is then asked for once more
 * @throws {Problem} when the service refuses
 */
export async function follow(
  client: ApiClient,
  request: FollowRequest,
  report: FollowReport,
  signal: AbortSignal,
): Promise<Followed> {
  const stop = new AbortController();
  const listening = AbortSignal.any([signal, stop.signal]);
  const events = liveEvents(client, "messages", { signal: listening, onCut: report.cut });
  let taken: FollowedMessage | undefined;
  let teller: Teller | undefined;
  try {
    // The first thing that a new subscriber is told: from here on nothing is missed.
    await events.next();
    taken = await send(client, request, signal);
    report.taken(taken);
    teller = new Teller(taken.created_at, report);
    teller.hear({ state: "queued", at: taken.created_at });
    return { message: await endOf(taken.id, { client, events, teller, signal }), final: true };
  } catch (error) {
    if (!signal.aborted || taken === undefined) throw error;
    const life = await readLife(client, taken.id, AbortSignal.timeout(LAST_LOOK_MS))
      .catch(() => null);
    if (life !== null) teller?.hearLife(life);
    const message = life ?? taken;
    return { message, final: message.final_at !== null };
  } finally {
    teller?.flush();
    stop.abort();
  }
}

/** Hears the message's moves up to a final one, and reads it then. */
async function endOf(
  id: string,
  { client, events, teller, signal }: {
    readonly client: ApiClient;
    readonly events: AsyncIterable<LiveEvent>;
    readonly teller: Teller;
    readonly signal: AbortSignal;
  },
): Promise<FollowedMessage> {
  for await (const { type, data } of events) {
    const transition = type === "messages" ? transitionOf(data) : undefined;
    if (transition?.id === id) teller.hear(transition);
    const ended = transition?.id === id && FINAL_STATES.includes(transition.state);
    // After a gap only the message itself knows what was missed; after a long silence too, for a
    // service whose stream was away tells nothing of that time later.
    if (!ended && type !== "gap" && type !== "heartbeat") continue;
    const life = await readLife(client, id, signal);
    teller.hearLife(life);
    if (life.final_at !== null) return life;
  }
  throw new Error("Live events end only with their signal");
}

async function readLife(client: ApiClient, id: string, signal: AbortSignal): Promise<Life> {
  return lifeSchema.parse(await client.json(`/api/v1/messages/${id}`, { signal }));
}

async function send(
  client: ApiClient,
  { to, text, from }: FollowRequest,
  signal: AbortSignal,
): Promise<FollowedMessage> {
  return messageSchema.parse(
    await client.json("/api/v1/messages/send", {
      method: "POST",
      headers: { "idempotency-key": crypto.randomUUID() },
      body: { to, text, ...(from === undefined ? {} : { from }) },
      signal,
    }),
  );
}
