/**
 * What is asked of the gateway by somebody: carried out, and noted in the audit log whatever came
 * of it, as long as something may have been done.
 * @module
 */
import { ALL_ACCOUNTS } from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import { readUser } from "../auth/mod.ts";
import type { Sql } from "../db/mod.ts";
import { AppError, UnavailableError } from "../errors/mod.ts";
import type { ArgsOf, CommandName, ResultOf } from "./command_types.ts";
import type { CommandDesk } from "./commands.ts";

/** Who does it, for the audit log. */
export interface Operator {
  readonly userId: string;
  readonly ip: string;
}

/** What the audit log is told. */
export interface AuditOf<Result> {
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  before?(result: Result | null): unknown;
  after?(result: Result | null): unknown;
}

export interface Operations {
  /** Reads of the gateway itself. @throws {UnavailableError} when nobody can within `timeoutMs` */
  ask<Name extends CommandName>(
    name: Name,
    args: ArgsOf<Name>,
    timeoutMs?: number,
  ): Promise<ResultOf<Name>>;
  /** Changes the gateway. */
  change<Name extends CommandName>(
    name: Name,
    args: ArgsOf<Name>,
    operator: Operator,
    audit: AuditOf<ResultOf<Name>>,
    timeoutMs?: number,
  ): Promise<ResultOf<Name>>;
}

const READ_TIMEOUT_MS = 6_000;
/** jcli answers some commands after round trips of its own, and a restart waits five seconds. */
const CHANGE_TIMEOUT_MS = 45_000;

export function createOperations(
  { sql, desk }: { readonly sql: Sql; readonly desk: CommandDesk },
): Operations {
  return {
    ask: (name, args, timeoutMs = READ_TIMEOUT_MS) =>
      desk.run(name, args, { requestedBy: null, timeoutMs }),
    async change(name, args, operator, audit, timeoutMs = CHANGE_TIMEOUT_MS) {
      const { email } = await readUser(sql, ALL_ACCOUNTS, operator.userId);
      type Result = ResultOf<typeof name>;
      const note = (result: Result | null, failure?: AppError) =>
        sql.begin((tx) =>
          append(tx, {
            actor: { id: operator.userId, label: email, ip: operator.ip },
            accountId: null,
            action: audit.action,
            subject: audit.subject,
            before: audit.before?.(result) ?? null,
            after: failure === undefined
              ? audit.after?.(result) ?? null
              : { asked: audit.after?.(null) ?? null, failed: failure.message },
          })
        );
      let result: Result;
      try {
        result = await desk.run(name, args, { requestedBy: operator.userId, timeoutMs });
      } catch (error) {
        // What was refused changed nothing; what was lost on its way may have.
        if (error instanceof UnavailableError) await note(null, error);
        throw error;
      }
      await note(result);
      return result;
    },
  };
}
