/**
 * Signing in by a form: the password first, then the code of users who have a second factor.
 * @module
 */
import type { Context } from "fresh";
import {
  type AfterWrong,
  CodeRequiredError,
  type Tokens,
  UserDisabledError,
  WrongPasswordError,
} from "../services/auth/mod.ts";
import { RateLimitedError, UnauthenticatedError } from "../services/errors/mod.ts";
import { keepTheme } from "./appearance.ts";
import { keepSession } from "./middleware/mod.ts";
import type { State } from "./state.ts";

/** Why the form is shown again. */
export type SignInFault =
  | "wrong"
  | "disabled"
  | "code"
  | "expired"
  | { readonly kind: "wrong"; readonly next: AfterWrong }
  | { readonly kind: "locked"; readonly waitSeconds: number };

/**
 * What a refusal is to who signs in.
 * @throws {unknown} the error itself, when it is no refusal
 */
export function faultOf(error: unknown): SignInFault {
  if (error instanceof CodeRequiredError) return "code";
  if (error instanceof RateLimitedError) {
    return { kind: "locked", waitSeconds: error.retryAfterSeconds };
  }
  if (error instanceof UserDisabledError) return "disabled";
  if (error instanceof WrongPasswordError) return { kind: "wrong", next: error.next };
  // The user was changed while the password was being checked.
  if (error instanceof UnauthenticatedError) return "wrong";
  throw error;
}

/** Answers with the session, in the user's theme. */
export async function signedIn(
  ctx: Context<State>,
  tokens: Tokens,
  place: string,
): Promise<Response> {
  const { auth, profiles } = ctx.state.services;
  const { user } = await profiles.read(await auth.authenticate(tokens.accessToken));
  const response = ctx.redirect(place, 303);
  keepSession(response.headers, ctx.url, tokens);
  if (user.theme !== "system") keepTheme(response.headers, ctx.url, user.theme);
  return response;
}
