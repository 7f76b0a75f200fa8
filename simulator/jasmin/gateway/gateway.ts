/** The daemon: everything that all jcli sessions and the HTTP API share. */
import type { JasminSimulatorOptions, Release } from "../options.ts";
import type { Random } from "../random.ts";
import { type BehaviourChange, changeBehaviour, DEFAULT_BEHAVIOUR } from "./behaviour.ts";
import type { ConnectorBehaviour } from "./behaviour.ts";
import { configNumber, type ConfigValue } from "./connector_config.ts";
import { Connector, type ConnectorEvents } from "./connector.ts";
import { CONNECTOR_COUNTERS, Counters, HTTP_COUNTERS, SMPP_SERVER_COUNTERS } from "./counters.ts";
import { type Interceptor, OrderedTable, type Route } from "./routes.ts";
import { type Scope, Store } from "./store.ts";
import type { DlrRequest, Submit } from "./submit.ts";
import { type Group, md5, newActivity, type User, type UserActivity } from "./users.ts";
import type { Timing } from "./behaviour.ts";
import type { Timers } from "./timers.ts";

/** Parts of the state that `persist` and `load` handle one by one. */
export type RouterScope = Exclude<Scope, "smppccs" | "filters" | "httpccs">;

interface SavedConnector {
  readonly config: Map<string, ConfigValue>;
  readonly running: boolean;
  readonly pendingRestart: boolean;
}

/** What outlives a restart of the daemon: the broker's queues and the behaviour of operators. */
export interface Surroundings {
  readonly random: Random;
  readonly store: Store;
  readonly timing: Timing;
  readonly timers: Timers;
  readonly queues: Map<string, Submit[]>;
  readonly behaviours: Map<string, ConnectorBehaviour>;
  readonly events: ConnectorEvents;
  want(msgid: string, request: DlrRequest, cid: string, lifeMs: number): void;
}

export class Gateway {
  groups: Group[] = [];
  users: User[] = [];
  readonly connectors = new Map<string, Connector>();
  mtRoutes = new OrderedTable<Route>();
  moRoutes = new OrderedTable<Route>();
  mtInterceptors = new OrderedTable<Interceptor>();
  moInterceptors = new OrderedTable<Interceptor>();
  readonly http = new Counters(HTTP_COUNTERS);
  readonly smppServer = new Counters(SMPP_SERVER_COUNTERS);
  /** jcli sessions so far; the daemon's own first one loads the profile. */
  sessions = 1;
  readonly #activity = new Map<string, UserActivity>();
  readonly #connectorCounters = new Map<string, Counters>();
  /** Levels of connectors' logs: set when a log is first made, whatever comes after. */
  readonly #logLevels = new Map<string, number>();

  constructor(
    readonly options: JasminSimulatorOptions,
    readonly around: Surroundings,
  ) {
    this.http.set("created_at", new Date());
    this.smppServer.set("created_at", new Date());
  }

  get release(): Release {
    return this.options.release ?? "0.11.0";
  }

  /** How the gateway calls its release. */
  get releaseText(): string {
    return this.release === "0.12" ? "0.11.1" : this.release;
  }

  /** Whether the column sets are those of the repository after 0.11.1. */
  get later(): boolean {
    return this.release === "0.12";
  }

  get timing(): Timing {
    return this.around.timing;
  }

  group(gid: string): Group | undefined {
    return this.groups.find((group) => group.gid === gid);
  }

  user(uid: string): User | undefined {
    return this.users.find((user) => user.uid === uid);
  }

  /** The user of these credentials, unless it or its group is disabled. */
  authenticate(username: string, password: string): User | undefined {
    const user = this.users.find((candidate) => candidate.username === username);
    if (user?.passwordHash !== md5(password)) return undefined;
    return user.enabled && (this.group(user.gid)?.enabled ?? true) ? user : undefined;
  }

  /** Adds a group; one of the same id is replaced without a word. */
  addGroup(group: Group): void {
    this.groups = [...this.groups.filter(({ gid }) => gid !== group.gid), group];
  }

  /** Removes a group and its users. */
  removeGroup(gid: string): void {
    this.users = this.users.filter((user) => user.gid !== gid);
    this.groups = this.groups.filter((group) => group.gid !== gid);
  }

  /**
   * Adds a user; one of the same uid **or username** is replaced without a word and leaves it its
   * counters. False when the group is gone.
   */
  addUser(user: User): boolean {
    if (this.group(user.gid) === undefined) return false;
    const old = this.users.find(({ uid, username }) =>
      uid === user.uid || username === user.username
    );
    if (old !== undefined) {
      this.#activity.set(user.uid, this.activity(old.uid));
      this.users = this.users.filter((other) => other !== old);
    }
    this.users.push(user);
    return true;
  }

  removeUser(uid: string): void {
    this.users = this.users.filter((user) => user.uid !== uid);
  }

  /** A user's counters. */
  activity(uid: string): UserActivity {
    let activity = this.#activity.get(uid);
    if (activity === undefined) this.#activity.set(uid, activity = newActivity());
    return activity;
  }

  /** A connector's counters, which outlive it. */
  connectorCounters(cid: string): Counters {
    let counters = this.#connectorCounters.get(cid);
    if (counters === undefined) {
      this.#connectorCounters.set(cid, counters = new Counters(CONNECTOR_COUNTERS));
    }
    return counters;
  }

  /** Adds a stopped connector; false when the id is taken. */
  addConnector(config: Map<string, ConfigValue>): boolean {
    const cid = String(config.get("cid"));
    if (this.connectors.has(cid)) return false;
    const counters = this.connectorCounters(cid);
    counters.set("created_at", new Date());
    const { timing, random, events } = this.around;
    const connector = new Connector(cid, config, counters, this.#queue(cid), {
      behaviour: () => this.behaviour(cid),
      timing,
      random: random.fork(cid),
      events,
    });
    this.connectors.set(cid, connector);
    if (!this.#logLevels.has(cid)) this.#logLevels.set(cid, configNumber(config, "loglevel"));
    return true;
  }

  /** The level that a connector's log is kept at. */
  logLevel(cid: string): number {
    return this.#logLevels.get(cid) ?? 20;
  }

  /** Stops and removes a connector; its queue stays with the broker. */
  removeConnector(cid: string): void {
    this.connectors.get(cid)?.retire();
    this.connectors.delete(cid);
  }

  /** How a connector and its operator behave now. */
  behaviour(cid: string): ConnectorBehaviour {
    const { behaviours } = this.around;
    let behaviour = behaviours.get(cid);
    if (behaviour === undefined) {
      const general = changeBehaviour(DEFAULT_BEHAVIOUR, this.options.behaviour ?? {});
      behaviour = changeBehaviour(general, this.options.connectors?.[cid] ?? {});
      behaviours.set(cid, behaviour);
    }
    return behaviour;
  }

  changeBehaviour(cid: string, change: BehaviourChange): void {
    this.around.behaviours.set(cid, changeBehaviour(this.behaviour(cid), change));
  }

  /** Puts a message into its connector's queue; false when there is no such connector. */
  submit(submit: Submit, dlr: DlrRequest | undefined): boolean {
    const connector = this.connectors.get(submit.cid);
    if (connector === undefined) return false;
    connector.queue.push(submit);
    if (dlr !== undefined) {
      const life = configNumber(connector.config, "dlr_expiry") * 1000;
      this.around.want(submit.msgid, dlr, submit.cid, life);
    }
    connector.pump();
    return true;
  }

  /** Saves one part of the state; false when that fails. */
  persistRouter(profile: string, scope: RouterScope): boolean {
    if (!this.around.store.write(profile, scope, this.#part(scope))) return false;
    if (scope === "router-users") { for (const user of this.users) user.mt.quotasUpdated = false; }
    return true;
  }

  /** Replaces one part of the state by what was saved; false when nothing was. */
  loadRouter(profile: string, scope: RouterScope): boolean {
    const saved = this.around.store.read(profile, scope);
    if (saved === undefined) return false;
    // The store gives back what persistRouter wrote under the same scope.
    if (scope === "router-groups") {
      this.groups = saved as Group[];
      this.users = [];
    } else if (scope === "router-users") this.users = saved as User[];
    else if (scope === "router-moroutes") this.moRoutes = tableOf(saved);
    else if (scope === "router-mtroutes") this.mtRoutes = tableOf(saved);
    else if (scope === "router-mointerceptors") this.moInterceptors = tableOf(saved);
    else this.mtInterceptors = tableOf(saved);
    return true;
  }

  persistConnectors(profile: string): boolean {
    const saved = [...this.connectors.values()].map((connector): SavedConnector => ({
      config: connector.config,
      running: connector.running,
      pendingRestart: connector.pendingRestart,
    }));
    return this.around.store.write(profile, "smppccs", saved);
  }

  /** The saved connectors, or undefined when none were saved. */
  savedConnectors(profile: string): readonly SavedConnector[] | undefined {
    // The store gives back what persistConnectors wrote.
    return this.around.store.read(profile, "smppccs") as SavedConnector[] | undefined;
  }

  /** Removes all connectors and adds the saved ones, started if they were. */
  replaceConnectors(saved: readonly SavedConnector[]): void {
    for (const cid of [...this.connectors.keys()]) this.removeConnector(cid);
    for (const { config, running, pendingRestart } of saved) {
      this.addConnector(config);
      const connector = this.connectors.get(String(config.get("cid")));
      if (connector === undefined) continue;
      connector.pendingRestart = pendingRestart;
      if (running) connector.start();
    }
  }

  /** What the daemon does by itself: it saves groups and users once a quota was charged. */
  autoPersist(): void {
    if (!this.users.some((user) => user.mt.quotasUpdated)) return;
    this.persistRouter("jcli-prod", "router-groups");
    this.persistRouter("jcli-prod", "router-users");
  }

  /** Loads everything that was saved under the default profile, as a starting daemon does. */
  loadProfile(): void {
    for (const scope of ROUTER_SCOPES) this.loadRouter("jcli-prod", scope);
    this.replaceConnectors(this.savedConnectors("jcli-prod") ?? []);
  }

  dispose(): void {
    for (const connector of this.connectors.values()) connector.dispose();
  }

  #queue(cid: string): Submit[] {
    let queue = this.around.queues.get(cid);
    if (queue === undefined) this.around.queues.set(cid, queue = []);
    return queue;
  }

  #part(scope: RouterScope): unknown {
    switch (scope) {
      case "router-groups":
        return this.groups;
      case "router-users":
        return this.users;
      case "router-moroutes":
        return this.moRoutes.all();
      case "router-mtroutes":
        return this.mtRoutes.all();
      case "router-mointerceptors":
        return this.moInterceptors.all();
      case "router-mtinterceptors":
        return this.mtInterceptors.all();
    }
  }
}

const ROUTER_SCOPES: readonly RouterScope[] = [
  "router-groups",
  "router-users",
  "router-mointerceptors",
  "router-mtinterceptors",
  "router-moroutes",
  "router-mtroutes",
];

function tableOf<T extends Route | Interceptor>(saved: unknown): OrderedTable<T> {
  const table = new OrderedTable<T>();
  // The store gives back the entries that OrderedTable.all() listed.
  for (const { order, value } of saved as { order: number; value: T }[]) table.add(order, value);
  return table;
}
