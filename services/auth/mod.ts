/**
 * Who asks, and what they may do.
 * @module
 */
export { actorOf } from "./actor.ts";
export {
  type ApiKey,
  type ApiKeyFilter,
  type ApiKeys,
  createApiKeys,
  type NewApiKey,
} from "./api_keys.ts";
export { ACCESS_SECONDS } from "./access_token.ts";
export { type Auth, type AuthOptions, createAuth, type Tokens } from "./auth.ts";
export { SESSION_TTL_MS } from "./authenticator.ts";
export { changedParts } from "./changes.ts";
export { CodeRequiredError } from "./code_check.ts";
export { createFirstRun, type FirstRun, type FirstUser } from "./first_run.ts";
export { type HasherOptions, type PasswordHasher, passwordHasher } from "./hasher.ts";
export { type LoginInput, type Origin, UserDisabledError, WrongPasswordError } from "./login.ts";
export { type AfterWrong, pruneThrottle } from "./login_throttle.ts";
export { checkPassword, MAX_PASSWORD_BYTES, MIN_PASSWORD_LENGTH } from "./password.ts";
export {
  can,
  grantableRoles,
  type Permission,
  PERMISSIONS,
  permissionsOf,
  reachOf,
  require,
  roleHas,
  type Subject,
} from "./permissions.ts";
export type { ApiKeyPrincipal, Principal, Requester, UserPrincipal } from "./principal.ts";
export { createProfiles, type Profile, type Profiles } from "./profile.ts";
export { type QrCode, qrCode } from "./qr.ts";
export {
  type RateLimiter,
  rateLimiter,
  type RateLimiterOptions,
  type RateRule,
  type RateState,
  requireAllowed,
} from "./ratelimit.ts";
export { GRACE_SECONDS, REFRESH_SECONDS } from "./refresh.ts";
export { createSecondFactor, type OwnerProof, type SecondFactor } from "./second_factor.ts";
export { pruneSessions, type RevokeFilter, type RevokeReason, type Session } from "./sessions.ts";
export { createUsers, type Users } from "./user_desk.ts";
export type { UserFilter } from "./user_list.ts";
export {
  createUser,
  emailSchema,
  findUser,
  hasAnyUser,
  listUsers,
  type NewUser,
  newUserSchema,
  readUser,
  setPassword,
  type Theme,
  THEMES,
  updateUser,
  type User,
  USER_STATUSES,
  type UserChange,
  userChangeSchema,
  type UserStatus,
} from "./users.ts";
