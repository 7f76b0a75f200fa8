/**
 * Tells live what was committed. The truth is in PostgreSQL: what can't be told, because the stream
 * is away for too long, is logged and dropped, and screens get it with their next snapshot. (What
 * happens to connectors and alerts is not told here: it goes by the outbox, and is never dropped.)
 * @module
 */
import type { Logger } from "../log/mod.ts";
import type { AppliedTransition, MoMessage } from "../messages/mod.ts";
import { type Second, type ServiceLine, showService } from "../metrics/mod.ts";
import type { Stream } from "../stream/mod.ts";
import { type LiveEvent, publish } from "./publish.ts";

const FLUSH_PATIENCE_MS = 2_000;

/** One for each process or worker. */
export interface Announcer {
  readonly transitions: (transitions: readonly AppliedTransition[]) => void;
  readonly received: (messages: readonly MoMessage[]) => void;
  readonly second: (second: Second, services: readonly ServiceLine[]) => void;
  /** Resolves when everything is told or given up, or after 2 s: an end must not wait for a stream. */
  flush(): Promise<void>;
}

function transitionEvent(transition: AppliedTransition): LiveEvent {
  return {
    channel: "messages",
    event: "transition",
    data: {
      account_id: transition.accountId,
      id: transition.messageId,
      to: transition.recipient,
      state: transition.to,
      previous_state: transition.from,
      signal: transition.signal,
      correction: transition.correction,
      reason: transition.reason,
      connector: transition.connector,
      at: transition.at,
    },
  };
}

function receivedEvent(message: MoMessage): LiveEvent {
  return {
    channel: "messages",
    event: "received",
    data: {
      account_id: message.accountId,
      id: message.id,
      from: message.sender,
      to: message.recipient,
      text: message.body,
      connector: message.connector,
      at: message.receivedAt,
    },
  };
}

function secondEvents(second: Second, services: readonly ServiceLine[]): LiveEvent[] {
  const { at } = second;
  return [
    {
      channel: "metrics",
      event: "installation",
      data: {
        at,
        ...second.installation,
        connectors: Object.fromEntries(second.connectors),
        services: services.map(showService),
      },
    },
    ...[...second.accounts].map(([account_id, figures]): LiveEvent => ({
      channel: "metrics",
      event: "account",
      data: { account_id, at, ...figures },
    })),
  ];
}

export function announcer(stream: Stream, log: Logger): Announcer {
  const untold = new Set<Promise<void>>();
  const tell = (events: readonly LiveEvent[]): void => {
    if (events.length === 0) return;
    const telling: Promise<void> = publish(stream, events)
      .catch((error: unknown) => {
        log.warn({ err: error, events: events.length }, "Events could not be told live");
      })
      .finally(() => untold.delete(telling));
    untold.add(telling);
  };
  return {
    transitions: (transitions) => tell(transitions.map(transitionEvent)),
    received: (messages) => tell(messages.map(receivedEvent)),
    second: (second, services) => tell(secondEvents(second, services)),
    async flush() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, FLUSH_PATIENCE_MS));
      await Promise.race([Promise.all(untold), late]);
      clearTimeout(timer);
    },
  };
}
