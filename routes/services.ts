import type { Alerts } from "../services/alerts/mod.ts";
import type { AuditLog } from "../services/audit/mod.ts";
import type {
  ApiKeys,
  Auth,
  FirstRun,
  Profiles,
  SecondFactor,
  Users,
} from "../services/auth/mod.ts";
import type { Connectors, HttpConnectors } from "../services/gateway/mod.ts";
import type { Hub } from "../services/live/mod.ts";
import type { Hooks, Messages } from "../services/messages/mod.ts";
import type { HealthReport, Metrics } from "../services/metrics/mod.ts";
import type { Accounts } from "../services/tenancy/mod.ts";
import type { Walls } from "../services/wall/mod.ts";

/** What routes call; built once by the entry point, replaced by narrow fakes in tests. */
export interface Services {
  readonly accounts: Accounts;
  readonly alerts: Alerts;
  readonly apiKeys: ApiKeys;
  readonly audit: AuditLog;
  readonly auth: Auth;
  readonly connectors: Connectors;
  readonly firstRun: FirstRun;
  readonly hooks: Hooks;
  readonly httpConnectors: HttpConnectors;
  readonly hub: Hub;
  readonly messages: Messages;
  readonly metrics: Metrics;
  readonly profiles: Profiles;
  readonly secondFactor: SecondFactor;
  readonly users: Users;
  readonly walls: Walls;
  /** How each dependency is, now. */
  health(): Promise<HealthReport>;
}
