import { z } from "zod";
import { timestamp } from "../../fields.ts";

export const serviceSchema = z.strictObject({
  name: z.enum(["gateway-http", "jcli", "postgresql", "stream", "workers"]),
  state: z.enum(["up", "down", "unknown"]).meta({
    description: "unknown: nobody told of it lately",
  }),
  since: timestamp.nullable(),
  detail: z.string().nullable().meta({ description: "How it is, or why it is down" }),
  last_error: z.string().nullable().meta({ description: "Why it was last down" }),
  last_error_at: timestamp.nullable(),
}).meta({ id: "Service" });
