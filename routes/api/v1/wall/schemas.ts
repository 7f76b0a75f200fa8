import { z } from "zod";
import { WALL_PANELS, WALL_THEMES, type WallDisplay } from "../../../../services/wall/mod.ts";
import { id, timestamp } from "../../fields.ts";

export const wallSchema = z.strictObject({
  id,
  account_id: id,
  name: z.string(),
  panels: z.array(z.enum(WALL_PANELS)),
  theme: z.enum(WALL_THEMES),
  created_at: timestamp,
  created_by: id,
  expires_at: timestamp.nullable(),
  revoked_at: timestamp.nullable(),
  last_seen_at: timestamp.nullable().meta({ description: "When a page of it was last connected" }),
}).meta({ id: "WallDisplay" });

export const wallParams = z.strictObject({ id });

export function showWall(display: WallDisplay): z.input<typeof wallSchema> {
  return {
    id: display.id,
    account_id: display.accountId,
    name: display.name,
    panels: [...display.panels],
    theme: display.theme,
    created_at: display.createdAt.toISOString(),
    created_by: display.createdBy,
    expires_at: display.expiresAt?.toISOString() ?? null,
    revoked_at: display.revokedAt?.toISOString() ?? null,
    last_seen_at: display.lastSeenAt?.toISOString() ?? null,
  };
}
