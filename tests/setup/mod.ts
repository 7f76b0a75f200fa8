/** The services that tests run against: started on free ports, in temporary folders. */

export { MissingProgramError } from "./apt.ts";
export { findChromium } from "./chromium.ts";
export {
  jasminMissing,
  type TestDatabase,
  testDatabase,
  testRedisUrl,
  testServerUrl,
  testStack,
} from "./env.ts";
export { type JasminOptions, type JasminService, startJasmin } from "./jasmin.ts";
export { GatewayUnavailableError, installJasmin, JASMIN_VERSION } from "./jasmin_install.ts";
export { freePort, isListening } from "./ports.ts";
export { type PostgresService, startPostgres } from "./postgres.ts";
export { type RabbitmqService, startRabbitmq } from "./rabbitmq.ts";
export { type RedisService, startRedis } from "./redis.ts";
export { type Service, ServiceError } from "./service.ts";
