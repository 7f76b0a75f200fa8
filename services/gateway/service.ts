/**
 * The gateway's connectors, as routes call them: read from PostgreSQL, steered through the one
 * session that holds jcli.
 * @module
 */
import { ALL_ACCOUNTS } from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import { readUser } from "../auth/mod.ts";
import type { Sql } from "../db/mod.ts";
import { NotFoundError } from "../errors/mod.ts";
import type { CommandDesk, ConnectorResult } from "./commands.ts";
import { type ConnectorEvent, listConnectorEvents } from "./events.ts";
import { type Connector, findConnector, listConnectors } from "./store.ts";

/** What may be done to a connector as it is. */
export type ConnectorAction = "start" | "stop" | "restart";

/** Who does it, for the audit log. */
export interface Operator {
  readonly userId: string;
  readonly ip: string;
}

/** A start waits for the bind, a restart for the stop before it. */
const OPERATION_TIMEOUT_MS = 20_000;

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
}

export function createConnectors(
  { sql, desk }: { readonly sql: Sql; readonly desk: CommandDesk },
): Connectors {
  async function read(cid: string): Promise<Connector> {
    const connector = await findConnector(sql, cid);
    if (connector === null) throw new NotFoundError(`The gateway has no connector ${cid}`);
    return connector;
  }
  return {
    list: () => listConnectors(sql),
    read,
    events: (cid, page) => listConnectorEvents(sql, { cid }, page),
    async operate(action, cid, operator) {
      const before = await read(cid);
      const { email } = await readUser(sql, ALL_ACCOUNTS, operator.userId);
      const result = await desk.run({ name: `connector.${action}`, cid }, {
        requestedBy: operator.userId,
        timeoutMs: OPERATION_TIMEOUT_MS,
      });
      await sql.begin((tx) =>
        append(tx, {
          actor: { id: operator.userId, label: email, ip: operator.ip },
          accountId: null,
          action: `connector.${action}`,
          subject: { type: "connector", id: cid },
          before: { state: before.state },
          after: { state: result.state, session: result.session },
        })
      );
      return result;
    },
  };
}
