/**
 * An app in this process with some endpoints and callers, for tests of the API layer.
 * @module
 */
import { App } from "fresh";
import { ALL_ACCOUNTS, type Role, type Scope } from "../../services/accounts/mod.ts";
import { PERMISSIONS, type Principal } from "../../services/auth/mod.ts";
import { UnauthenticatedError } from "../../services/errors/mod.ts";
import type { State } from "../state.ts";
import type { Endpoint } from "./endpoint.ts";
import { mountApi, type MountOptions } from "./mount.ts";

export const REQUEST_ID = "0198c0de-7f3a-7b5c-9d2e-1f0a2b3c4d5e";
export const ACCOUNT_ID = "0198c0de-0000-7000-8000-000000000001";

/** A bearer token that {@linkcode testApp} knows. */
export function tokenOf(role: Role, scope: Scope["kind"] = "all"): string {
  return `${role}:${scope}`;
}

/** An API key that {@linkcode testApp} knows, of an admin and for everything. */
export function keyOf(id: string): string {
  return `key:${id}`;
}

function principalOf(bearer: string): Principal {
  if (bearer.startsWith("key:")) {
    return {
      kind: "api-key",
      keyId: bearer,
      permissions: PERMISSIONS,
      userId: "user of every key",
      accountId: ACCOUNT_ID,
      role: "admin",
      scope: ALL_ACCOUNTS,
      language: "en",
    };
  }
  const [role, scope] = bearer.split(":");
  const known = (["super_admin", "admin", "campaign_manager", "analyst", "client"] as const)
    .find((each) => each === role);
  if (known === undefined) throw new UnauthenticatedError("The access token is not valid");
  return {
    kind: "user",
    userId: `user of ${bearer}`,
    accountId: ACCOUNT_ID,
    role: known,
    scope: scope === "all" ? ALL_ACCOUNTS : { kind: "accounts", ids: [ACCOUNT_ID] },
    sessionId: "session",
    language: "en",
  };
}

/** Sends requests to the endpoints; every answer is checked against its declaration. */
export function testApp(
  endpoints: readonly Endpoint[],
  options: MountOptions = {},
): (path: string, init?: RequestInit & { readonly token?: string }) => Promise<Response> {
  const app = new App<State>().use((ctx) => {
    Object.assign(ctx.state, {
      requestId: REQUEST_ID,
      ip: "192.0.2.1",
      services: {
        auth: {
          authenticate: (bearer: string) =>
            new Promise<Principal>((done) => done(principalOf(bearer))),
        },
      },
    });
    return ctx.next();
  });
  mountApi(app, endpoints, { verifyAnswers: true, ...options });
  const handler = app.handler();
  return (path, init = {}) => {
    const request = new Request(`http://localhost${path}`, init);
    if (init.token !== undefined) request.headers.set("authorization", `Bearer ${init.token}`);
    return handler(request);
  };
}
