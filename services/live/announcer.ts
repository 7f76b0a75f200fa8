/**
 * Tells live what was committed. The truth is in PostgreSQL: what can't be told, because the stream
 * is away for too long, is logged and dropped, and screens get it with their next snapshot.
 * @module
 */
import type { ConnectorChange } from "../gateway/mod.ts";
import type { Logger } from "../log/mod.ts";
import type { AppliedTransition, MoMessage } from "../messages/mod.ts";
import type { Second } from "../metrics/mod.ts";
import type { Stream } from "../stream/mod.ts";
import { type LiveEvent, publish } from "./publish.ts";

/** One for each process or worker. */
export interface Announcer {
  readonly transitions: (transitions: readonly AppliedTransition[]) => void;
  readonly received: (messages: readonly MoMessage[]) => void;
  readonly connectors: (changes: readonly ConnectorChange[]) => void;
  readonly second: (second: Second) => void;
  /** Resolves when everything is told, or given up. */
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

function connectorEvent(change: ConnectorChange): LiveEvent {
  return {
    channel: "connectors",
    event: "state",
    data: {
      cid: change.cid,
      state: change.to,
      previous_state: change.from,
      session: change.session,
      at: change.at,
    },
  };
}

function secondEvents(second: Second): LiveEvent[] {
  const { at } = second;
  return [
    {
      channel: "metrics",
      event: "installation",
      data: { at, ...second.installation, connectors: Object.fromEntries(second.connectors) },
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
    connectors: (changes) => tell(changes.map(connectorEvent)),
    second: (second) => tell(secondEvents(second)),
    async flush() {
      await Promise.all(untold);
    },
  };
}
