/**
 * Every endpoint for every kind of caller, for the test that nobody gets through who may not.
 * @module
 */
import { type Role, ROLES, type Scope } from "../../services/accounts/mod.ts";
import { reachOf, roleHas } from "../../services/auth/mod.ts";
import type { Endpoint } from "./endpoint.ts";

/** A role, with the accounts of the whole installation or with some of them. */
export interface Caller {
  readonly role: Role;
  readonly scope: Scope["kind"];
}

export interface AccessCase {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Null for nobody. */
  readonly caller: Caller | null;
  /** 401 and 403 must be answered; `pass` must be neither. */
  readonly expected: "pass" | 401 | 403;
}

/** The cases: for each endpoint, nobody and each role with each scope that it can have. */
export function everyEndpointTimesRole(endpoints: readonly Endpoint[]): AccessCase[] {
  const callers: (Caller | null)[] = [
    null,
    ...ROLES.map((role): Caller => ({ role, scope: "all" })),
    // A super admin sees everything by definition.
    ...ROLES.filter((role) => role !== "super_admin")
      .map((role): Caller => ({ role, scope: "accounts" })),
  ];
  return endpoints.flatMap((endpoint) =>
    callers.map((caller) => ({
      name: `${endpoint.method} ${endpoint.path} by ${
        caller === null ? "nobody" : `${caller.role} of ${caller.scope}`
      }`,
      endpoint,
      caller,
      expected: expectedFor(endpoint, caller),
    }))
  );
}

function expectedFor({ permission }: Endpoint, caller: Caller | null): AccessCase["expected"] {
  if (permission === "public") return "pass";
  if (caller === null) return 401;
  if (permission === "session" || permission === "signed-in") return "pass";
  const reaches = reachOf(permission) === "account" || caller.scope === "all";
  return roleHas(caller.role, permission) && reaches ? "pass" : 403;
}
