/**
 * Connections that are used again, and transactions on one of them.
 * @module
 */
// @ts-types="./pg.d.ts"
import pg from "pg";
import type { Client, Pool as Connections, PoolClient, PoolConfig } from "./pg.d.ts";
import { ConnectionError, isConnectionError, isServerError } from "./failures.ts";
import {
  type Execute,
  type Rendered,
  type Row,
  type Rows,
  type Template,
  template,
} from "./statement.ts";

/** Statements of different texts that the server keeps plans of; more are planned each time. */
const MOST_PREPARED = 2_000;

const names = new Map<string, string>();

/** The name of a text's plan, the same on every connection. */
function planName(text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < MOST_PREPARED) {
    name = `s${names.size + 1}`;
    names.set(text, name);
  }
  return name;
}

/** @throws {ConnectionError} also when it isn't known whether the statement was carried out */
async function ask(client: Client, statement: Rendered): Promise<Rows<Row[]>> {
  const { text, values, isPrepared, isSimple } = statement;
  try {
    const name = isPrepared && !isSimple ? planName(text) : undefined;
    const answer = await client.query(
      isSimple ? { text } : { text, values, ...(name === undefined ? {} : { name }) },
    );
    const last = Array.isArray(answer) ? answer.at(-1) : answer;
    const { rows, rowCount } = last ?? { rows: [], rowCount: 0 };
    Object.defineProperty(rows, "count", { value: rowCount ?? 0 });
    return rows as Row[] as Rows<Row[]>;
  } catch (error) {
    throw isServerError(error) ? error : new ConnectionError(error);
  }
}

/** The plan was made before the table was changed: the next connection makes another one. */
function isStalePlan(error: unknown): boolean {
  return isServerError(error) && error.code === "0A000" &&
    error.routine === "RevalidateCachedQuery";
}

/** The connections to one database. */
export class Pool {
  readonly #pool: Connections;
  readonly #clients = new Set<PoolClient>();
  readonly #running = new Set<Promise<unknown>>();
  #ended: Promise<void> | undefined;

  constructor(config: PoolConfig, onNotice: (message: string) => void) {
    this.#pool = new pg.Pool(config);
    this.#pool.on("connect", (client) => {
      this.#clients.add(client);
      // Whoever uses it hears of it by the answer that doesn't come.
      client.on("error", () => {});
      client.on("notice", ({ message }) => onNotice(message ?? ""));
    });
    this.#pool.on("remove", (client) => this.#clients.delete(client));
    this.#pool.on("error", () => {});
  }

  /** Runs one statement on a connection of its own. */
  readonly execute: Execute = (statement) =>
    this.#count(async () => {
      try {
        return await this.#use((client) => ask(client, statement));
      } catch (error) {
        if (!isStalePlan(error)) throw error;
        return await this.#use((client) => ask(client, statement));
      }
    });

  /**
   * Runs `callback` in one transaction, which is committed when it returns and rolled back when it
   * throws, or when a statement of it has failed, whoever caught that.
   * @param options as they stand behind BEGIN
   */
  begin<T>(options: string, callback: (tx: Template) => Promise<T> | T): Promise<T> {
    return this.#count(() => this.#use((client) => transaction(client, options, callback)));
  }

  /**
   * Closes the connections when what is under way has ended.
   * @param timeout seconds after which it is cut off; it ends when it ends without
   */
  end(timeout?: number): Promise<void> {
    this.#ended ??= this.#close(timeout);
    return this.#ended;
  }

  async #close(timeout: number | undefined): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      if (timeout !== undefined) timer = setTimeout(() => resolve(true), timeout * 1000);
    });
    const done = Promise.allSettled(this.#running).then(() => false);
    const isLate = await Promise.race([done, late]);
    clearTimeout(timer);
    const closed = this.#pool.end();
    if (isLate) { for (const client of this.#clients) client.end().catch(() => {}); }
    else await closed;
  }

  #count<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended !== undefined) {
      const cause = Object.assign(new Error("The pool is closed"), { code: "CONNECTION_ENDED" });
      return Promise.reject(new ConnectionError(cause));
    }
    const running = work();
    this.#running.add(running);
    const ended = () => this.#running.delete(running);
    running.then(ended, ended);
    return running;
  }

  async #use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw isServerError(error) ? error : new ConnectionError(error);
    }
    let isSound = true;
    try {
      return await work(client);
    } catch (error) {
      isSound = !isConnectionError(error) && !isStalePlan(error);
      throw error;
    } finally {
      client.release(!isSound);
    }
  }
}

const CONTROL = { values: [], isPrepared: false, isSimple: true } as const;

async function transaction<T>(
  client: PoolClient,
  options: string,
  callback: (tx: Template) => Promise<T> | T,
): Promise<T> {
  await ask(client, { text: `begin ${options}`, ...CONTROL });
  let hasEnded = false;
  let failure: { readonly error: unknown } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const tx = template((statement) => {
    if (hasEnded) return Promise.reject(new Error("The transaction of this statement has ended"));
    const answer = last.then(() => ask(client, statement));
    last = answer.catch((error) => {
      failure ??= { error };
    });
    return answer;
  });
  try {
    const result = await callback(tx);
    hasEnded = true;
    await last;
    if (failure !== undefined) throw failure.error;
    await ask(client, { text: "commit", ...CONTROL });
    return result;
  } catch (thrown) {
    hasEnded = true;
    await last;
    // "The transaction is aborted" says less than what aborted it.
    const error = isServerError(thrown) && thrown.code === "25P02"
      ? failure?.error ?? thrown
      : thrown;
    try {
      await ask(client, { text: "rollback", ...CONTROL });
    } catch (cause) {
      // The server rolls back what it has lost the client of; the connection isn't used again.
      if (isConnectionError(error) || !isConnectionError(cause)) throw error;
      throw cause;
    }
    throw error;
  }
}
