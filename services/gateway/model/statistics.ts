/**
 * The gateway's counters. They live in its memory: a restart sets them to zero.
 * @module
 */

/**
 * A time of the gateway's clock, `YYYY-MM-DD HH:MM:SS` in the zone of its host, which it doesn't
 * tell; null when the thing never happened.
 */
export type GatewayTime = string | null;

/** Values by the gateway's own names: a counter, a time, or text. */
export type StatItems = Readonly<Record<string, number | GatewayTime>>;

/** A connector's row of `stats --smppcs`. */
export interface ConnectorStats {
  readonly cid: string;
  readonly connectedAt: GatewayTime;
  readonly boundAt: GatewayTime;
  readonly disconnectedAt: GatewayTime;
  readonly submitRequests: number;
  /** submit_sm that the SMSC answered with ESME_ROK. */
  readonly submits: number;
  /** deliver_sm, MO messages and receipts together. */
  readonly delivers: number;
  readonly dataSms: number;
  /** Answers ESME_RTHROTTLED. */
  readonly throttlingErrors: number;
  readonly otherErrors: number;
}

/** A user's row of `stats --users`. */
export interface UserStats {
  readonly uid: string;
  readonly smppBinds: number;
  readonly smppLastActivity: GatewayTime;
  readonly httpRequests: number;
  readonly httpLastActivity: GatewayTime;
  /** The addresses of the user's SMPP sessions; absent where the release doesn't tell. */
  readonly smppPeers?: string;
}

/** `stats --user`: items by the side they were counted on. */
export interface UserStatItems {
  readonly smpps: StatItems;
  readonly http: StatItems;
}

/** Counters of one connector, as Prometheus text gives them. */
export interface ConnectorCounters {
  readonly connected: number;
  readonly disconnected: number;
  readonly bound: number;
  readonly submitRequests: number;
  readonly submits: number;
  readonly delivers: number;
  readonly dataSms: number;
  readonly elinks: number;
  readonly throttlingErrors: number;
  readonly otherErrors: number;
  readonly interceptions: number;
  readonly interceptorErrors: number;
}

/** One reading of the gateway's counters. */
export interface GatewayMetrics {
  readonly connectors: ReadonlyMap<string, ConnectorCounters>;
  /** The HTTP API's counters by the gateway's names, without the prefix. */
  readonly http: Readonly<Record<string, number>>;
  /** The SMPP server's counters by the gateway's names, without the prefix. */
  readonly smpps: Readonly<Record<string, number>>;
}
