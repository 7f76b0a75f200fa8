import { z } from "zod";
import { INCIDENT_KINDS, SEVERITIES } from "../../../../services/alerts/mod.ts";
import { id, timestamp } from "../../fields.ts";

export const incidentSchema = z.strictObject({
  id,
  revision: z.int().meta({
    description: "Counts its changes; with the id it names a live event, which may come twice",
  }),
  kind: z.enum(INCIDENT_KINDS),
  subject: z.string().meta({
    description: "A connector's cid, a service's name; empty for the installation",
  }),
  account_id: id.nullable().meta({ description: "Null: the installation's" }),
  severity: z.enum(SEVERITIES),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  opened_at: timestamp.meta({ description: "When the condition began" }),
  raised_at: timestamp.meta({ description: "When it had lasted long enough to be told" }),
  closed_at: timestamp.nullable(),
  acknowledged_at: timestamp.nullable(),
  acknowledged_by: id.nullable(),
  flaps: z.int().meta({ description: "Times that it came back within a minute of being over" }),
}).meta({ id: "Incident" });

export const incidentParams = z.strictObject({ id });
