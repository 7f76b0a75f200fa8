/**
 * The gateway's connectors, as routes call them: read from PostgreSQL, steered and changed through
 * the one session that holds jcli.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { AppError, ConflictError, NotFoundError, UnavailableError } from "../errors/mod.ts";
import type { ConnectorResult, UsingRoute } from "./command_types.ts";
import type { ConnectorKey, SettingChanges } from "./connector_keys.ts";
import { type ConnectorEvent, listConnectorEvents } from "./events.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { ConnectorConfig } from "./model.ts";
import type { Operations, Operator } from "./operations.ts";
import { type Connector, findConnector, listConnectors } from "./store.ts";

/** What may be done to a connector as it is. */
export type ConnectorAction = "start" | "stop" | "restart";

/** A start waits for the bind, a restart for the stop before it. */
const OPERATION_TIMEOUT_MS = 20_000;

/** A connector's settings, and the name of what they were, to be given back with a change. */
export interface ShownSettings {
  readonly config: Partial<ConnectorConfig>;
  readonly fingerprint: string;
  /** Whether they were read just now; else they are as last seen. */
  readonly fresh: boolean;
}

/** What came of an act on one of several. */
export type OperateResult =
  | { readonly cid: string; readonly result: ConnectorResult }
  | { readonly cid: string; readonly error: AppError };

export interface Connectors {
  /** Worst first. */
  list(): Promise<readonly Connector[]>;
  /** @throws {NotFoundError} when the gateway has none of that cid */
  read(cid: string): Promise<Connector>;
  /** The changes of a connector's state, newest first; also of one that is gone by now. */
  events(
    cid: string,
    page: { readonly cursor?: string; readonly limit: number },
  ): Promise<{ readonly items: readonly ConnectorEvent[]; readonly nextCursor: string | null }>;
  /**
   * Has the gateway do it and answers with the state that was reached.
   * @throws {NotFoundError | ConflictError} as the gateway says
   * @throws {UnavailableError} when the gateway's session can't do it now
   */
  operate(action: ConnectorAction, cid: string, operator: Operator): Promise<ConnectorResult>;
  /** The same to several, one after the other; what fails stops nothing. */
  operateAll(
    action: ConnectorAction,
    cids: readonly string[],
    operator: Operator,
  ): Promise<readonly OperateResult[]>;
  /**
   * Its settings, read from the gateway while it can be spoken to, else as last seen.
   * @throws {NotFoundError}
   */
  settings(cid: string): Promise<ShownSettings>;
  /**
   * Adds a connector, stopped.
   * @param cloneOf the connector whose settings are the start, but for its password and log file
   * @throws {ConflictError} when the gateway has one of that cid
   */
  create(
    cid: string,
    settings: SettingChanges,
    cloneOf: string | null,
    operator: Operator,
  ): Promise<ShownSettings>;
  /**
   * Changes its settings; a running one is restarted by the gateway where they need it.
   * @param fingerprint of the settings that were looked at
   * @throws {ConflictError} when they are others by now: then nothing was sent
   */
  update(
    cid: string,
    fingerprint: string,
    changes: SettingChanges,
    operator: Operator,
  ): Promise<ShownSettings>;
  /** The routes that name it, read from the gateway. @throws {UnavailableError} */
  uses(cid: string): Promise<readonly UsingRoute[]>;
  /** @throws {ConflictError} when routes use it, unless `evenIfUsed` */
  remove(cid: string, evenIfUsed: boolean, operator: Operator): Promise<void>;
}

/** What an audit entry tells of changed settings; of a password, that there is another. */
function told(changes: SettingChanges): Record<string, unknown> {
  const { password, ...rest } = changes;
  return { ...rest, ...(password === undefined ? {} : { another_password: true }) };
}

function pick(config: ConnectorConfig, changes: SettingChanges): Record<string, unknown> {
  const all: Readonly<Record<string, unknown>> = { ...config };
  const keys = Object.keys(changes).filter((key): key is ConnectorKey => key !== "password");
  return Object.fromEntries(keys.map((key) => [key, all[key] ?? null]));
}

export function createConnectors(
  { sql, operations }: { readonly sql: Sql; readonly operations: Operations },
): Connectors {
  const subject = (cid: string) => ({ type: "connector", id: cid });

  async function read(cid: string): Promise<Connector> {
    const connector = await findConnector(sql, cid);
    if (connector === null) throw new NotFoundError(`The gateway has no connector ${cid}`);
    return connector;
  }

  async function operate(action: ConnectorAction, cid: string, operator: Operator) {
    const before = await read(cid);
    return await operations.change(`connector.${action}`, { cid }, operator, {
      action: `connector.${action}`,
      subject: subject(cid),
      before: () => ({ state: before.state }),
      after: (result) => result === null ? null : { state: result.state, session: result.session },
    }, OPERATION_TIMEOUT_MS);
  }

  return {
    list: () => listConnectors(sql),
    read,
    events: (cid, page) => listConnectorEvents(sql, { cid }, page),
    operate,
    async operateAll(action, cids, operator) {
      const results: OperateResult[] = [];
      for (const cid of new Set(cids)) {
        try {
          results.push({ cid, result: await operate(action, cid, operator) });
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          results.push({ cid, error });
        }
      }
      return results;
    },
    async settings(cid) {
      try {
        const { config, fingerprint } = await operations.ask("connector.read", { cid });
        return { config, fingerprint, fresh: true };
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        const { config } = await read(cid);
        return { config, fingerprint: fingerprintOf(config), fresh: false };
      }
    },
    async create(cid, settings, cloneOf, operator) {
      if (await findConnector(sql, cid) !== null) {
        throw new ConflictError(`The gateway already has a connector ${cid}`);
      }
      const args = { cid, settings, cloneOf };
      const made = await operations.change("connector.create", args, operator, {
        action: "connector.create",
        subject: subject(cid),
        after: () => ({ ...told(settings), ...(cloneOf === null ? {} : { clone_of: cloneOf }) }),
      });
      return { ...made, fresh: true };
    },
    async update(cid, fingerprint, changes, operator) {
      const args = { cid, fingerprint, changes };
      const { config, fingerprint: now } = await operations.change(
        "connector.update",
        args,
        operator,
        {
          action: "connector.update",
          subject: subject(cid),
          before: (result) => result === null ? null : pick(result.before, changes),
          after: () => told(changes),
        },
      );
      return { config, fingerprint: now, fresh: true };
    },
    async uses(cid) {
      return (await operations.ask("connector.uses", { cid })).routes;
    },
    async remove(cid, evenIfUsed, operator) {
      const { config, state } = await read(cid);
      await operations.change("connector.remove", { cid, evenIfUsed }, operator, {
        action: "connector.remove",
        subject: subject(cid),
        before: (result) => ({
          state,
          ...config,
          ...(result === null ? {} : {
            routes: result.routes.map(({ direction, order }) => `${direction} ${order}`),
          }),
        }),
      });
    },
  };
}
