import { z } from "zod";
import { type ApiKey, PERMISSIONS } from "../../../../services/auth/mod.ts";
import { id, timestamp } from "../../fields.ts";

/** Something that a caller may do. */
export const permissionSchema = z.enum(PERMISSIONS).meta({ id: "Permission" });

/** A key as the API shows it: never its secret. */
export const apiKeySchema = z.strictObject({
  id,
  account_id: id,
  user_id: id,
  user_email: z.string().meta({ description: "As whom it acts" }),
  name: z.string(),
  prefix: z.string().meta({ description: "How its secret begins", example: "jd_4f9XbQ" }),
  scopes: z.array(permissionSchema),
  state: z.enum(["active", "expired", "revoked"]),
  created_at: timestamp,
  expires_at: timestamp.nullable(),
  last_used_at: timestamp.nullable().meta({ description: "To some minutes" }),
  revoked_at: timestamp.nullable(),
}).meta({ id: "ApiKey" });

export const apiKeyParams = z.object({ id });

export function showApiKey(key: ApiKey): z.input<typeof apiKeySchema> {
  return {
    id: key.id,
    account_id: key.accountId,
    user_id: key.userId,
    user_email: key.userEmail,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    state: stateOf(key),
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}

function stateOf({ expiresAt, revokedAt }: ApiKey): "active" | "expired" | "revoked" {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= new Date() ? "expired" : "active";
}
