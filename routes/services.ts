import type { Principal } from "../services/auth/mod.ts";

/** What routes call; built once by the entry point, replaced by narrow fakes in tests. */
export interface Services {
  readonly auth: {
    /**
     * Who a bearer token stands for.
     * @throws {UnauthenticatedError} when it is unknown, expired or revoked
     */
    authenticate(bearer: string): Promise<Principal>;
  };
}
