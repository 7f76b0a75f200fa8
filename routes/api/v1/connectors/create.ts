import { z } from "zod";
import { ConnectorId } from "../../../../services/gateway/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { inSettings, settingsInput, settingsSchema, showSettings } from "./settings.ts";

export const createConnector = endpoint({
  method: "POST",
  path: "/api/v1/connectors",
  summary: "Add a connector, stopped",
  description:
    "With `clone_of`, the settings of that connector are the start; its password and log file are " +
    "not. The whole is persisted on the gateway and read back.",
  tags: ["Connectors"],
  permission: "connectors:write",
  body: z.strictObject({
    cid: ConnectorId.meta({ description: "3 to 25 of A-Z a-z 0-9 _ -", example: "op_main_2" }),
    clone_of: ConnectorId.optional(),
    settings: settingsInput.optional(),
  }),
  example: {
    cid: "op_main_2",
    settings: { host: "smsc.example.com", port: 2775, username: "acme", password: "s3cr3t" },
  },
  responses: { 201: { description: "Its settings", schema: settingsSchema } },
  errors: ["not-found", "conflict", "unavailable"],
  async handle({ body: { cid, clone_of, settings = {} }, principal, ip, services }) {
    const operator = { userId: principal.userId, ip };
    const shown = await inSettings(
      services.connectors.create(cid, settings, clone_of ?? null, operator),
    );
    return { status: 201, body: showSettings(cid, shown) };
  },
});
