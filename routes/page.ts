/**
 * What every page needs of its request: words in the user's language, and who the user is.
 * @module
 */
import { HttpError } from "fresh";
import { can, type Permission, type Principal } from "../services/auth/mod.ts";
import { chooseLanguage, type Language, type T, translator } from "../services/i18n/mod.ts";
import { installation } from "./installation.ts";
import { getCookies } from "./middleware/mod.ts";
import type { State } from "./state.ts";

/** The cookie that keeps a visitor's choice of language before signing in. */
export const LANGUAGE_COOKIE = "jd_language";

/** The part of a context or of a page's props that these functions read. */
interface Asked {
  readonly req: Request;
  readonly state: State;
}

/** The language to answer in. */
export function languageOf({ req, state }: Asked): Language {
  return chooseLanguage({
    user: state.principal?.language ?? null,
    cookie: getCookies(req.headers).get(LANGUAGE_COOKIE) ?? null,
    acceptLanguage: req.headers.get("accept-language"),
  });
}

/** Speaks the user's language. */
export function wordsOf(asked: Asked): T {
  return translator(languageOf(asked), installation().timeZone);
}

/**
 * Who is signed in; below `(signed-in)` somebody always is.
 * @throws {HttpError} 401
 */
export function principalOf({ state }: Asked): Principal {
  if (state.principal === undefined) throw new HttpError(401);
  return state.principal;
}

/**
 * Who is signed in, and may see the page.
 * @throws {HttpError} 401 or 403
 */
export function requirePage(asked: Asked, permission: Permission): Principal {
  const principal = principalOf(asked);
  if (!can(principal, permission)) throw new HttpError(403);
  return principal;
}
