/** What `persist` writes and `load` reads. The content is the simulator's own; the names are not. */
import { PyFloat } from "../python/numbers.ts";
import { PyRegex } from "../python/regex.ts";
import { MT_SHAPE, SMPPS_SHAPE, SMPPS_SHAPE_WITH_IP } from "./credentials.ts";

/** One file each. */
export type Scope =
  | "router-groups"
  | "router-users"
  | "router-moroutes"
  | "router-mtroutes"
  | "router-mointerceptors"
  | "router-mtinterceptors"
  | "smppccs"
  | "filters"
  | "httpccs";

const SHAPES = { mt: MT_SHAPE, smpps: SMPPS_SHAPE, "smpps-ip": SMPPS_SHAPE_WITH_IP };

export class Store {
  readonly #memory = new Map<string, string>();

  /** @param folder where the files are; they are kept in memory without one */
  constructor(private readonly folder: string | undefined, private readonly release: string) {}

  /** The path that error texts show. */
  path(profile: string, scope: Scope): string {
    return `${this.folder ?? "/etc/jasmin/store"}/${profile}.${scope}`;
  }

  /** False when the file cannot be written. */
  write(profile: string, scope: Scope, value: unknown): boolean {
    const text = `Persisted on ${new Date().toUTCString()} [Jasmin ${this.release}]\n` +
      JSON.stringify(value, freeze);
    const path = this.path(profile, scope);
    if (this.folder === undefined) {
      this.#memory.set(path, text);
      return true;
    }
    try {
      Deno.writeTextFileSync(path, text);
      return true;
    } catch {
      return false;
    }
  }

  /** What was written last, or undefined when there is no such file. */
  read(profile: string, scope: Scope): unknown {
    const path = this.path(profile, scope);
    let text: string | undefined;
    if (this.folder === undefined) text = this.#memory.get(path);
    else {
      try {
        text = Deno.readTextFileSync(path);
      } catch {
        return undefined;
      }
    }
    return text === undefined ? undefined : JSON.parse(text.slice(text.indexOf("\n") + 1), thaw);
  }
}

function freeze(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  if (value instanceof PyRegex) return { $regex: value.pattern };
  if (value instanceof PyFloat) return { $float: value.toString() };
  if (typeof value === "bigint") return { $int: value.toString() };
  for (const [name, shape] of Object.entries(SHAPES)) if (value === shape) return { $shape: name };
  return value;
}

function thaw(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$map" in value && Array.isArray(value.$map)) return new Map(value.$map);
  if ("$regex" in value) return new PyRegex(String(value.$regex));
  if ("$float" in value) return new PyFloat(Number(value.$float));
  if ("$int" in value) return BigInt(String(value.$int));
  if ("$shape" in value) {
    return Object.entries(SHAPES).find(([name]) => name === value.$shape)?.[1];
  }
  return value;
}
