import { z } from "zod";
import { ConnectorId } from "../../../../services/gateway/mod.ts";
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

export const operateConnectors = endpoint({
  method: "POST",
  path: "/api/v1/connector-operations",
  summary: "Start, stop or restart several connectors",
  description: "One after the other, with a result each; one that fails stops no other.",
  tags: ["Connectors"],
  permission: "connectors:operate",
  body: z.strictObject({
    action: z.enum(["start", "stop", "restart"]),
    cids: z.array(ConnectorId).min(1).max(100),
  }),
  example: { action: "restart", cids: ["op_main", "op_spare"] },
  responses: {
    200: {
      description: "What came of each",
      schema: z.strictObject({
        items: z.array(z.strictObject({
          cid: z.string(),
          result: resultSchema.nullable(),
          error: z.string().nullable(),
        })),
      }).meta({ id: "ConnectorResultList" }),
    },
  },
  async handle({ body: { action, cids }, principal, ip, services }) {
    const operator = { userId: principal.userId, ip };
    const results = await services.connectors.operateAll(action, cids, operator);
    return {
      status: 200,
      body: {
        items: results.map((each) => ({
          cid: each.cid,
          result: "result" in each ? each.result : null,
          error: "error" in each ? each.error.message : null,
        })),
      },
    };
  },
});
