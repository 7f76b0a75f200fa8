/**
 * Every endpoint of version 1, in the order of the documentation.
 * @module
 */
import type { Endpoint } from "../endpoint.ts";
import { createAccount } from "./accounts/create.ts";
import { listAccounts, readAccount } from "./accounts/read.ts";
import { updateAccount } from "./accounts/update.ts";
import { acknowledgeAlert, readAlert } from "./alerts/incident.ts";
import { listAlerts } from "./alerts/list.ts";
import { createApiKey } from "./api-keys/create.ts";
import { listApiKeys } from "./api-keys/list.ts";
import { readApiKey } from "./api-keys/read.ts";
import { revokeApiKey } from "./api-keys/revoke.ts";
import { listAudit } from "./audit/list.ts";
import { login } from "./auth/login.ts";
import { logout } from "./auth/logout.ts";
import { refresh } from "./auth/refresh.ts";
import { createConnector } from "./connectors/create.ts";
import { listConnectorEvents, readConnectorUptime } from "./connectors/history.ts";
import { listConnectors } from "./connectors/list.ts";
import { listConnectorLoads } from "./connectors/load.ts";
import {
  operateConnectors,
  restartConnector,
  startConnector,
  stopConnector,
} from "./connectors/operate.ts";
import { readConnector } from "./connectors/read.ts";
import { readConnectorRoutes, removeConnector } from "./connectors/remove.ts";
import {
  listConnectorKeys,
  readConnectorSettings,
  updateConnector,
} from "./connectors/settings.ts";
import {
  createHttpConnector,
  listHttpConnectors,
  removeHttpConnector,
  testHttpConnector,
} from "./http-connectors/http_connectors.ts";
import { listInbox } from "./messages/inbox.ts";
import { listMessages } from "./messages/list.ts";
import { readMessage } from "./messages/read.ts";
import { sendMessage } from "./messages/send.ts";
import { readMetrics, readRecentMetrics } from "./metrics/current.ts";
import { readMetricsHistory } from "./metrics/history.ts";
import { readSystemMetrics } from "./metrics/system.ts";
import { changePassword, readProfile, updateProfile } from "./profile/profile.ts";
import {
  confirmSecondFactor,
  disableSecondFactor,
  enrolSecondFactor,
  readSecondFactor,
  renewRecoveryCodes,
} from "./profile/second_factor.ts";
import { listServices } from "./services/list.ts";
import { endSession, endSessions, listSessions } from "./sessions/sessions.ts";
import { completeSetup, readSetup } from "./setup/setup.ts";
import { createUser } from "./users/create.ts";
import { resetUserSecondFactor, setUserPassword } from "./users/credentials.ts";
import { listUsers } from "./users/list.ts";
import { readUser } from "./users/read.ts";
import { updateUser } from "./users/update.ts";
import { createWall, listWalls, revokeWall, updateWall } from "./wall/displays.ts";

export const ENDPOINTS: readonly Endpoint[] = [
  readSetup,
  completeSetup,
  login,
  refresh,
  logout,
  readProfile,
  updateProfile,
  changePassword,
  readSecondFactor,
  enrolSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  disableSecondFactor,
  listSessions,
  endSession,
  endSessions,
  listUsers,
  createUser,
  readUser,
  updateUser,
  setUserPassword,
  resetUserSecondFactor,
  listAccounts,
  createAccount,
  readAccount,
  updateAccount,
  listApiKeys,
  createApiKey,
  readApiKey,
  revokeApiKey,
  listAudit,
  sendMessage,
  listMessages,
  readMessage,
  listInbox,
  listConnectors,
  createConnector,
  readConnector,
  readConnectorSettings,
  updateConnector,
  readConnectorRoutes,
  removeConnector,
  listConnectorKeys,
  operateConnectors,
  listHttpConnectors,
  createHttpConnector,
  removeHttpConnector,
  testHttpConnector,
  startConnector,
  stopConnector,
  restartConnector,
  listConnectorEvents,
  readConnectorUptime,
  listConnectorLoads,
  readMetrics,
  readRecentMetrics,
  readMetricsHistory,
  readSystemMetrics,
  listServices,
  listAlerts,
  readAlert,
  acknowledgeAlert,
  listWalls,
  createWall,
  updateWall,
  revokeWall,
];
