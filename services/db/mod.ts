/**
 * PostgreSQL: pools, schema, the embedded server, leases.
 * @module
 */
export { connect, type ConnectOptions, healthy, ping, type Sql, type Tx } from "./connect.ts";
export { type Embedded, findRunning, type Running, startEmbedded } from "./embedded/mod.ts";
export {
  ConnectionError,
  isConnectionError,
  isServerError,
  isUniqueViolation,
  type ServerError,
} from "./failures.ts";
export { acquireLease, type Lease } from "./lease.ts";
export { GroupCommit, type GroupCommitOptions } from "./group_commit.ts";
export { migrate } from "./migrate.ts";
export type { Argument, Row, Rows, Statement } from "./statement.ts";
export { Wake } from "./wake.ts";
