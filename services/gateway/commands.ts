/**
 * Commands for the one process that may write to jcli, carried through PostgreSQL: asked on any
 * node, carried out once by the holder of the lease, answered with what was reached.
 * @module
 */
import { v7 } from "uuid";
import type { SecretBox } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import {
  AppError,
  ConflictError,
  type FieldFault,
  NotFoundError,
  UnavailableError,
  ValidationError,
} from "../errors/mod.ts";
import {
  type ArgsOf,
  type CommandName,
  type GatewayCommand,
  type ResultOf,
  SECRET_COMMANDS,
} from "./command_types.ts";

/** A command that was taken, to be finished by whoever took it. */
export interface TakenCommand {
  readonly id: string;
  readonly command: GatewayCommand;
}

interface WireError {
  readonly kind: string;
  readonly message: string;
  /** Of a validation. */
  readonly faults?: readonly FieldFault[];
}

interface CommandRow {
  readonly id: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly result: unknown;
  readonly error: WireError | null;
}

/** Notified when a command was asked. */
export const COMMAND_CHANNEL = "gateway_command";
const ANSWERED = "gateway_command_done";

/** A notice can get lost with its connection, so a waiter also looks by itself this often. */
const LOOK_AGAIN_MS = 500;

function toWire(error: unknown): WireError {
  if (error instanceof ValidationError) {
    return { kind: error.kind, message: error.message, faults: error.faults };
  }
  if (error instanceof AppError) return { kind: error.kind, message: error.message };
  return { kind: "unavailable", message: error instanceof Error ? error.message : String(error) };
}

function fromWire(error: WireError): AppError {
  switch (error.kind) {
    case "validation":
      return new ValidationError(error.faults ?? []);
    case "not-found":
      return new NotFoundError(error.message);
    case "conflict":
      return new ConflictError(error.message);
    default:
      return new UnavailableError(error.message);
  }
}

/** Where a command's arguments belong, for their seal. */
const placeOf = (id: string): string => `gateway_commands:${id}`;

/** Arguments as they are kept: those with secrets are sealed, and gone once they are used. */
type KeptArgs = { readonly sealed: string } | Readonly<Record<string, unknown>>;

/** Asks commands and waits for their answers; one for each process. */
export class CommandDesk {
  readonly #sql: Sql;
  readonly #box: SecretBox;
  readonly #waiting = new Map<string, () => void>();
  #listening: Promise<{ unlisten: () => Promise<void> }> | undefined;

  constructor({ sql, box }: { readonly sql: Sql; readonly box: SecretBox }) {
    this.#sql = sql;
    this.#box = box;
  }

  /**
   * Has a command carried out and answers with what was reached.
   * @param timeoutMs how long the command may wait and run
   * @throws {NotFoundError | ConflictError | ValidationError} as the gateway's answer says
   * @throws {UnavailableError} when nobody carried it out in time
   */
  async run<Name extends CommandName>(
    name: Name,
    args: ArgsOf<Name>,
    options: { readonly requestedBy: string | null; readonly timeoutMs: number },
  ): Promise<ResultOf<Name>> {
    const sql = this.#sql;
    this.#listening ??= sql.listen(ANSWERED, (id) => this.#waiting.get(id)?.());
    await this.#listening;
    const id = v7();
    const deadline = performance.now() + options.timeoutMs;
    const kept = await this.#kept(id, name, args);
    await sql`
      insert into gateway_commands (id, name, args, requested_by, deadline)
      values (${id}, ${name}, ${JSON.stringify(kept)}::text::jsonb, ${options.requestedBy},
        clock_timestamp() + make_interval(secs => ${options.timeoutMs / 1000}))`;
    await sql.notify(COMMAND_CHANNEL, id);
    try {
      while (performance.now() < deadline + LOOK_AGAIN_MS) {
        const answered = Promise.withResolvers<void>();
        this.#waiting.set(id, answered.resolve);
        const [row] = await sql<CommandRow[]>`
          select id, state, result, error from gateway_commands where id = ${id}`;
        // What `finishCommand` wrote is what the command's own carrying out gave.
        if (row?.state === "done") return row.result as ResultOf<Name>;
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

  async #kept(id: string, name: CommandName, args: object): Promise<KeptArgs> {
    if (!SECRET_COMMANDS.has(name)) return { ...args };
    const sealed = await this.#box.seal(JSON.stringify(args), placeOf(id));
    return { sealed: sealed.toBase64() };
  }

  async close(): Promise<void> {
    await (await this.#listening)?.unlisten();
  }
}

/** Takes the oldest waiting command whose deadline is not over, for the holder of `epoch`. */
export async function takeCommand(
  sql: Sql,
  box: SecretBox,
  gateway: string,
  epoch: bigint,
): Promise<TakenCommand | null> {
  const [row] = await sql<{ id: string; name: CommandName; args: KeptArgs }[]>`
    update gateway_commands set state = 'running', started_at = clock_timestamp(), epoch = ${epoch}
    where id = (
      select id from gateway_commands
      where gateway = ${gateway} and state = 'waiting' and deadline > clock_timestamp()
      order by id limit 1 for update skip locked
    ) returning id, name, args`;
  if (row === undefined) return null;
  const { id, name, args } = row;
  const opened = "sealed" in args
    ? JSON.parse(await box.open(Uint8Array.fromBase64(String(args.sealed)), placeOf(id)))
    : args;
  // The desk wrote them together, by the type of the command.
  return { id, command: { name, args: opened } as GatewayCommand };
}

/** Answers a command; what it was given in secret is forgotten. */
export async function finishCommand(
  sql: Sql,
  id: string,
  outcome: { readonly result: object } | { readonly error: unknown },
): Promise<void> {
  const done = "result" in outcome;
  const answer = JSON.stringify(done ? outcome.result : toWire(outcome.error));
  await sql`
    update gateway_commands set state = ${done ? "done" : "failed"},
      finished_at = clock_timestamp(), args = args - 'sealed',
      result = ${done ? answer : null}::text::jsonb,
      error = ${done ? null : answer}::text::jsonb
    where id = ${id}`;
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
  };
  const closed = await sql<{ id: string }[]>`
    update gateway_commands set state = 'failed', finished_at = clock_timestamp(),
      error = ${JSON.stringify(error)}::text::jsonb, args = args - 'sealed'
    where gateway = ${gateway} and state = 'running' and epoch < ${epoch} returning id`;
  for (const { id } of closed) await sql.notify(ANSWERED, id);
  return closed.length;
}
