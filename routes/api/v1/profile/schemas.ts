import { z } from "zod";
import { ACCOUNT_KINDS } from "../../../../services/accounts/mod.ts";
import type { Profile } from "../../../../services/auth/mod.ts";
import { id } from "../../fields.ts";
import { permissionSchema } from "../api-keys/schemas.ts";
import { showUser, userSchema } from "../users/schemas.ts";

export const profileSchema = userSchema.extend({
  account: z.strictObject({ id, kind: z.enum(ACCOUNT_KINDS), name: z.string() }),
  permissions: z.array(permissionSchema).meta({
    description: "What the caller may do; for an API key, within its scopes",
  }),
}).meta({ id: "Profile" });

export const currentPassword = z.string().min(1).max(1000).meta({
  description: "The present one",
});

/** Of the second factor, or of recovery. */
export const codeSchema = z.string().min(1).max(40).meta({ example: "123456" });

export const recoveryCodesSchema = z.strictObject({
  recovery_codes: z.array(z.string()).meta({
    description: "Each signs in once in place of a code; shown this once",
  }),
}).meta({ id: "RecoveryCodes" });

export function showProfile(profile: Profile): z.input<typeof profileSchema> {
  const { account, permissions, user } = profile;
  return { ...showUser(user), account: { ...account }, permissions: [...permissions] };
}
