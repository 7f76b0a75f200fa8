import { z } from "zod";
import { can } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { idempotencyKey } from "../../fields.ts";
import { messageSchema, showMessage } from "./schemas.ts";

export const sendMessage = endpoint({
  method: "POST",
  path: "/api/v1/messages/send",
  summary: "Send a message",
  description:
    "Queues a message and answers at once; its life is told by GET /api/v1/messages/{id} and by " +
    "the channel messages of /events. With an Idempotency-Key a repeated request sends nothing " +
    "again: it gets the first one's message, with Idempotency-Replayed: true.",
  tags: ["Messages"],
  permission: "messages:send",
  headers: z.strictObject({ "Idempotency-Key": idempotencyKey.optional() }),
  body: z.strictObject({
    to: z.string().max(40).meta({ description: "E.164, with the plus", example: "+34600000001" }),
    text: z.string().max(2000).meta({ description: "Up to 5 parts" }),
    from: z.string().max(16).optional().meta({
      description: "3 to 15 digits, or up to 11 letters and digits; else the account's sender",
    }),
  }),
  example: { to: "+34600000001", text: "Your code is 482913", from: "ACME" },
  responses: {
    202: { description: "Queued", schema: messageSchema },
  },
  errors: ["conflict", "quota-exceeded"],
  async handle({ body, headers, principal, services }) {
    const key = headers["Idempotency-Key"];
    const { message, replayed } = await services.messages.send(
      {
        accountId: principal.accountId,
        userId: principal.userId,
        ...(key === undefined ? {} : { idempotencyKey: key }),
      },
      { to: body.to, text: body.text, ...(body.from === undefined ? {} : { from: body.from }) },
    );
    return {
      status: 202,
      headers: {
        Location: `/api/v1/messages/${message.id}`,
        ...(replayed ? { "Idempotency-Replayed": "true" } : {}),
      },
      body: showMessage(message, can(principal, "connectors:read")),
    };
  },
});
