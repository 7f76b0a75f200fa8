/**
 * The messages of an installation, as routes call them.
 * @module
 */
import type { Scope } from "../accounts/mod.ts";
import { NotFoundError } from "../errors/mod.ts";
import { lifeOf, type LifeStep } from "./life.ts";
import type { Message, MoMessage } from "./model.ts";
import {
  type SendContext,
  type SendDeps,
  sendMessage,
  type SendRequest,
  type SendResult,
} from "./send.ts";
import {
  findMessage,
  listEvents,
  listMessages,
  listMoMessages,
  type MessageFilter,
  type Page,
} from "./store.ts";

/** Where a page of a list begins, and how long it is (1 to 200). */
export interface PageRequest {
  readonly cursor?: string;
  readonly limit: number;
}

export interface Messages {
  /** Queues a message. @throws as `sendMessage` */
  send(context: SendContext, request: SendRequest): Promise<SendResult>;
  list(scope: Scope, filter: MessageFilter, page: PageRequest): Promise<Page<Message>>;
  /** @throws {NotFoundError} when the caller has no such message */
  read(scope: Scope, id: string): Promise<{ message: Message; life: readonly LifeStep[] }>;
  inbox(scope: Scope, page: PageRequest): Promise<Page<MoMessage>>;
}

export function createMessages(deps: SendDeps): Messages {
  const { sql } = deps;
  return {
    send: (context, request) => sendMessage(deps, context, request),
    list: (scope, filter, page) => listMessages(sql, scope, filter, page),
    async read(scope, id) {
      const message = await findMessage(sql, scope, id);
      if (message === null) throw new NotFoundError(`There is no message ${id}`);
      return { message, life: lifeOf(message, await listEvents(sql, id)) };
    },
    inbox: (scope, page) => listMoMessages(sql, scope, page),
  };
}
