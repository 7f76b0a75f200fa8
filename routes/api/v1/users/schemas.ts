import { z } from "zod";
import { LANGUAGES, ROLES } from "../../../../services/accounts/mod.ts";
import { THEMES, type User, USER_STATUSES } from "../../../../services/auth/mod.ts";
import { id, timestamp } from "../../fields.ts";

/** A user as the API shows it. */
export const userSchema = z.strictObject({
  id,
  account_id: id,
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  status: z.enum(USER_STATUSES),
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
  second_factor: z.boolean().meta({ description: "Whether a code is asked for at sign-in" }),
  last_login_at: timestamp.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
}).meta({ id: "User" });

export const userParams = z.object({ id });

/** What is set of a user, at creation or later. */
export const userFields = {
  email: z.string().min(1).max(320),
  name: z.string().min(1).max(120),
  role: z.enum(ROLES),
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
};

export const newPassword = z.string().min(1).max(1000).meta({
  description: "8 characters or more, 72 bytes or less",
});

export function showUser(user: User): z.input<typeof userSchema> {
  return {
    id: user.id,
    account_id: user.accountId,
    email: user.email,
    name: user.name,
    role: user.role,
    status: user.status,
    language: user.language,
    theme: user.theme,
    second_factor: user.secondFactor,
    last_login_at: user.lastLoginAt?.toISOString() ?? null,
    created_at: user.createdAt.toISOString(),
    updated_at: user.updatedAt.toISOString(),
  };
}
