/**
 * SQL as tagged templates: every value goes out as a parameter, never as text of the statement.
 * @module
 */
import { toWire, typeOf, type Value, type WireValue } from "./values.ts";

/** A statement's text with `$1`, `$2`..., and what stands for them. */
export interface Rendered {
  readonly text: string;
  readonly values: readonly WireValue[];
  /** Whether the server may keep its plan under a name: not what grows with its number of rows. */
  readonly isPrepared: boolean;
  /** Of `unsafe` without values: it may hold several statements. */
  readonly isSimple: boolean;
}

/** The rows that a statement gave, and `count`: how many it gave or changed. */
export type Rows<T extends readonly unknown[]> = T & { readonly count: number };

// deno-lint-ignore no-explicit-any -- the columns of a statement that names no type for its rows
export type Row = Record<string, any>;

/** Runs a rendered statement. */
export type Execute = (statement: Rendered) => Promise<Rows<Row[]>>;

/** The name of a table or column: `m.account_id` is quoted in its parts. */
export class Identifier {
  constructor(readonly name: string) {}
}

/** What `insert into t ${sql(rows)}` writes: the columns and the rows. All have the same keys. */
export class InsertRows {
  constructor(readonly rows: readonly Readonly<Record<string, Argument>>[]) {}
}

/** A value with the type that it is cast to. */
export class Typed {
  constructor(readonly value: Value, readonly type: string | undefined) {}
}

/** What may stand in a template. */
// deno-lint-ignore no-explicit-any -- of any rows: as a part of another it gives none
export type Argument = Value | Identifier | InsertRows | Typed | Statement<any>;

/** A part of a statement: text as it is, or something to be written. */
type Part = string | { readonly argument: Argument };

/**
 * One statement, or a part of another. It runs when somebody waits for it, and once only; as part
 * of another it doesn't run.
 */
export class Statement<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = "Statement";
  readonly parts: readonly Part[];
  readonly #execute: Execute;
  readonly #isSimple: boolean;
  #result: Promise<T> | undefined;

  constructor(execute: Execute, parts: readonly Part[], isSimple = false) {
    this.#execute = execute;
    this.parts = parts;
    this.#isSimple = isSimple;
  }

  #run(): Promise<T> {
    this.#result ??= Promise.try(() =>
      this.#execute({ ...render(this.parts), isSimple: this.#isSimple })
    ) as Promise<unknown> as Promise<T>;
    return this.#result;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#run().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#run().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#run().finally(onFinally);
  }
}

/** Writes the text, and numbers the values. */
export function render(parts: readonly Part[]): Omit<Rendered, "isSimple"> {
  const values: WireValue[] = [];
  let text = "";
  let isPrepared = true;
  const value = (given: Value, type = typeOf(given)): string => {
    values.push(toWire(given));
    return `$${values.length}${type === undefined ? "" : `::${type}`}`;
  };
  const insert = (rows: InsertRows["rows"]): void => {
    isPrepared = false;
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) throw new TypeError("sql(rows): there is no row, or it is empty");
    text += `(${columns.map(quoted).join(", ")}) values `;
    for (const [index, row] of rows.entries()) {
      text += index === 0 ? "(" : ", (";
      for (const [at, column] of columns.entries()) {
        if (at > 0) text += ", ";
        write(row[column] as Argument);
      }
      text += ")";
    }
  };
  const write = (argument: Argument): void => {
    if (argument instanceof Statement) parts_(argument.parts);
    else if (argument instanceof Identifier) text += quoted(argument.name);
    else if (argument instanceof InsertRows) insert(argument.rows);
    else if (argument instanceof Typed) text += value(argument.value, argument.type);
    else if (isValue(argument)) text += value(argument);
    else throw new TypeError(`A ${typeof argument} can't be a value of a statement: ${text}`);
  };
  const parts_ = (all: readonly Part[]): void => {
    for (const part of all) {
      if (typeof part === "string") text += part;
      else write(part.argument);
    }
  };
  parts_(parts);
  return { text, values, isPrepared };
}

/** `undefined` and plain objects are mistakes: a missing field, or one that wants `sql.json`. */
function isValue(value: unknown): value is Value {
  if (value === null || Array.isArray(value)) return true;
  if (typeof value === "object") return value instanceof Date || value instanceof Uint8Array;
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}

function quoted(name: string): string {
  return name.split(".").map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
}

/** What writes statements: a pool, or one of its transactions. */
export interface Template {
  /**
   * A statement, or a part for another one.
   *
   * @example
   * ```ts ignore
   * const [user] = await sql<{ id: string }[]>`select id from users where email = ${email}`;
   * ```
   */
  <T extends readonly object[] = Row[]>(
    strings: TemplateStringsArray,
    ...args: readonly Argument[]
  ): Statement<Rows<T>>;
  /** A name, written by us, never by a caller. */
  (name: string): Identifier;
  /** Rows for `insert into t ${sql(rows)}`; the keys are the columns. */
  (rows: readonly Readonly<Record<string, Argument>>[]): InsertRows;
  /** An array whose type is told where the server can't: texts are `text[]`. */
  array(values: readonly Value[]): Typed;
  /** A `jsonb`. */
  json(value: unknown): Typed;
  /** Text as it is, written by us, never by a caller; on its own it may be several statements. */
  unsafe<T extends readonly object[] = Row[]>(text: string): Statement<Rows<T>>;
}

/** Makes the template whose statements `execute` runs. */
export function template(execute: Execute): Template {
  const make = (first: TemplateStringsArray | string | InsertRows["rows"], ...args: Argument[]) => {
    if (typeof first === "string") return new Identifier(first);
    if (!("raw" in first)) return new InsertRows(first);
    const parts: Part[] = [first[0] ?? ""];
    for (const [index, argument] of args.entries()) {
      parts.push({ argument }, first[index + 1] ?? "");
    }
    return new Statement(execute, parts);
  };
  return Object.assign(make, {
    array: (values: readonly Value[]) =>
      new Typed(
        values,
        typeOf(values) ?? (typeof values[0] === "string" ? "text[]" : undefined),
      ),
    json: (value: unknown) => new Typed(JSON.stringify(value), "jsonb"),
    unsafe: (text: string) => new Statement(execute, [text], true),
  }) as Template;
}
