import { z } from "zod";
import type { Tokens } from "../../../../services/auth/mod.ts";

/** A pair of tokens, by the names of RFC 6749 §5.1. */
export const tokensSchema = z.strictObject({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().meta({ description: "Life of the access token, in seconds" }),
}).meta({ id: "Tokens" });

export function showTokens(tokens: Tokens): z.input<typeof tokensSchema> {
  return {
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    token_type: "Bearer",
    expires_in: tokens.expiresIn,
  };
}

export const refreshTokenBody = z.strictObject({
  refresh_token: z.string().min(1).max(500),
});
