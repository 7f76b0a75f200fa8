import type { Auth, Profiles } from "../services/auth/mod.ts";
import type { Connectors } from "../services/gateway/mod.ts";
import type { Hub } from "../services/live/mod.ts";
import type { Hooks, Messages } from "../services/messages/mod.ts";
import type { HealthReport } from "../services/metrics/mod.ts";

/** What routes call; built once by the entry point, replaced by narrow fakes in tests. */
export interface Services {
  readonly auth: Auth;
  readonly connectors: Connectors;
  readonly hooks: Hooks;
  readonly hub: Hub;
  readonly messages: Messages;
  readonly profiles: Profiles;
  /** How each dependency is, now. */
  health(): Promise<HealthReport>;
}
