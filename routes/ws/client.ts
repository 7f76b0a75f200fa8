/**
 * A client over WebSocket: the sink of a subscription, and the one that understands its messages.
 * @module
 */
import type { Principal } from "../../services/auth/mod.ts";
import {
  AppError,
  ForbiddenError,
  UnauthenticatedError,
  ValidationError,
} from "../../services/errors/mod.ts";
import {
  type EndReason,
  type Hub,
  type Outgoing,
  parseChannels,
  type Sink,
  type Subscription,
} from "../../services/live/mod.ts";
import { logger } from "../../services/log/mod.ts";
import {
  type ClientMessage,
  CLOSE,
  errorMessage,
  LONGEST_MESSAGE,
  parseMessage,
} from "./protocol.ts";

/** What a client is made with. */
export interface ClientOptions {
  /** The name that the client gave itself in the address. */
  readonly name: string;
  readonly hub: Hub;
  /** Who it is, when that was known before the upgrade. */
  readonly principal: Principal | undefined;
  /** The token that was offered with the upgrade. */
  readonly token: string | undefined;
  /** @throws {UnauthenticatedError} when the token doesn't stand for anyone */
  authenticate(token: string): Promise<Principal>;
  /** Who the client of `principal` is by now; without it the principal stays what it was. */
  readonly recheck: (() => Promise<Principal>) | undefined;
}

const AUTH_DEADLINE_MS = 10_000;

// What the socket holds back beyond this, the hub waits for.
const BUFFER_LIMIT = 262_144;

// More than this in one minute is no use of the protocol.
const MESSAGES_A_MINUTE = 240;
const MOST_ERRORS = 20;

const ENDS: Readonly<Record<EndReason, readonly [code: number, reason: string]>> = {
  shutdown: [CLOSE.goingAway, "The server goes down; connect again"],
  stalled: [CLOSE.policy, "You took nothing for a minute"],
  unauthenticated: [CLOSE.unauthenticated, "Your session is over; sign in again"],
  unavailable: [CLOSE.tryAgain, "Not available now; connect again and go on from your last event"],
};

const log = logger("ws");

/** One object for each client; it listens to its socket itself. */
export class WebSocketClient implements Sink, EventListenerObject {
  readonly polled = true;
  readonly #socket: WebSocket;
  readonly #options: ClientOptions;
  #principal: Principal | undefined;
  #recheck: (() => Promise<Principal>) | undefined;
  #subscription: Subscription | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #minute = 0;
  #messages = 0;
  #errors = 0;
  /** Messages are worked off one after another: what follows `auth` waits for it. */
  #work: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, options: ClientOptions) {
    this.#socket = socket;
    this.#options = options;
    for (const event of ["open", "message", "close", "error"]) socket.addEventListener(event, this);
  }

  get ready(): boolean {
    return this.#socket.readyState === WebSocket.OPEN && this.#socket.bufferedAmount < BUFFER_LIMIT;
  }

  write(outgoing: Outgoing): void {
    for (const text of outgoing.ws()) this.#send(text);
  }

  close(reason: EndReason): void {
    this.#close(...ENDS[reason]);
  }

  handleEvent(event: Event): void {
    if (event.type === "open") this.#open();
    else if (event instanceof MessageEvent) this.#receive(event.data);
    else this.#leave(); // close, or an error that a close follows
  }

  #open(): void {
    const { principal, token, recheck } = this.#options;
    if (principal) {
      this.#welcome(principal, recheck);
    } else if (token !== undefined) {
      this.#enqueue(() => this.#authenticate(token));
    } else {
      this.#deadline = setTimeout(() => {
        this.#close(CLOSE.authLate, "No auth message came in time");
      }, AUTH_DEADLINE_MS);
    }
  }

  #receive(data: unknown): void {
    if (typeof data !== "string") {
      return this.#fail(
        new ValidationError("message", "Binary messages aren't understood; send text"),
      );
    }
    if (data.length > LONGEST_MESSAGE) {
      return this.#close(CLOSE.tooBig, `A message has at most ${LONGEST_MESSAGE} characters`);
    }
    const minute = Math.floor(performance.now() / 60_000);
    this.#messages = minute === this.#minute ? this.#messages + 1 : 1;
    this.#minute = minute;
    if (this.#messages > MESSAGES_A_MINUTE) {
      return this.#close(CLOSE.policy, `At most ${MESSAGES_A_MINUTE} messages a minute`);
    }
    try {
      const message = parseMessage(data);
      this.#enqueue(() => this.#handle(message));
    } catch (error) {
      this.#fail(error);
    }
  }

  async #handle(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case "ping":
        return this.#send('{"type":"pong"}');
      case "auth":
        return await this.#authenticate(message.token);
      case "subscribe":
        return this.#subscribe(this.#requirePrincipal(), message.channels, message.last_event_id);
      case "unsubscribe":
        this.#requirePrincipal();
        return this.#unsubscribe(message.channels);
    }
  }

  /** The first time it lets the client in; later it brings a fresh token of the same session. */
  async #authenticate(token: string): Promise<void> {
    try {
      const principal = await this.#options.authenticate(token);
      if (this.#principal && principal.userId !== this.#principal.userId) {
        throw new ForbiddenError("This connection is another user's; open a new one");
      }
      this.#welcome(principal, () => this.#options.authenticate(token));
    } catch (error) {
      this.#send(errorMessage(error));
      if (error instanceof UnauthenticatedError) {
        this.#close(CLOSE.unauthenticated, "Not signed in");
      } else if (!(error instanceof AppError)) throw error;
    }
  }

  #welcome(principal: Principal, recheck: (() => Promise<Principal>) | undefined): void {
    clearTimeout(this.#deadline);
    this.#principal = principal;
    this.#recheck = recheck;
    this.#send(JSON.stringify({ type: "ready", client: this.#options.name }));
  }

  #requirePrincipal(): Principal {
    if (this.#principal) return this.#principal;
    throw new UnauthenticatedError('Not signed in; send {"type":"auth","token":"..."} first');
  }

  #subscribe(principal: Principal, names: readonly string[], lastEventId?: string): void {
    const asked = parseChannels(names);
    const before = this.#subscription;
    if (before && lastEventId !== undefined) {
      throw new ValidationError("last_event_id", "Give it with the first subscribe only");
    }
    const channels = before ? parseChannels([...before.channels, ...asked]) : asked;
    if (before) before.setChannels(channels);
    else {
      this.#subscription = this.#options.hub.subscribe({
        subject: principal,
        channels,
        sink: this,
        lastEventId,
        recheck: () => this.#recheck?.() ?? Promise.resolve(principal),
      });
    }
    this.#send(JSON.stringify({ type: "subscribed", channels }));
    this.#subscription?.serve();
  }

  #unsubscribe(names: readonly string[]): void {
    const leaving = parseChannels(names);
    const subscription = this.#subscription;
    const channels = (subscription?.channels ?? []).filter((each) => !leaving.includes(each));
    subscription?.setChannels(channels);
    this.#send(JSON.stringify({ type: "subscribed", channels }));
  }

  #enqueue(work: () => void | Promise<void>): void {
    this.#work = this.#work.then(work).catch((error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (!(error instanceof AppError)) {
      log.error({ client: this.#options.name, err: error }, "A message could not be handled");
    }
    this.#send(errorMessage(error));
    this.#errors += 1;
    if (this.#errors >= MOST_ERRORS) this.#close(CLOSE.policy, "Too many errors");
  }

  #send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  #close(code: number, reason: string): void {
    this.#leave();
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(code, reason);
  }

  #leave(): void {
    clearTimeout(this.#deadline);
    this.#subscription?.leave();
  }
}
