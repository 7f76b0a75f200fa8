/**
 * Commands for the one process that may write to jcli, carried through PostgreSQL: asked on any
 * node, carried out once by the holder of the lease, answered with what was reached.
 * @module
 */
import { v7 } from "uuid";
import type { Sql } from "../db/mod.ts";
import {
  AppError,
  ConflictError,
  NotFoundError,
  UnavailableError,
  ValidationError,
} from "../errors/mod.ts";
import type { ConnectorState } from "./store.ts";

/** What may be asked of the gateway. */
export type GatewayCommand =
  | { readonly name: "connector.start"; readonly cid: string }
  | { readonly name: "connector.stop"; readonly cid: string }
  | { readonly name: "connector.restart"; readonly cid: string };

/** What a connector command reached; `settled` is false where time ran out on the way there. */
export interface ConnectorResult {
  readonly cid: string;
  readonly state: ConnectorState;
  readonly session: string;
  readonly settled: boolean;
}

/** A command that was taken, to be finished by whoever took it. */
export interface TakenCommand {
  readonly id: string;
  readonly command: GatewayCommand;
}

interface WireError {
  readonly kind: string;
  readonly message: string;
  readonly field: string | null;
}

interface CommandRow {
  readonly id: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly result: ConnectorResult | null;
  readonly error: WireError | null;
}

/** Notified when a command was asked. */
export const COMMAND_CHANNEL = "gateway_command";
const ANSWERED = "gateway_command_done";

/** A notice can get lost with its connection, so a waiter also looks by itself this often. */
const LOOK_AGAIN_MS = 500;

function toWire(error: unknown): WireError {
  if (error instanceof ValidationError) {
    const [fault] = error.faults;
    return {
      kind: error.kind,
      message: fault?.message ?? error.message,
      field: fault?.field ?? null,
    };
  }
  if (error instanceof AppError) return { kind: error.kind, message: error.message, field: null };
  return {
    kind: "unavailable",
    message: error instanceof Error ? error.message : String(error),
    field: null,
  };
}

function fromWire(error: WireError): AppError {
  switch (error.kind) {
    case "validation":
      return new ValidationError(error.field ?? "", error.message);
    case "not-found":
      return new NotFoundError(error.message);
    case "conflict":
      return new ConflictError(error.message);
    default:
      return new UnavailableError(error.message);
  }
}

/** Asks commands and waits for their answers; one for each process. */
export class CommandDesk {
  readonly #sql: Sql;
  readonly #waiting = new Map<string, () => void>();
  #listening: Promise<{ unlisten: () => Promise<void> }> | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * Has a command carried out and answers with what was reached.
   * @param timeoutMs how long the command may wait and run
   * @throws {NotFoundError | ConflictError | ValidationError} as the gateway's answer says
   * @throws {UnavailableError} when nobody carried it out in time
   */
  async run(
    command: GatewayCommand,
    options: { readonly requestedBy: string | null; readonly timeoutMs: number },
  ): Promise<ConnectorResult> {
    const sql = this.#sql;
    this.#listening ??= sql.listen(ANSWERED, (id) => this.#waiting.get(id)?.());
    await this.#listening;
    const id = v7();
    const deadline = performance.now() + options.timeoutMs;
    const { name, ...args } = command;
    await sql`
      insert into gateway_commands (id, name, args, requested_by, deadline)
      values (${id}, ${name}, ${sql.json(args)}, ${options.requestedBy},
        clock_timestamp() + make_interval(secs => ${options.timeoutMs / 1000}))`;
    await sql.notify(COMMAND_CHANNEL, id);
    try {
      while (performance.now() < deadline + LOOK_AGAIN_MS) {
        const answered = Promise.withResolvers<void>();
        this.#waiting.set(id, answered.resolve);
        const [row] = await sql<CommandRow[]>`
          select id, state, result, error from gateway_commands where id = ${id}`;
        if (row?.state === "done" && row.result !== null) return row.result;
        if (row?.state === "failed" && row.error !== null) throw fromWire(row.error);
        const timer = setTimeout(answered.resolve, LOOK_AGAIN_MS);
        await answered.promise;
        clearTimeout(timer);
      }
    } finally {
      this.#waiting.delete(id);
    }
    throw new UnavailableError(
      `The gateway's session did not carry out ${name} within ${
        Math.round(options.timeoutMs / 1000)
      } s; look at its state before trying again`,
    );
  }

  async close(): Promise<void> {
    await (await this.#listening)?.unlisten();
  }
}

/** Takes the oldest waiting command whose deadline is not over, for the holder of `epoch`. */
export async function takeCommand(
  sql: Sql,
  gateway: string,
  epoch: bigint,
): Promise<TakenCommand | null> {
  const [row] = await sql<
    { id: string; name: GatewayCommand["name"]; args: { cid: string } }[]
  >`
    update gateway_commands set state = 'running', started_at = clock_timestamp(), epoch = ${epoch}
    where id = (
      select id from gateway_commands
      where gateway = ${gateway} and state = 'waiting' and deadline > clock_timestamp()
      order by id limit 1 for update skip locked
    ) returning id, name, args`;
  if (row === undefined) return null;
  return { id: row.id, command: { name: row.name, cid: row.args.cid } };
}

/** Answers a command. */
export async function finishCommand(
  sql: Sql,
  id: string,
  outcome: { readonly result: ConnectorResult } | { readonly error: unknown },
): Promise<void> {
  if ("result" in outcome) {
    await sql`
      update gateway_commands set state = 'done', finished_at = clock_timestamp(),
        result = ${sql.json({ ...outcome.result })}
      where id = ${id}`;
  } else {
    await sql`
      update gateway_commands set state = 'failed', finished_at = clock_timestamp(),
        error = ${sql.json({ ...toWire(outcome.error) })}
      where id = ${id}`;
  }
  await sql.notify(ANSWERED, id);
}

/**
 * Closes what an earlier holder left running: it may have reached the gateway or not, so it is not
 * run again, and whoever asked is told to look.
 */
export async function closeInterrupted(sql: Sql, gateway: string, epoch: bigint): Promise<number> {
  const error: WireError = {
    kind: "unavailable",
    message: "The session was lost while it ran; look at the connector's state before trying again",
    field: null,
  };
  const closed = await sql<{ id: string }[]>`
    update gateway_commands set state = 'failed', finished_at = clock_timestamp(),
      error = ${sql.json({ ...error })}
    where gateway = ${gateway} and state = 'running' and epoch < ${epoch} returning id`;
  for (const { id } of closed) await sql.notify(ANSWERED, id);
  return closed.length;
}
