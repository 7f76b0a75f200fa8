/**
 * Who may do what: the one matrix. Pages, API and tests read it; nothing else decides by role.
 * @module
 */
import { type Role, ROLES, type Scope } from "../accounts/mod.ts";
import { ForbiddenError } from "../errors/mod.ts";

/**
 * A permission's roles, and what it reaches. `account`: tenant data, which the caller's `Scope`
 * cuts. `installation`: what all tenants share (connectors, routes, the gateway, the machines), so
 * the role is not enough: it also takes the scope `all`, or a reseller's admin could stop
 * somebody else's connector.
 */
interface Grant {
  readonly reach: "account" | "installation";
  readonly roles: readonly Role[];
}

// Columns of the table below. A super admin has every permission, so no row repeats it.
const A = "admin";
const M = "campaign_manager";
const R = "analyst";
const C = "client";

/** The matrix without the super admin's column, which is all yes. */
const GRANTS = {
  "accounts:read": { reach: "account", roles: [A, M, R, C] },
  "accounts:write": { reach: "account", roles: [A] },
  "alerts:read": { reach: "account", roles: [A, M, R, C] },
  "alerts:write": { reach: "account", roles: [A] },
  "api-keys:read": { reach: "account", roles: [A, C] },
  "api-keys:write": { reach: "account", roles: [A, C] },
  "audit:read": { reach: "account", roles: [A] },
  "billing:read": { reach: "account", roles: [A, M, R, C] },
  "billing:write": { reach: "account", roles: [A] },
  "campaigns:read": { reach: "account", roles: [A, M, R, C] },
  "campaigns:write": { reach: "account", roles: [A, M, C] },
  // A client is told the state of its messages, not by whose connector they travel.
  "connectors:operate": { reach: "installation", roles: [A] },
  "connectors:read": { reach: "installation", roles: [A, M, R] },
  "connectors:write": { reach: "installation", roles: [A] },
  "contacts:read": { reach: "account", roles: [A, M, R, C] },
  "contacts:write": { reach: "account", roles: [A, M, C] },
  "gateway:read": { reach: "installation", roles: [A, R] },
  "gateway:write": { reach: "installation", roles: [A] },
  "messages:read": { reach: "account", roles: [A, M, R, C] },
  "messages:send": { reach: "account", roles: [A, M, C] },
  "metrics:read": { reach: "account", roles: [A, M, R, C] },
  "routes:read": { reach: "installation", roles: [A, R] },
  "routes:write": { reach: "installation", roles: [A] },
  "system:read": { reach: "installation", roles: [A] },
  // Backups, keys, restarts: what could undo the audit log itself.
  "system:write": { reach: "installation", roles: [] },
  "templates:read": { reach: "account", roles: [A, M, R, C] },
  "templates:write": { reach: "account", roles: [A, M, C] },
  "users:read": { reach: "account", roles: [A] },
  "users:write": { reach: "account", roles: [A] },
  // A display shows its account's figures to whoever stands before it.
  "walls:read": { reach: "account", roles: [A] },
  "walls:write": { reach: "account", roles: [A] },
  "webhooks:read": { reach: "account", roles: [A, C] },
  "webhooks:write": { reach: "account", roles: [A, C] },
} as const satisfies Record<string, Grant>;

/** Something that a role may do: `subject:verb`. */
export type Permission = keyof typeof GRANTS;

/** Every permission, in alphabetical order. */
// Object.keys() is typed string[]; these are the keys of a literal that nothing extends.
export const PERMISSIONS = Object.keys(GRANTS) as readonly Permission[];

/** Who asks, as far as permissions go. */
export interface Subject {
  readonly role: Role;
  readonly scope: Scope;
  /** When given, nothing beyond these: what an API key was made for. */
  readonly permissions?: readonly Permission[];
}

/** Whether the role's column has the permission, whatever the scope: for the access matrix. */
export function roleHas(role: Role, permission: Permission): boolean {
  if (role === "super_admin") return true;
  const grant: Grant = GRANTS[permission];
  return grant.roles.includes(role);
}

/** What the permission reaches. */
export function reachOf(permission: Permission): "account" | "installation" {
  return GRANTS[permission].reach;
}

/** What the caller may do, in alphabetical order. */
export function permissionsOf(subject: Subject): Permission[] {
  return PERMISSIONS.filter((permission) => can(subject, permission));
}

/** Whether the caller may do this. For tenant data, the store's `Scope` then says to what. */
export function can(subject: Subject, permission: Permission): boolean {
  return roleHas(subject.role, permission) &&
    (subject.permissions?.includes(permission) ?? true) &&
    (reachOf(permission) === "account" || subject.scope.kind === "all");
}

/** @throws {ForbiddenError} when the caller may not do this */
export function require(subject: Subject, permission: Permission): void {
  if (!can(subject, permission)) {
    if (can({ role: subject.role, scope: subject.scope }, permission)) {
      throw new ForbiddenError(
        `This API key wasn't made for this (${permission}); make one with that scope`,
      );
    }
    throw new ForbiddenError(
      `Your role may not do this (${permission}); ask an administrator of the account`,
    );
  }
}

/**
 * Which roles a user of this role may give to others: its own and those below it. Only users who
 * have one of these roles may be changed, or an admin could take a super admin's password.
 */
export function grantableRoles(role: Role): readonly Role[] {
  if (!roleHas(role, "users:write")) return [];
  return ROLES.slice(ROLES.indexOf(role));
}
