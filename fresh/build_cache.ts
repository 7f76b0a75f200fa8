import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { setBuildId } from "./runtime/build_id.ts";

/** A component that the browser brings to life. */
export interface Island {
  readonly name: string;
  readonly exportName: string;
  /** The path of its script. */
  readonly file: string;
}

/** A file of `routes/`; `id` is its path there without the extension: `/users/[id]`. */
export type RouteFile = Readonly<{ id: string; module: unknown }>;

/** A file to serve: on disk below the root, or in memory. */
export interface StaticEntry {
  readonly path?: string;
  readonly content?: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly hash: string;
  /** Its name changes whenever its content does. */
  readonly immutable: boolean;
}

/** One in memory; compressed, where that gains something. */
export type StaticFile = Required<Omit<StaticEntry, "path">> & {
  readonly gzip: Uint8Array<ArrayBuffer> | null;
};

/** What the Builder made of a project; paths of modules are taken from its root. */
export interface Snapshot {
  readonly version: string;
  readonly clientEntry: string;
  readonly islands: readonly Readonly<{ name: string; path: string; file: string }>[];
  readonly routes: readonly Readonly<{ id: string; path: string }>[];
  readonly files: Readonly<Record<string, StaticEntry>>;
}

const COMPRESSIBLE = /^text\/|javascript|json|xml|manifest|wasm/;

/** A snapshot as an app uses it. */
export class BuildCache {
  readonly clientEntry: string;
  readonly routes: readonly RouteFile[];
  readonly islands = new Map<unknown, Island>();
  readonly #files: Map<string, StaticEntry>;
  readonly #loaded = new Map<string, Promise<StaticFile>>();

  /** @param modules each island's and route's, by its path */
  constructor(
    readonly root: string,
    snapshot: Snapshot,
    modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) {
    setBuildId(snapshot.version);
    this.clientEntry = snapshot.clientEntry;
    this.routes = snapshot.routes.map(({ id, path }) => ({ id, module: modules[path] }));
    this.#files = new Map(Object.entries(snapshot.files));
    for (const { file, name, path } of snapshot.islands) {
      for (const [exportName, value] of Object.entries(modules[path] ?? {})) {
        this.islands.set(value, { name: `${name}-${exportName}`, exportName, file });
      }
    }
  }

  /** A file by the path of its URL, decoded; kept in memory from then on. */
  readFile(pathname: string): Promise<StaticFile> | null {
    const entry = this.#files.get(pathname);
    if (entry === undefined) return null;
    const file = this.#loaded.get(pathname) ?? this.#load(entry);
    this.#loaded.set(pathname, file);
    return file;
  }

  async #load(entry: StaticEntry): Promise<StaticFile> {
    const content = entry.content ?? await Deno.readFile(join(this.root, entry.path ?? ""));
    const gzip = COMPRESSIBLE.test(entry.contentType) ? new Uint8Array(gzipSync(content)) : null;
    return { ...entry, content, gzip: gzip && gzip.length < content.length ? gzip : null };
  }
}
