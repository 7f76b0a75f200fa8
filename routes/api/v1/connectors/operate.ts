import { z } from "zod";
import { type Endpoint, endpoint } from "../../endpoint.ts";
import { cidParams } from "./schemas.ts";

const resultSchema = z.strictObject({
  cid: z.string(),
  state: z.enum(["bound", "binding", "down", "stopped"]).meta({
    description: "What smppccm -l says at the end, not what the command said",
  }),
  session: z.string(),
  settled: z.boolean().meta({
    description: "False when it was still on its way when the time for it ran out",
  }),
}).meta({ id: "ConnectorResult" });

function operation(action: "start" | "stop" | "restart", summary: string): Endpoint {
  return endpoint({
    method: "POST",
    path: `/api/v1/connectors/{cid}/${action}`,
    summary,
    description: "Answers with the state that the connector reached, within about 20 s.",
    tags: ["Connectors"],
    permission: "connectors:operate",
    params: cidParams,
    responses: { 200: { description: "The state reached", schema: resultSchema } },
    errors: ["not-found", "conflict", "unavailable"],
    async handle({ params, principal, ip, services }) {
      const result = await services.connectors.operate(action, params.cid, {
        userId: principal.userId,
        ip,
      });
      return { status: 200, body: result };
    },
  });
}

export const startConnector = operation("start", "Start a connector");
export const stopConnector = operation("stop", "Stop a connector");
export const restartConnector = operation("restart", "Stop a connector and start it again");
