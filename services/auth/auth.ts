/**
 * Signing in, staying signed in, signing out.
 * @module
 */
import { v7 } from "uuid";
import { deriveKey, type Role } from "../accounts/mod.ts";
import { type Actor, append } from "../audit/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";
import { ACCESS_SECONDS, type AccessClaims, accessTokens } from "./access_token.ts";
import { authenticator, type Forgotten, SESSION_OVER } from "./authenticator.ts";
import { codeCheck } from "./code_check.ts";
import { type PasswordHasher, passwordHasher } from "./hasher.ts";
import { checkLogin, type LoginInput, type Origin } from "./login.ts";
import type { Principal } from "./principal.ts";
import { issueFirst, REFRESH_SECONDS, rotate, sessionOfToken } from "./refresh.ts";
import {
  insertSession,
  listSessions,
  readSession,
  type RevokeFilter,
  type RevokeReason,
  revokeSessions,
  type Session,
  touchSession,
} from "./sessions.ts";

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
   * @throws {WrongPasswordError} wrong address or password (it isn't told which)
   * @throws {UserDisabledError} a disabled user or closed account (told to who knows the password)
   * @throws {CodeRequiredError} the password is right, and the user's second factor is asked for
   * @throws {RateLimitedError} too many attempts
   * @throws {UnavailableError} too many passwords wait to be checked
   */
  login(input: LoginInput): Promise<Tokens>;
  /** Opens a session for a user who has shown enough; the caller writes the audit entry. */
  open(tx: Tx, user: SessionOwner, origin: Origin): Promise<Tokens>;
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
   * @param credential an access token or an API key, with or without `Bearer ` before it
   * @throws {UnauthenticatedError} none, not ours, expired, or its session is over, the key revoked
   */
  authenticate(credential: string | null | undefined): Promise<Principal>;
  /** What was ended in the database, and this process must not honour for its few seconds. */
  forget(what: Forgotten): void;
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

/** Whose session is opened. */
export interface SessionOwner {
  readonly id: string;
  readonly accountId: string;
  readonly role: Role;
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

/** Makes the one `Auth` of a process. */
export function createAuth(options: AuthOptions): Auth {
  const { sql, secretKey, clock = () => new Date(), hasher = passwordHasher() } = options;
  const access = accessTokens(secretKey);
  const callers = authenticator({ access, clock, sql });
  const codes = codeCheck(secretKey);
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

  const open: Auth["open"] = async (tx, user, { ip, userAgent }) => {
    const now = clock();
    const sessionId = v7();
    await insertSession(tx, { id: sessionId, ip, now, userAgent, userId: user.id });
    const { accountId, id: userId, role } = user;
    return await tokens(
      { accountId, role, sessionId, userId },
      await issueFirst(tx, sessionId, now),
      now,
    );
  };

  return {
    authenticate: callers.authenticate,
    forget: callers.forget,
    hasher,
    open,

    async login(input) {
      const now = clock();
      const checked = await checkLogin({ codes, hasher, sql }, input, now);
      return await sql.begin(async (tx) => {
        const factor = await checked.commit(tx);
        const { accountId, email, id } = checked.user;
        const opened = await open(tx, checked.user, input);
        await append(tx, {
          accountId,
          action: "auth.login",
          actor: { id, ip: input.ip, label: email },
          at: now,
          subject: { id: opened.sessionId, type: "session" },
          ...(factor === null ? {} : { after: { second_factor: factor } }),
        });
        return opened;
      });
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
          callers.forget({ sessionIds: [sessionId] });
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
      if (outcome === undefined) throw new UnauthenticatedError(SESSION_OVER);
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
      if (ended !== undefined) callers.forget({ sessionIds: [ended] });
    },

    async sessions(userId) {
      return await listSessions(sql, userId, clock());
    },

    async revoke(filter, reason) {
      const ended = await revokeSessions(sql, filter, reason, clock());
      callers.forget({ sessionIds: ended });
      return ended.length;
    },

    close() {
      hasher.close();
    },
  };
}
