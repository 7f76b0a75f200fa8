/**
 * Jasmin's console as the configuring side of a gateway.
 * @module
 */
import type { GatewayConsole, StatsReader } from "../../model.ts";
import { ConnectorId, UserId } from "../../model.ts";
import { persist, read } from "./dialogue.ts";
import { type JcliLine, line } from "./encode.ts";
import { connectorManager, httpConnectorManager } from "./manage_connectors.ts";
import {
  filterManager,
  interceptorManager,
  moRouteManager,
  mtRouteManager,
} from "./manage_routing.ts";
import { groupManager, userManager } from "./manage_users.ts";
import {
  parseConnectorStats,
  parseStatItems,
  parseUserStatItems,
  parseUserStats,
} from "./parse_stats.ts";
import type { JcliSession, Turn } from "./session.ts";
import { checked } from "../checked.ts";

/**
 * The console over whatever session there is at each call.
 * @param session The session of now; throws `UnavailableError` when there is none.
 */
export function jasminConsole(session: () => JcliSession): GatewayConsole {
  const turn: Turn = async (work, signal) => await session().exclusive(work, signal);
  return {
    connectors: connectorManager(turn),
    httpConnectors: httpConnectorManager(turn),
    groups: groupManager(turn),
    users: userManager(turn),
    filters: filterManager(turn),
    mtRoutes: mtRouteManager(turn),
    moRoutes: moRouteManager(turn),
    interceptors: interceptorManager(turn),
    stats: statsReader(turn),
    persist: ({ signal } = {}) => turn((send) => persist(send, signal), signal),
  };
}

function statsReader(turn: Turn): StatsReader {
  const lines = (command: JcliLine, signal?: AbortSignal) =>
    turn((send) => read(send, command, signal), signal);
  return {
    connectors: async ({ signal } = {}) =>
      parseConnectorStats(await lines(line("stats", "--smppcs"), signal)),
    connector: async (cid, { signal } = {}) => {
      const value = { field: "cid", text: checked(ConnectorId, cid, "cid") };
      return parseStatItems(await lines(line("stats", "--smppc", value), signal));
    },
    users: async ({ signal } = {}) => parseUserStats(await lines(line("stats", "--users"), signal)),
    user: async (uid, { signal } = {}) => {
      const value = { field: "uid", text: checked(UserId, uid, "uid") };
      return parseUserStatItems(await lines(line("stats", "--user", value), signal));
    },
    httpApi: async ({ signal } = {}) =>
      parseStatItems(await lines(line("stats", "--httpapi"), signal)),
    smppServer: async ({ signal } = {}) =>
      parseStatItems(await lines(line("stats", "--smppsapi"), signal)),
  };
}
