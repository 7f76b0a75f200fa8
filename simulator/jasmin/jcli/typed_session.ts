/** What adding filters, routes and interceptors has in common: a type decides the other keys. */
import type { JcliSession } from "./session.ts";

/** Values typed so far. */
export class TypedValues {
  readonly #values = new Map<string, unknown>();
  #parameters: readonly string[] = [];
  #completions: readonly string[];

  /** @param identity the key that is not dropped when the type changes: `fid` or `order` */
  constructor(private readonly identity: "fid" | "order") {
    this.#completions = [identity, "type"];
  }

  /** Words that TAB completes, and the keys that must be there before saving. */
  get completions(): readonly string[] {
    return this.#completions;
  }

  get type(): string | undefined {
    return this.text("type");
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  get(key: string): unknown {
    return this.#values.get(key);
  }

  text(key: string): string | undefined {
    const value = this.#values.get(key);
    return typeof value === "string" ? value : undefined;
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
  }

  /** Whether the key may be typed now. */
  allows(key: string): boolean {
    return key === this.identity || key === "type" || this.#parameters.includes(key);
  }

  /**
   * Sets the type and forgets all but the identity. A type without parameters leaves the earlier
   * type's keys wanted, so that it can only be saved when it was typed first.
   */
  setType(type: string, parameters: readonly string[]): void {
    const identity = this.#values.get(this.identity);
    this.#values.clear();
    if (identity !== undefined) this.#values.set(this.identity, identity);
    this.#values.set("type", type);
    this.#parameters = parameters;
    if (parameters.length > 0) this.#completions = [this.identity, "type", ...parameters];
  }

  /** Whether there are as many values as keys; counted as the gateway counts them. */
  get complete(): boolean {
    const own = this.#values.size + (this.#values.has("type") ? 2 : 0);
    return own - 2 >= this.#completions.length;
  }

  /** What is said when values are missing. */
  get missing(): string {
    return `You must set these options before saving: ${this.#completions.join(", ")}`;
  }
}

/** The type of that name in any case. */
export function findType<T extends string>(types: readonly T[], typed: string): T | undefined {
  return types.find((type) => type.toLowerCase() === typed.toLowerCase());
}

/** Prints a table row of cells padded to their widths. */
export function printRow(
  session: JcliSession,
  widths: readonly number[],
  cells: readonly string[],
): void {
  session.print(`#${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" ")}`);
}

/**
 * Checks an order against the type. Returns the number, or what is said in its place.
 * @param what `Route` or `Interceptor`
 */
export function readOrder(
  values: TypedValues,
  typed: string,
  what: string,
  defaultType: string,
): number | string {
  const { type } = values;
  if (typed !== "0" && type === defaultType) {
    values.set("order", 0);
    return `${what} order forced to 0 since it is a ${defaultType}`;
  }
  if (typed === "0" && type !== undefined && type !== defaultType) {
    const lower = what.toLowerCase();
    return `This ${lower} order (0) is reserved for ${defaultType} only`;
  }
  return /^\d+$/.test(typed) ? Number(typed) : `${what} order must be a positive integer`;
}
