export const METHODS = ["GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;

export type Method = (typeof METHODS)[number];

interface Entry<T> {
  readonly pattern: string;
  /** Null for a path without parameters. */
  readonly matcher: URLPattern | null;
  readonly byMethod: Map<Method, T>;
}

/** `item` is null when the path has nothing for the method, `entry` when there is no such path. */
interface Matched<T> {
  readonly entry: Entry<T> | null;
  readonly item: T | null;
  readonly params: Record<string, string>;
}

const IS_PATTERN = /[*:{}+?()]/;

/**
 * Finds a route by path, then by method. A static path wins over every pattern; patterns are tried
 * in the order of their registration, and the first whose path matches decides, also about 405.
 */
export class Router<T> {
  readonly #statics = new Map<string, Entry<T>>();
  readonly #patterns = new Map<string, Entry<T>>();

  /** Registers `item`; the first one registered for a method and path stays. */
  add(method: Method, pathname: string, item: T): void {
    const matcher = IS_PATTERN.test(pathname) ? new URLPattern({ pathname }) : null;
    const entries = matcher === null ? this.#statics : this.#patterns;
    const pattern = matcher?.pathname ?? pathname;
    const entry = entries.get(pathname) ?? { pattern, matcher, byMethod: new Map() };
    entries.set(pathname, entry);
    if (!entry.byMethod.has(method)) entry.byMethod.set(method, item);
  }

  match(method: Method, url: URL): Matched<T> {
    const path = url.pathname;
    const otherSlash = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
    let entry = this.#statics.get(path) ?? this.#statics.get(otherSlash) ?? null;
    // Without a prototype: a parameter's name is free, `__proto__` too.
    const params: Record<string, string> = Object.create(null);
    for (const each of entry === null ? this.#patterns.values() : []) {
      const groups = each.matcher?.exec(url)?.pathname.groups;
      if (groups === undefined) continue;
      for (const [name, value = ""] of Object.entries(groups)) params[name] = decode(value);
      entry = each;
      break;
    }
    const get = method === "HEAD" ? entry?.byMethod.get("GET") : undefined;
    return { entry, item: entry?.byMethod.get(method) ?? get ?? null, params };
  }
}

/** A broken escape (`%zz`) stays as it came, for the route to refuse. */
function decode(value: string): string {
  try {
    return decodeURI(value);
  } catch {
    return value;
  }
}
