import { z } from "zod";
import type { Connector } from "../../../../services/gateway/mod.ts";
import { timestamp } from "../../fields.ts";

export const connectorSchema = z.strictObject({
  cid: z.string(),
  state: z.enum(["bound", "binding", "down", "stopped"]),
  since: timestamp.meta({ description: "When it entered this state" }),
  service: z.enum(["started", "stopped"]),
  session: z.string().meta({ description: "As jcli says it", example: "BOUND_TRX" }),
  starts: z.int(),
  stops: z.int(),
  last_error: z.string().nullable(),
  last_error_at: timestamp.nullable(),
  seen_at: timestamp.meta({ description: "When the gateway last told of it" }),
}).meta({ id: "Connector" });

export const cidParams = z.object({
  cid: z.string().regex(/^[A-Za-z0-9_-]{3,25}$/, "Not a connector id (3 to 25 of A-Z a-z 0-9 _ -)"),
});

export function showConnector(connector: Connector): z.input<typeof connectorSchema> {
  return {
    cid: connector.cid,
    state: connector.state,
    since: connector.since.toISOString(),
    service: connector.service,
    session: connector.session,
    starts: Number(connector.starts),
    stops: Number(connector.stops),
    last_error: connector.lastError,
    last_error_at: connector.lastErrorAt?.toISOString() ?? null,
    seen_at: connector.seenAt.toISOString(),
  };
}
