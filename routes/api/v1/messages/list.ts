import { z } from "zod";
import { can } from "../../../../services/auth/mod.ts";
import { MT_STATES } from "../../../../services/messages/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { instant } from "../../fields.ts";
import { messageSchema, pageOf, pageQuery, showMessage } from "./schemas.ts";

export const listMessages = endpoint({
  method: "GET",
  path: "/api/v1/messages",
  summary: "List MT messages, newest first",
  tags: ["Messages"],
  permission: "messages:read",
  query: z.object({
    ...pageQuery,
    state: z.array(z.enum(MT_STATES)).min(1).optional().meta({
      description: "Repeat the key for several states",
    }),
    to: z.string().regex(/^\+?\d{1,15}$/, "Write digits, with or without the plus").optional()
      .meta({ description: "A number, or how it begins" }),
    connector: z.string().max(25).optional(),
    created_from: instant.optional().meta({ description: "From this moment on" }),
    created_before: instant.optional(),
  }),
  responses: {
    200: { description: "A page", schema: pageOf(messageSchema, "MessagePage") },
  },
  async handle({ query, scope, principal, services }) {
    const seesConnectors = can(principal, "connectors:read");
    const page = await services.messages.list(scope, {
      ...(query.state === undefined ? {} : { states: query.state }),
      ...(query.to === undefined ? {} : { recipient: `+${query.to.replace(/^\+/, "")}` }),
      ...(query.connector === undefined || !seesConnectors ? {} : { connector: query.connector }),
      ...(query.created_from === undefined ? {} : { createdFrom: query.created_from }),
      ...(query.created_before === undefined ? {} : { createdBefore: query.created_before }),
    }, {
      limit: query.limit,
      ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    });
    return {
      status: 200,
      body: {
        items: page.items.map((message) => showMessage(message, seesConnectors)),
        next_cursor: page.nextCursor,
      },
    };
  },
});
