/** Routes, interceptors and their tables: the highest order that matches wins. */
import { fixedText } from "../python/numbers.ts";
import type { Random } from "../random.ts";
import {
  describeFilter,
  type Direction,
  type Filter,
  filterMatches,
  head,
  type Routable,
} from "./filters.ts";

/** Where a route leads. */
export interface Target {
  readonly kind: "smppc" | "http" | "smpps";
  readonly cid: string;
  /** A copy of the HTTP connector: changing that one later does not change the route. */
  readonly http?: HttpConnector;
}

export interface HttpConnector {
  readonly cid: string;
  readonly baseurl: string;
  readonly method: string;
}

/** How a route picks among its connectors. */
export type Choice = "fixed" | "random" | "failover";

export interface Route {
  /** The class name that jcli shows. */
  readonly type: string;
  readonly choice: Choice;
  readonly filters: readonly Filter[];
  readonly targets: readonly Target[];
  /** Price of one submit_sm; always zero for MO. */
  readonly rate: number;
}

export interface Interceptor {
  readonly type: string;
  readonly direction: Direction;
  readonly filters: readonly Filter[];
  readonly script: string;
}

/** Entries by order, highest first; adding an order again replaces it. */
export class OrderedTable<T extends { readonly filters: readonly Filter[] }> {
  #entries: { readonly order: number; readonly value: T }[] = [];

  add(order: number, value: T): void {
    this.remove(order);
    this.#entries = [...this.#entries, { order, value }].sort((a, b) => b.order - a.order);
  }

  remove(order: number): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.order !== order);
    return this.#entries.length < before;
  }

  get(order: number): T | undefined {
    return this.#entries.find((entry) => entry.order === order)?.value;
  }

  all(): readonly { readonly order: number; readonly value: T }[] {
    return this.#entries;
  }

  /** Empties the table and returns how many entries it had. */
  flush(): number {
    const { length } = this.#entries;
    this.#entries = [];
    return length;
  }

  /** @throws {TypeError} see {@linkcode filterMatches} */
  match(message: Routable): T | undefined {
    return this.#entries.find((entry) =>
      entry.value.filters.every((filter) => filterMatches(filter, message))
    )?.value;
  }
}

/** `smppc(op_1), smppc(op_2)`. */
export function describeTargets(route: Route): string {
  return route.targets.map((target) => `${target.kind}(${target.cid})`).join(", ");
}

/** Descriptions of the filters, in the order given. */
export function describeFilters(filters: readonly Filter[]): string {
  return filters.map(describeFilter).join(", ");
}

/** What `mtrouter -s` and `morouter -s` print. */
export function showRoute(route: Route, direction: Direction): string {
  const rated = route.rate > 0 ? `rated ${fixedText(route.rate, 2)}` : "NOT RATED";
  if (route.choice === "fixed") return `${route.type} to ${describeTargets(route)} ${rated}`;
  const lines = route.targets.map((target) => `\t- ${target.kind}(${target.cid})`).join("\n");
  const text = `${route.type} to ${route.targets.length} connectors:\n${lines}`;
  return direction === "MT" ? `${text} \n${rated}` : text;
}

/** The script as lists show it: nothing but its first 30 characters can be read back. */
export function describeScript(interceptor: Interceptor): string {
  return `<${interceptor.direction}IS (pyCode=${head(interceptor.script, 30)} ..)>`;
}

/** The target of a route that does not look at connectors' states. */
export function pickTarget(route: Route, random: Random): Target | undefined {
  return route.choice === "random" ? random.pick(route.targets) : route.targets[0];
}
