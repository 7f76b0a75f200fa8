import { type Scope, scopeWhere } from "../accounts/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { ValidationError } from "../errors/mod.ts";
import type { Message, MessageEvent, MoMessage } from "./model.ts";
import type { MtState } from "./states.ts";

/** What a list of messages is narrowed to; absent fields narrow nothing. */
export interface MessageFilter {
  readonly states?: readonly MtState[];
  /** Digits with the plus: the whole number, or how it begins. */
  readonly recipient?: string;
  readonly connector?: string;
  readonly createdFrom?: Date;
  readonly createdBefore?: Date;
}

/** One page of a list, newest first; `nextCursor` is null on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const COLUMNS = (sql: Sql | Tx) =>
  sql`id, account_id as "accountId", recipient, country, sender, body, charset, parts, state,
    state_since as "stateSince", due_at as "dueAt", attempts,
    gateway_message_id as "gatewayMessageId", connector, reason, created_at as "createdAt",
    accepted_at as "acceptedAt", sent_at as "sentAt", final_at as "finalAt"`;

/** The row of a new message, `queued` and due at once. */
export type NewMessage =
  & Pick<
    Message,
    "id" | "accountId" | "recipient" | "country" | "sender" | "body" | "charset" | "parts"
  >
  & {
    readonly userId: string | null;
    readonly createdAt: Date;
    readonly expiresAt: Date;
    readonly price: bigint;
    readonly cost: bigint;
    readonly currency: string;
  };

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx`
    insert into messages (id, account_id, user_id, recipient, country, sender, body, charset, parts,
      state, state_since, due_at, expires_at, price, cost, currency,
      created_at)
    values (${message.id}, ${message.accountId}, ${message.userId}, ${message.recipient},
      ${message.country}, ${message.sender}, ${message.body}, ${message.charset}, ${message.parts},
      'queued', ${message.createdAt}, ${message.createdAt}, ${message.expiresAt}, ${message.price},
      ${message.cost}, ${message.currency}, ${message.createdAt})`;
}

/** One message that the caller may see, or null. */
export async function findMessage(
  sql: Sql | Tx,
  scope: Scope,
  id: string,
): Promise<Message | null> {
  const [row] = await sql<Message[]>`
    select ${COLUMNS(sql)} from messages where id = ${id} and ${scopeWhere(sql, scope)}`;
  return row ?? null;
}

/** What happened to a message, oldest first. The caller has already been shown to see it. */
export async function listEvents(sql: Sql | Tx, messageId: string): Promise<MessageEvent[]> {
  return await sql<MessageEvent[]>`
    select at, signal, from_state as "from", to_state as "to", detail
    from message_events where message_id = ${messageId} order by at, fingerprint`;
}

/** The list that the caller may see, newest first, by keyset: page 1,000 costs what page 1 does. */
export async function listMessages(
  sql: Sql | Tx,
  scope: Scope,
  filter: MessageFilter,
  page: { readonly cursor?: string; readonly limit: number },
): Promise<Page<Message>> {
  const rows = await sql<Message[]>`
    select ${COLUMNS(sql)} from messages where ${scopeWhere(sql, scope)}
    ${page.cursor === undefined ? sql`` : sql`and id < ${readCursor(page.cursor)}`}
    ${filter.states === undefined ? sql`` : sql`and state = any(${[...filter.states]}::text[])`}
    ${
    filter.recipient === undefined ? sql`` : sql`and recipient like ${likePrefix(filter.recipient)}`
  }
    ${filter.connector === undefined ? sql`` : sql`and connector = ${filter.connector}`}
    ${
    filter.createdFrom === undefined ? sql`` : sql`and id >= uuid_of_moment(${filter.createdFrom})`
  }
    ${
    filter.createdBefore === undefined
      ? sql``
      : sql`and id < uuid_of_moment(${filter.createdBefore})`
  }
    order by id desc limit ${page.limit + 1}`;
  return pageOf(rows, page.limit);
}

/** The MO messages that the caller may see, newest first. */
export async function listMoMessages(
  sql: Sql | Tx,
  scope: Scope,
  page: { readonly cursor?: string; readonly limit: number },
): Promise<Page<MoMessage>> {
  const rows = await sql<MoMessage[]>`
    select id, account_id as "accountId", gateway_message_id as "gatewayMessageId", connector,
      sender, recipient, body, received_at as "receivedAt"
    from mo_messages where ${scopeWhere(sql, scope)}
    ${page.cursor === undefined ? sql`` : sql`and id < ${readCursor(page.cursor)}`}
    order by id desc limit ${page.limit + 1}`;
  return pageOf(rows, page.limit);
}

function pageOf<Item extends { readonly id: string }>(
  rows: readonly Item[],
  limit: number,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? last.id : null };
}

function likePrefix(prefix: string): string {
  return `${prefix.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

function readCursor(cursor: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw new ValidationError("cursor", "Not a cursor, use next_cursor of the page before");
  }
  return cursor;
}
