/**
 * Every endpoint of version 1, in the order of the documentation.
 * @module
 */
import type { Endpoint } from "../endpoint.ts";
import { login } from "./auth/login.ts";
import { logout } from "./auth/logout.ts";
import { refresh } from "./auth/refresh.ts";
import { listConnectors } from "./connectors/list.ts";
import { restartConnector, startConnector, stopConnector } from "./connectors/operate.ts";
import { readConnector } from "./connectors/read.ts";
import { listInbox } from "./messages/inbox.ts";
import { listMessages } from "./messages/list.ts";
import { readMessage } from "./messages/read.ts";
import { sendMessage } from "./messages/send.ts";

export const ENDPOINTS: readonly Endpoint[] = [
  login,
  refresh,
  logout,
  sendMessage,
  listMessages,
  readMessage,
  listInbox,
  listConnectors,
  readConnector,
  startConnector,
  stopConnector,
  restartConnector,
];
