/**
 * Who makes a request: by an access token or an API key, as things are now.
 * @module
 */
import { Buffer } from "node:buffer";
import { scopeOf } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";
import type { AccessTokens } from "./access_token.ts";
import { hashApiKey, looksLikeApiKey } from "./api_key_secret.ts";
import { type ApiKeyState, readApiKeyState } from "./api_key_state.ts";
import type { Principal } from "./principal.ts";
import { TtlCache } from "./session_cache.ts";
import { readSession, type SessionState } from "./sessions.ts";

/**
 * How long `authenticate` trusts what it read of a session or a key, in milliseconds: a revoked
 * one, a disabled user or another role takes effect within this time in every process.
 */
export const SESSION_TTL_MS = 3_000;

/** What the words of a refusal share with refreshing. */
export const SESSION_OVER = "The session is over; sign in again";

/** What this process need not remember any more. */
export interface Forgotten {
  readonly sessionIds?: readonly string[];
  /** Digest of an API key's secret. */
  readonly keyHash?: Uint8Array;
  /** Everybody: the tree of accounts has changed, and with it who sees what. */
  readonly everybody?: boolean;
}

export interface Authenticator {
  authenticate(credential: string | null | undefined): Promise<Principal>;
  forget(what: Forgotten): void;
}

export function authenticator(options: {
  readonly sql: Sql;
  readonly access: AccessTokens;
  readonly clock: () => Date;
}): Authenticator {
  const { access, clock, sql } = options;
  const cacheOptions = {
    maxEntries: 20_000,
    now: () => clock().getTime(),
    ttlMs: SESSION_TTL_MS,
  };
  const sessions = new TtlCache<SessionState & Pick<Principal, "scope"> | undefined>(cacheOptions);
  const keys = new TtlCache<ApiKeyState>(cacheOptions);

  async function loadSession(sessionId: string) {
    const state = await readSession(sql, sessionId);
    if (state === undefined) return undefined;
    return { ...state, scope: await scopeOf(sql, state.accountId, state.role) };
  }

  /** Fails for an unknown key, for failures aren't kept: nonsense can't push keys out. */
  async function loadKey(hash: Uint8Array): Promise<ApiKeyState> {
    const state = await readApiKeyState(sql, hash, clock());
    if (state === undefined) throw new UnauthenticatedError("There is no such API key; check it");
    return state;
  }

  async function byAccessToken(token: string): Promise<Principal> {
    const now = clock();
    const { sessionId, userId } = await access.read(token, now);
    const state = await sessions.get(sessionId, () => loadSession(sessionId));
    if (state === undefined || !state.live || state.userId !== userId || state.expiresAt <= now) {
      throw new UnauthenticatedError(SESSION_OVER);
    }
    const { accountId, language, role, scope } = state;
    return { accountId, kind: "user", language, role, scope, sessionId, userId };
  }

  async function byApiKey(secret: string): Promise<Principal> {
    const hash = hashApiKey(secret);
    const state = await keys.get(hexOf(hash), () => loadKey(hash));
    if (state.expiresAt !== null && state.expiresAt <= clock()) {
      throw new UnauthenticatedError("The API key has expired; make another one");
    }
    if (!state.live) {
      throw new UnauthenticatedError(
        "The API key is revoked or its user disabled; use another one",
      );
    }
    const { accountId, keyId, language, permissions, role, scope, userId } = state;
    return { accountId, keyId, kind: "api-key", language, permissions, role, scope, userId };
  }

  return {
    async authenticate(credential) {
      const token = (credential ?? "").replace(/^bearer +/i, "").trim();
      if (token === "") throw new UnauthenticatedError("There is no access token; sign in");
      return await (looksLikeApiKey(token) ? byApiKey(token) : byAccessToken(token));
    },
    forget({ everybody = false, keyHash, sessionIds = [] }) {
      if (everybody) {
        sessions.clear();
        keys.clear();
      }
      for (const id of sessionIds) sessions.delete(id);
      if (keyHash !== undefined) keys.delete(hexOf(keyHash));
    },
  };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
