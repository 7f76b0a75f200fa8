/**
 * Every check, in the order in which faults explain each other.
 * @module
 */
import { callbacksArrive, hookAnswers } from "./callbacks.ts";
import {
  databaseClock,
  databaseConnections,
  databaseReachable,
  databaseSchema,
  messagePartitions,
} from "./database.ts";
import { consoleLogin, gatewayRelease, moRoute } from "./gateway_console.ts";
import { gatewayClock, gatewayMetrics, gatewayPing, gatewayUsers } from "./gateway_http.ts";
import type { Check } from "./model.ts";
import { redisMemory, redisPersistence, streamReachable } from "./stream.ts";
import { workersAlive } from "./workers.ts";

export const CHECKS: readonly Check[] = [
  databaseReachable,
  databaseSchema,
  databaseClock,
  databaseConnections,
  messagePartitions,
  streamReachable,
  redisMemory,
  redisPersistence,
  workersAlive,
  consoleLogin,
  gatewayRelease,
  gatewayPing,
  gatewayClock,
  gatewayMetrics,
  gatewayUsers,
  hookAnswers,
  callbacksArrive,
  moRoute,
];
