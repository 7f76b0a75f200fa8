/**
 * The part of `pg` 8.23 that is used here. Its published types bring those of Node.js, which change
 * what `node:net` and `node:assert` are for the whole program.
 * @see https://node-postgres.com/apis/client
 */

interface QueryConfig {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Under which the server keeps the plan. */
  readonly name?: string;
}

interface QueryResult {
  readonly rows: Record<string, unknown>[];
  /** Null for statements that neither give nor change rows. */
  readonly rowCount: number | null;
}

interface Notice {
  readonly message?: string;
}

interface Notification {
  readonly channel: string;
  readonly payload?: string;
}

interface ClientConfig {
  readonly connectionString: string;
  readonly application_name: string;
  /** Milliseconds. */
  readonly connectionTimeoutMillis: number;
  /** Milliseconds; 0 is no limit. */
  readonly statement_timeout: number;
  /** Milliseconds; 0 is no limit. */
  readonly idle_in_transaction_session_timeout: number;
  readonly keepAlive: boolean;
  readonly types: { readonly getTypeParser: (oid: number) => (text: string) => unknown };
}

interface PoolConfig extends ClientConfig {
  readonly max: number;
  /** Milliseconds; 0 keeps them. */
  readonly idleTimeoutMillis: number;
}

declare class Client {
  constructor(config: ClientConfig);
  connect(): Promise<unknown>;
  /** Several results for several statements. */
  query(statement: QueryConfig | string): Promise<QueryResult | QueryResult[]>;
  /** Also cuts off what is under way. */
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "notice", listener: (notice: Notice) => void): this;
  on(event: "notification", listener: (notification: Notification) => void): this;
  once(event: "end", listener: () => void): this;
}

interface PoolClient extends Client {
  release(destroy: boolean): void;
}

declare class Pool {
  constructor(config: PoolConfig);
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
  on(event: "connect" | "remove", listener: (client: PoolClient) => void): this;
  on(event: "error", listener: (error: Error) => void): this;
}

/** What the server answered to a statement that failed. */
declare class DatabaseError extends Error {
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly position: string | undefined;
  readonly routine: string | undefined;
}

declare const pg: {
  Client: typeof Client;
  Pool: typeof Pool;
  DatabaseError: typeof DatabaseError;
  escapeIdentifier(name: string): string;
};

export default pg;
export type { Client, ClientConfig, DatabaseError, Pool, PoolClient, PoolConfig };
