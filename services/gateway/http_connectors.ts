/**
 * The gateway's HTTP client connectors, as routes call them: where it brings MO messages.
 * @module
 */
import { append } from "../audit/mod.ts";
import { ALL_ACCOUNTS } from "../accounts/mod.ts";
import { readUser } from "../auth/mod.ts";
import type { Sql } from "../db/mod.ts";
import { NotFoundError } from "../errors/mod.ts";
import type { UsedHttpConnector } from "./command_types.ts";
import { callMo, type MoAnswer } from "./jasmin/http/mo_call.ts";
import type { HttpConnector } from "./model.ts";
import type { Operations, Operator } from "./operations.ts";

export interface HttpConnectors {
  /** As the gateway has them now. @throws {UnavailableError} while it can't be spoken to */
  list(): Promise<readonly UsedHttpConnector[]>;
  /** @throws {ConflictError} when there is one of that cid: the gateway would replace it */
  create(connector: HttpConnector, operator: Operator): Promise<HttpConnector>;
  /**
   * @throws {ConflictError} when routes have a copy of it, unless `evenIfUsed`
   * @throws {NotFoundError}
   */
  remove(cid: string, evenIfUsed: boolean, operator: Operator): Promise<void>;
  /** Calls its address once, from here, as the gateway would for a message. */
  test(cid: string, operator: Operator): Promise<MoAnswer>;
}

/** An address without what may be secret in it. */
export function maskedUrl(url: string): string {
  try {
    return `${new URL(url).origin}/…`;
  } catch (error) {
    if (error instanceof TypeError) return "…";
    throw error;
  }
}

export function createHttpConnectors(
  { sql, operations }: { readonly sql: Sql; readonly operations: Operations },
): HttpConnectors {
  const subject = (cid: string) => ({ type: "http_connector", id: cid });
  const told = ({ url, method }: HttpConnector) => ({ url: maskedUrl(url), method });
  const list = async () => (await operations.ask("http-connector.list", {})).items;
  return {
    list,
    async create(connector, operator) {
      const made = await operations.change("http-connector.create", { connector }, operator, {
        action: "http_connector.create",
        subject: subject(connector.cid),
        after: () => told(connector),
      });
      return made.connector;
    },
    async remove(cid, evenIfUsed, operator) {
      await operations.change("http-connector.remove", { cid, evenIfUsed }, operator, {
        action: "http_connector.remove",
        subject: subject(cid),
        before: (result) =>
          result === null ? null : {
            ...told(result.removed),
            routes: result.removed.routes.map(({ order }) => `mo ${order}`),
          },
      });
    },
    async test(cid, operator) {
      const connector = (await list()).find((each) => each.cid === cid);
      if (connector === undefined) {
        throw new NotFoundError(`The gateway has no HTTP connector ${cid}`);
      }
      const { email } = await readUser(sql, ALL_ACCOUNTS, operator.userId);
      const answer = await callMo(connector);
      await sql.begin((tx) =>
        append(tx, {
          actor: { id: operator.userId, label: email, ip: operator.ip },
          accountId: null,
          action: "http_connector.test",
          subject: subject(cid),
          after: answer.kind === "answered"
            ? { status: answer.status, acknowledged: answer.acknowledged }
            : { failed: answer.reason },
        })
      );
      return answer;
    },
  };
}
