/**
 * Taking a message in: checked, charged and queued in one transaction, once for each idempotency
 * key.
 * @module
 */
import { v7 } from "uuid";
import type { Billing } from "../billing/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { ConflictError, NotFoundError } from "../errors/mod.ts";
import { sendableParts } from "../gateway/mod.ts";
import { ALL_ACCOUNTS, findEffectiveAccount } from "../accounts/mod.ts";
import { countTransitions } from "./counts.ts";
import type { AppliedTransition, Clocks, Message } from "./model.ts";
import { parseRecipient, parseSender } from "./recipient.ts";
import { findMessage, insertMessage } from "./store.ts";

/** What a caller asks to be sent. */
export interface SendRequest {
  readonly to: string;
  readonly text: string;
  readonly from?: string;
}

/** For whom, and under which key. */
export interface SendContext {
  readonly accountId: string;
  readonly userId: string | null;
  /** 1 to 255 printable ASCII characters; the same key gives the same message for a day. */
  readonly idempotencyKey?: string;
}

/** The message, and whether an earlier request with the same key had made it. */
export interface SendResult {
  readonly message: Message;
  readonly replayed: boolean;
}

/** What `sendMessage` works with. */
export interface SendDeps {
  readonly sql: Sql;
  readonly billing: Billing;
  readonly clocks: Clocks;
  readonly announce: (transitions: readonly AppliedTransition[]) => void;
}

async function hashOf(request: SendRequest): Promise<Uint8Array> {
  const text = JSON.stringify([request.to, request.text, request.from ?? null]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** Claims the key; answers with the message that holds it when another request came first. */
async function claimKey(
  tx: Tx,
  context: SendContext,
  key: string,
  requestHash: Uint8Array,
  messageId: string,
): Promise<string | null> {
  // A request with the same key that is not committed yet is waited for here.
  const claimed = await tx`
    insert into idempotency_keys (account_id, key, request_hash, message_id)
    values (${context.accountId}, ${key}, ${requestHash}, ${messageId})
    on conflict do nothing returning key`;
  if (claimed.length > 0) return null;
  const [holder] = await tx<{ messageId: string; requestHash: Uint8Array }[]>`
    select message_id as "messageId", request_hash as "requestHash" from idempotency_keys
    where account_id = ${context.accountId} and key = ${key}`;
  if (holder === undefined) return null;
  if (!requestHash.every((byte, index) => byte === holder.requestHash[index])) {
    throw new ConflictError(
      `The Idempotency-Key "${key}" was used for another request, use a new one`,
    );
  }
  return holder.messageId;
}

/**
 * Queues a message. Nothing is stored when it is refused.
 * @throws {ValidationError} naming `to`, `text` or `from`
 * @throws {QuotaError} when the account may send no more
 * @throws {ConflictError} when the key stands for another request, or the account is suspended
 */
export async function sendMessage(
  deps: SendDeps,
  context: SendContext,
  request: SendRequest,
): Promise<SendResult> {
  const { sql, billing, clocks } = deps;
  const recipient = parseRecipient(request.to);
  const { charset, parts } = sendableParts(request.text);
  const account = await findEffectiveAccount(sql, ALL_ACCOUNTS, context.accountId);
  if (account === null) throw new NotFoundError("The account does not exist any more");
  if (account.status !== "active") {
    throw new ConflictError(`The account is ${account.status}, it may not send`);
  }
  const sender = request.from === undefined
    ? account.settings.senderId ?? null
    : parseSender(request.from);
  const id = v7();
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + clocks.queueSeconds * 1000);
  const message: Message = {
    id,
    accountId: context.accountId,
    recipient: recipient.e164,
    country: recipient.country,
    sender,
    body: request.text,
    charset,
    parts,
    state: "queued",
    stateSince: createdAt,
    dueAt: createdAt,
    attempts: 0,
    gatewayMessageId: null,
    connector: null,
    reason: null,
    createdAt,
    acceptedAt: null,
    sentAt: null,
    finalAt: null,
  };
  const born: AppliedTransition = {
    messageId: id,
    accountId: context.accountId,
    from: null,
    to: "queued",
    at: createdAt,
    signal: "request",
    correction: false,
    recipient: recipient.e164,
    connector: null,
    reason: null,
    parts,
    deliveryMs: null,
  };
  const requestHash = await hashOf(request);
  const heldBy = await sql.begin(async (tx) => {
    if (context.idempotencyKey !== undefined) {
      const holder = await claimKey(tx, context, context.idempotencyKey, requestHash, id);
      if (holder !== null) return holder;
    }
    await countTransitions(tx, [born]);
    const price = await billing.reserve(tx, {
      accountId: context.accountId,
      messageId: id,
      recipient: recipient.e164,
      parts,
    });
    await insertMessage(tx, { ...message, ...price, userId: context.userId, expiresAt });
    return null;
  });
  if (heldBy === null) {
    deps.announce([born]);
    return { message, replayed: false };
  }
  const stored = await findMessage(sql, ALL_ACCOUNTS, heldBy);
  if (stored === null) throw new NotFoundError("The message of this key was erased");
  return { message: stored, replayed: true };
}
