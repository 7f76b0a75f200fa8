/**
 * What the rest of the house may ask of a gateway.
 * @module
 */
import type {
  ConnectorChanges,
  ConnectorConfig,
  ConnectorStatus,
  HttpConnector,
  NewConnector,
} from "./connectors.ts";
import type { Balance, GatewayLogin, MessageRate, MtMessage, SendOutcome } from "./messages.ts";
import type {
  Direction,
  Filter,
  FilterRow,
  Interceptor,
  MoRoute,
  MtRoute,
  NewInterceptor,
  NewMoRoute,
  NewMtRoute,
} from "./routing.ts";
import type {
  ConnectorStats,
  GatewayMetrics,
  StatItems,
  UserStatItems,
  UserStats,
} from "./statistics.ts";
import type {
  GatewayGroup,
  GatewayUser,
  GatewayUserChanges,
  GatewayUserDetails,
  NewGatewayUser,
} from "./users.ts";

/** How long, and until when, an operation may wait. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** How long a start or restart waits for the bind. */
export interface ReachOptions extends CallOptions {
  /** Milliseconds. @default 10_000 */
  readonly deadlineMs?: number;
}

/**
 * SMPP client connectors.
 *
 * All methods of all managers throw `UnavailableError` while the gateway can't be spoken to,
 * `NotFoundError` for what doesn't exist there, `ConflictError` for what is in the way, and
 * `ValidationError` with the field for what the gateway refuses.
 */
export interface ConnectorManager {
  list(options?: CallOptions): Promise<readonly ConnectorStatus[]>;
  show(cid: string, options?: CallOptions): Promise<ConnectorConfig>;
  /** Adds it, stopped. */
  add(connector: NewConnector, options?: CallOptions): Promise<void>;
  /** Changes it; a running connector may be restarted by the gateway for it. */
  update(cid: string, changes: ConnectorChanges, options?: CallOptions): Promise<void>;
  remove(cid: string, options?: CallOptions): Promise<void>;
  /** Starts it unless it runs, and gives the state reached: bound, or what it was at the deadline. */
  start(cid: string, options?: ReachOptions): Promise<ConnectorStatus>;
  /** Stops it unless it is stopped, and gives the state reached. */
  stop(cid: string, options?: ReachOptions): Promise<ConnectorStatus>;
  /** Stops it if it runs, starts it, and gives the state reached. */
  restart(cid: string, options?: ReachOptions): Promise<ConnectorStatus>;
}

/** HTTP client connectors, the targets of MO routes. Each change is persisted at once. */
export interface HttpConnectorManager {
  list(options?: CallOptions): Promise<readonly HttpConnector[]>;
  add(connector: HttpConnector, options?: CallOptions): Promise<void>;
  remove(cid: string, options?: CallOptions): Promise<void>;
}

export interface GroupManager {
  list(options?: CallOptions): Promise<readonly GatewayGroup[]>;
  add(gid: string, options?: CallOptions): Promise<void>;
  enable(gid: string, options?: CallOptions): Promise<void>;
  disable(gid: string, options?: CallOptions): Promise<void>;
  /** Removes the group and with it all of its users. */
  remove(gid: string, options?: CallOptions): Promise<void>;
}

export interface UserManager {
  list(options?: CallOptions): Promise<readonly GatewayUser[]>;
  show(uid: string, options?: CallOptions): Promise<GatewayUserDetails>;
  add(user: NewGatewayUser, options?: CallOptions): Promise<void>;
  update(uid: string, changes: GatewayUserChanges, options?: CallOptions): Promise<void>;
  enable(uid: string, options?: CallOptions): Promise<void>;
  disable(uid: string, options?: CallOptions): Promise<void>;
  remove(uid: string, options?: CallOptions): Promise<void>;
  /** Ends the user's SMPP sessions. */
  unbind(uid: string, options?: CallOptions): Promise<void>;
  /** Ends the user's SMPP sessions and takes the right to bind from it. */
  ban(uid: string, options?: CallOptions): Promise<void>;
}

/** Filters. Each change is persisted at once. */
export interface FilterManager {
  list(options?: CallOptions): Promise<readonly FilterRow[]>;
  add(filter: Filter, options?: CallOptions): Promise<void>;
  remove(fid: string, options?: CallOptions): Promise<void>;
}

/** One routing table. A route can't be changed, only removed and added. */
export interface RouteManager<Row, New> {
  list(options?: CallOptions): Promise<readonly Row[]>;
  /** Refuses an order that is taken: the gateway would replace that route without a word. */
  add(route: New, options?: CallOptions): Promise<void>;
  remove(order: number, options?: CallOptions): Promise<void>;
}

export interface InterceptorManager {
  list(direction: Direction, options?: CallOptions): Promise<readonly Interceptor[]>;
  /** Refuses an order that is taken. */
  add(direction: Direction, interceptor: NewInterceptor, options?: CallOptions): Promise<void>;
  remove(direction: Direction, order: number, options?: CallOptions): Promise<void>;
}

export interface StatsReader {
  connectors(options?: CallOptions): Promise<readonly ConnectorStats[]>;
  connector(cid: string, options?: CallOptions): Promise<StatItems>;
  users(options?: CallOptions): Promise<readonly UserStats[]>;
  user(uid: string, options?: CallOptions): Promise<UserStatItems>;
  httpApi(options?: CallOptions): Promise<StatItems>;
  smppServer(options?: CallOptions): Promise<StatItems>;
}

/** The side of a gateway that configures it: one writer at a time in the whole installation. */
export interface GatewayConsole {
  readonly connectors: ConnectorManager;
  readonly httpConnectors: HttpConnectorManager;
  readonly groups: GroupManager;
  readonly users: UserManager;
  readonly filters: FilterManager;
  readonly mtRoutes: RouteManager<MtRoute, NewMtRoute>;
  readonly moRoutes: RouteManager<MoRoute, NewMoRoute>;
  readonly interceptors: InterceptorManager;
  readonly stats: StatsReader;
  /** Makes what is configured now survive a restart of the gateway. */
  persist(options?: CallOptions): Promise<void>;
}

/** The side of a gateway that takes messages: any number of callers at once. */
export interface GatewayTraffic {
  /** Never throws for what the gateway or the network does: that is the outcome. */
  send(login: GatewayLogin, message: MtMessage, options?: CallOptions): Promise<SendOutcome>;
  balance(login: GatewayLogin, options?: CallOptions): Promise<Balance>;
  rate(login: GatewayLogin, message: MtMessage, options?: CallOptions): Promise<MessageRate>;
  metrics(options?: CallOptions): Promise<GatewayMetrics>;
  /** Milliseconds that the gateway took to answer. */
  ping(options?: CallOptions): Promise<number>;
}

/** A gateway. */
export interface Gateway extends GatewayConsole, GatewayTraffic {}
