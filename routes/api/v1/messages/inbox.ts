import { z } from "zod";
import { can } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { moMessageSchema, pageOf, pageQuery, showMoMessage } from "./schemas.ts";

export const listInbox = endpoint({
  method: "GET",
  path: "/api/v1/inbox",
  summary: "List MO messages, newest first",
  tags: ["Messages"],
  permission: "messages:read",
  query: z.object(pageQuery),
  responses: {
    200: { description: "A page", schema: pageOf(moMessageSchema, "MoMessagePage") },
  },
  async handle({ query, scope, principal, services }) {
    const page = await services.messages.inbox(scope, {
      limit: query.limit,
      ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    });
    const seesConnectors = can(principal, "connectors:read");
    return {
      status: 200,
      body: {
        items: page.items.map((message) => showMoMessage(message, seesConnectors)),
        next_cursor: page.nextCursor,
      },
    };
  },
});
