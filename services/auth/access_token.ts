/**
 * Access tokens: JWTs signed with HS256 under a key derived from SECRET_KEY.
 * @see https://www.rfc-editor.org/rfc/rfc7519 JWT
 * @see https://www.rfc-editor.org/rfc/rfc9068 the claims and the type `at+jwt`
 * @see https://www.rfc-editor.org/rfc/rfc8725 why algorithm and type are pinned
 * @module
 */
import { errors, jwtVerify, SignJWT } from "jose";
import { deriveKey, type Role } from "../accounts/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";

const ISSUER = "jasmin-dashboard";
const AUDIENCE = "jasmin-dashboard/api";
const ALGORITHM = "HS256";
const TYPE = "at+jwt";

/** Life of an access token, in seconds: how long a copy of it is of use to anybody. */
export const ACCESS_SECONDS = 15 * 60;

/** What an access token says. Role and account are for the client's eyes; the server looks again. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly role: Role;
}

/** Issues and reads access tokens. */
export interface AccessTokens {
  issue(claims: AccessClaims, now: Date): Promise<string>;
  /** @throws {UnauthenticatedError} when the token isn't ours, for us, unaltered and current */
  read(token: string, now: Date): Promise<{ readonly userId: string; readonly sessionId: string }>;
}

/** Access tokens under `secretKey`; all processes with the same key read each other's. */
export function accessTokens(secretKey: string): AccessTokens {
  let made: Promise<CryptoKey> | undefined;
  const key = () => made ??= signingKey(secretKey);
  return {
    async issue(claims, now) {
      const issuedAt = Math.floor(now.getTime() / 1000);
      return await new SignJWT({
        sid: claims.sessionId,
        role: claims.role,
        acc: claims.accountId,
      })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(claims.userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_SECONDS)
        .sign(await key());
    },
    async read(token, now) {
      try {
        const { payload } = await jwtVerify(token, await key(), {
          algorithms: [ALGORITHM],
          audience: AUDIENCE,
          currentDate: now,
          issuer: ISSUER,
          requiredClaims: ["exp", "sub", "sid"],
          typ: TYPE,
        });
        const { sub, sid } = payload;
        if (typeof sub !== "string" || typeof sid !== "string") {
          throw new errors.JWTInvalid("sub and sid are no strings");
        }
        return { userId: sub, sessionId: sid };
      } catch (cause) {
        if (cause instanceof errors.JWTExpired) {
          throw new UnauthenticatedError("The access token has expired; refresh it", { cause });
        }
        if (!(cause instanceof errors.JOSEError)) throw cause;
        throw new UnauthenticatedError("The access token isn't valid; sign in again", { cause });
      }
    },
  };
}

async function signingKey(secretKey: string): Promise<CryptoKey> {
  return await crypto.subtle.importKey(
    "raw",
    await deriveKey(secretKey, "auth/access-token/1"),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign", "verify"],
  );
}
