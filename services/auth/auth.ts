/**
 * Signing in, staying signed in, signing out.
 * @module
 */
import { v7 } from "uuid";
import { type Actor, append } from "../audit/mod.ts";
import { deriveKey, scopeOf } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";
import { ACCESS_SECONDS, type AccessClaims, accessTokens } from "./access_token.ts";
import { type PasswordHasher, passwordHasher } from "./hasher.ts";
import { countAttempt } from "./login_throttle.ts";
import { findCredentials, recordLogin } from "./credentials.ts";
import { fitsBcrypt } from "./password.ts";
import type { Principal } from "./principal.ts";
import { issueFirst, REFRESH_SECONDS, rotate, sessionOfToken } from "./refresh.ts";
import { TtlCache } from "./session_cache.ts";
import {
  insertSession,
  listSessions,
  readSession,
  type RevokeFilter,
  type RevokeReason,
  revokeSessions,
  type Session,
  type SessionState,
  touchSession,
} from "./sessions.ts";

/**
 * How long `authenticate` trusts what it read of a session, in milliseconds: a revoked session, a
 * disabled user or another role takes effect within this time in every process.
 */
export const SESSION_TTL_MS = 3_000;

/** What signing in takes. */
export interface LoginInput {
  readonly email: string;
  readonly password: string;
  /** Address of the client, behind trusted proxies; `null` when it isn't known. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** Where a request comes from. */
export interface Origin {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** A pair of tokens. Neither is ever stored or logged as it is. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Life of the access token, in seconds. */
  readonly expiresIn: number;
  /** Life of the refresh token, in seconds. */
  readonly refreshExpiresIn: number;
  readonly sessionId: string;
  readonly userId: string;
}

/** What the rest of the product asks of sign-in. */
export interface Auth {
  readonly hasher: PasswordHasher;
  /**
   * @throws {UnauthenticatedError} wrong address or password (it isn't told which), or a disabled
   * user or closed account (told to who knows the password)
   * @throws {RateLimitedError} too many attempts
   * @throws {UnavailableError} too many passwords wait to be checked
   */
  login(input: LoginInput): Promise<Tokens>;
  /**
   * Another pair for a refresh token, which is used up by it.
   * @throws {UnauthenticatedError} not known, expired, revoked, or used before: that revokes it all
   */
  refresh(refreshToken: string, origin: Origin): Promise<Tokens>;
  /** Ends the session of the token or id. One that doesn't exist is signed out already. */
  logout(
    session: { readonly refreshToken: string } | { readonly sessionId: string },
    origin: Origin,
  ): Promise<void>;
  /**
   * The caller of a request, as things are now (at most `SESSION_TTL_MS` ago).
   * @param bearer the access token, with or without `Bearer ` before it
   * @throws {UnauthenticatedError} none, not ours, expired, or its session is over
   */
  authenticate(bearer: string | null | undefined): Promise<Principal>;
  /** The user's sessions that still stand, the last used first. */
  sessions(userId: string): Promise<Session[]>;
  /**
   * Ends sessions; the caller writes the audit entry.
   * @returns how many this call ended
   */
  revoke(filter: RevokeFilter, reason: RevokeReason): Promise<number>;
  /** Ends the password worker. */
  close(): void;
}

/** What sign-in needs. */
export interface AuthOptions {
  readonly sql: Sql;
  readonly secretKey: string;
  /** The time, for tests. */
  readonly clock?: () => Date;
  /** Another hasher than that of cost 12, for tests. */
  readonly hasher?: PasswordHasher;
}

const WRONG = "The address or the password is wrong; check both";
const OVER = "The session is over; sign in again";

/** Makes the one `Auth` of a process. */
export function createAuth(options: AuthOptions): Auth {
  const { sql, secretKey, clock = () => new Date(), hasher = passwordHasher() } = options;
  const access = accessTokens(secretKey);
  const cache = new TtlCache<SessionState & Pick<Principal, "scope"> | undefined>({
    maxEntries: 20_000,
    now: () => clock().getTime(),
    ttlMs: SESSION_TTL_MS,
  });
  let key: Promise<Uint8Array> | undefined;
  const refreshKey = () => key ??= deriveKey(secretKey, "auth/refresh-token/1");

  async function tokens(claims: AccessClaims, refreshToken: string, now: Date): Promise<Tokens> {
    return {
      accessToken: await access.issue(claims, now),
      expiresIn: ACCESS_SECONDS,
      refreshExpiresIn: REFRESH_SECONDS,
      refreshToken,
      sessionId: claims.sessionId,
      userId: claims.userId,
    };
  }

  async function load(sessionId: string) {
    const state = await readSession(sql, sessionId);
    if (state === undefined) return undefined;
    return { ...state, scope: await scopeOf(sql, state.accountId, state.role) };
  }

  return {
    hasher,

    async login({ email: typed, password, ip, userAgent }) {
      const now = clock();
      const email = typed.trim().toLowerCase();
      const attempt = await countAttempt(sql, email, ip, now);
      const user = couldBeEmail(email) ? await findCredentials(sql, email) : undefined;
      // An unknown address costs the same work as a known one, or the time would tell them apart.
      // So does a password that bcrypt would cut off.
      const usable = user !== undefined && fitsBcrypt(password);
      const hash = usable ? user.passwordHash : hasher.decoy;
      const right = await hasher.verify(usable ? password : "decoy", hash);
      if (!usable || !right) throw new UnauthenticatedError(WRONG);
      if (user.status !== "active" || user.accountClosed) {
        throw new UnauthenticatedError("This user may not sign in; ask your administrator");
      }
      const rehashed = hasher.needsRehash(hash) ? await hasher.hash(password) : undefined;
      const sessionId = v7();
      const refreshToken = await sql.begin(async (tx) => {
        await attempt.succeeded(tx);
        // The password may have been changed while it was being checked.
        if (!await recordLogin(tx, user, rehashed, now)) throw new UnauthenticatedError(WRONG);
        await insertSession(tx, { id: sessionId, ip, now, userAgent, userId: user.id });
        const token = await issueFirst(tx, sessionId, now);
        await append(tx, {
          accountId: user.accountId,
          action: "auth.login",
          actor: { id: user.id, ip, label: user.email },
          at: now,
          subject: { id: sessionId, type: "session" },
        });
        return token;
      });
      const { accountId, id: userId, role } = user;
      return await tokens({ accountId, role, sessionId, userId }, refreshToken, now);
    },

    async refresh(refreshToken, origin) {
      const now = clock();
      const derived = await refreshKey();
      // Refusals are returned, not thrown: a throw would take the revocation back.
      const outcome = await sql.begin(async (tx) => {
        const rotation = await rotate(tx, derived, refreshToken, now);
        if (rotation.kind === "refused") return undefined;
        const { sessionId } = rotation;
        const state = await readSession(tx, sessionId);
        if (rotation.kind === "reused" || state === undefined || !state.live) {
          const reason = rotation.kind === "reused" ? "reuse" : "disabled";
          await revokeSessions(tx, { sessionId }, reason, now);
          cache.delete(sessionId);
          if (reason === "reuse" && state !== undefined) {
            await append(tx, {
              accountId: state.accountId,
              action: "auth.refresh_reuse",
              actor: { id: state.userId, ip: origin.ip, label: state.email },
              at: now,
              subject: { id: sessionId, type: "session" },
            });
          }
          return undefined;
        }
        await touchSession(tx, sessionId, origin.ip, now);
        return { claims: { ...state, sessionId }, token: rotation.token };
      });
      if (outcome === undefined) throw new UnauthenticatedError(OVER);
      return await tokens(outcome.claims, outcome.token, now);
    },

    async logout(session, origin) {
      const now = clock();
      const ended = await sql.begin(async (tx) => {
        const sessionId = "sessionId" in session
          ? session.sessionId
          : await sessionOfToken(tx, session.refreshToken);
        if (sessionId === undefined) return undefined;
        const [id] = await revokeSessions(tx, { sessionId }, "logout", now);
        const state = await readSession(tx, sessionId);
        if (id === undefined || state === undefined) return sessionId;
        const actor: Actor = { id: state.userId, ip: origin.ip, label: state.email };
        await append(tx, {
          accountId: state.accountId,
          action: "auth.logout",
          actor,
          at: now,
          subject: { id: sessionId, type: "session" },
        });
        return sessionId;
      });
      if (ended !== undefined) cache.delete(ended);
    },

    async authenticate(bearer) {
      const token = (bearer ?? "").replace(/^bearer +/i, "").trim();
      if (token === "") throw new UnauthenticatedError("There is no access token; sign in");
      const now = clock();
      const { sessionId, userId } = await access.read(token, now);
      const state = await cache.get(sessionId, () => load(sessionId));
      if (state === undefined || !state.live || state.userId !== userId || state.expiresAt <= now) {
        throw new UnauthenticatedError(OVER);
      }
      return {
        accountId: state.accountId,
        kind: "user",
        language: state.language,
        role: state.role,
        scope: state.scope,
        sessionId,
        userId,
      };
    },

    async sessions(userId) {
      return await listSessions(sql, userId, clock());
    },

    async revoke(filter, reason) {
      const ended = await revokeSessions(sql, filter, reason, clock());
      for (const id of ended) cache.delete(id);
      return ended.length;
    },

    close() {
      hasher.close();
    },
  };
}

/** Whether the text may be asked for: PostgreSQL has no NUL, and nobody's address is longer. */
function couldBeEmail(text: string): boolean {
  return text.length <= 254 && !text.includes("\0");
}
