import { z } from "zod";
import { can } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { messageLifeSchema, showMessage, showStep } from "./schemas.ts";

export const readMessage = endpoint({
  method: "GET",
  path: "/api/v1/messages/{id}",
  summary: "Read a message and what happened to it",
  tags: ["Messages"],
  permission: "messages:read",
  params: z.object({ id: z.uuid("Not a message id") }),
  responses: {
    200: { description: "The message", schema: messageLifeSchema },
  },
  errors: ["not-found"],
  async handle({ params, scope, principal, services }) {
    const { message, life } = await services.messages.read(scope, params.id);
    const seesConnectors = can(principal, "connectors:read");
    return {
      status: 200,
      body: {
        ...showMessage(message, seesConnectors),
        transitions: life.map((step) => showStep(step, seesConnectors)),
      },
    };
  },
});
