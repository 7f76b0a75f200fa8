import { z } from "zod";
import {
  type LifeStep,
  type Message,
  type MoMessage,
  MT_STATES,
} from "../../../../services/messages/mod.ts";
import { id, timestamp } from "../../fields.ts";

export { pageOf, pageQuery } from "../../page.ts";

export const stateSchema = z.enum(MT_STATES).meta({
  id: "MessageState",
  description:
    "queued, sending, accepted (the gateway took it), sent (the SMSC took it), delivered, " +
    "undelivered, expired, rejected, failed, uncertain (nobody knows yet whether the gateway took " +
    "it), unconfirmed (no receipt came in its time)",
});

/** An MT message as the API shows it. */
export const messageSchema = z.strictObject({
  id,
  account_id: id,
  to: z.string().meta({ description: "E.164", example: "+34600000001" }),
  from: z.string().nullable(),
  text: z.string(),
  charset: z.enum(["gsm7", "ucs2"]),
  parts: z.int().min(1).max(5),
  country: z.string().nullable().meta({ description: "ISO 3166-1 alpha-2" }),
  state: stateSchema,
  state_since: timestamp,
  reason: z.string().nullable().meta({ description: "Why it is in this state" }),
  connector: z.string().nullable().meta({
    description: "The connector that submitted it; null until known, and for who may not see it",
  }),
  gateway_message_id: z.string().nullable(),
  attempts: z.int(),
  created_at: timestamp,
  accepted_at: timestamp.nullable(),
  sent_at: timestamp.nullable(),
  final_at: timestamp.nullable(),
}).meta({ id: "Message" });

export const lifeStepSchema = z.strictObject({
  state: stateSchema,
  at: timestamp,
  signal: z.string().meta({ description: "What moved it, such as receipt-delivered" }),
  detail: z.record(z.string(), z.unknown()).meta({
    description: "The gateway's or SMSC's own words",
  }),
}).meta({ id: "MessageTransition" });

export const messageLifeSchema = messageSchema.extend({
  transitions: z.array(lifeStepSchema),
}).meta({ id: "MessageWithTransitions" });

export const moMessageSchema = z.strictObject({
  id,
  account_id: id,
  from: z.string(),
  to: z.string(),
  text: z.string(),
  connector: z.string().nullable(),
  gateway_message_id: z.string(),
  received_at: timestamp,
}).meta({ id: "MoMessage" });

/** A message in the API's words; the connector only for who may see connectors. */
export function showMessage(
  message: Message,
  showConnector: boolean,
): z.input<typeof messageSchema> {
  return {
    id: message.id,
    account_id: message.accountId,
    to: message.recipient,
    from: message.sender,
    text: message.body,
    charset: message.charset,
    parts: message.parts,
    country: message.country,
    state: message.state,
    state_since: message.stateSince.toISOString(),
    reason: message.reason,
    connector: showConnector ? message.connector : null,
    gateway_message_id: message.gatewayMessageId,
    attempts: message.attempts,
    created_at: message.createdAt.toISOString(),
    accepted_at: message.acceptedAt?.toISOString() ?? null,
    sent_at: message.sentAt?.toISOString() ?? null,
    final_at: message.finalAt?.toISOString() ?? null,
  };
}

/** A step in the API's words; a level-1 callback names the connector. */
export function showStep(
  step: LifeStep,
  showConnector: boolean,
): z.input<typeof lifeStepSchema> {
  const { detail } = step;
  const words = detail !== null && typeof detail === "object" && !Array.isArray(detail)
    ? { ...detail }
    : {};
  return {
    state: step.state,
    at: step.at.toISOString(),
    signal: step.signal,
    detail: Object.fromEntries(
      Object.entries(words).filter(([key]) => showConnector || key !== "connector"),
    ),
  };
}

export function showMoMessage(
  message: MoMessage,
  showConnector: boolean,
): z.input<typeof moMessageSchema> {
  return {
    id: message.id,
    account_id: message.accountId,
    from: message.sender,
    to: message.recipient,
    text: message.body,
    connector: showConnector ? message.connector : null,
    gateway_message_id: message.gatewayMessageId,
    received_at: message.receivedAt.toISOString(),
  };
}
