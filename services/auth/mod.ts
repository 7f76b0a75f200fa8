/**
 * Who asks, and what they may do.
 * @module
 */
export {
  can,
  grantableRoles,
  type Permission,
  PERMISSIONS,
  reachOf,
  require,
  roleHas,
  type Subject,
} from "./permissions.ts";
export type { Principal, UserPrincipal } from "./principal.ts";
