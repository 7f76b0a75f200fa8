import { createHash } from "node:crypto";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type App, setBuildCache } from "../app.ts";
import { BuildCache, type Script, type Snapshot, type StaticEntry } from "../build_cache.ts";
import { bundle, type BundleOptions } from "./bundle.ts";

/** Paths are taken from `root`, and that from the working directory. */
export interface BuildOptions {
  /** Browsers to write scripts and styles for. @default chrome99, firefox99, safari15 */
  target?: string | string[];
  /** @default "." */
  root?: string;
  /** Where `build` writes. @default "_fresh" */
  outDir?: string;
  /** @default "static" */
  staticDir?: string;
  /** @default "islands" */
  islandDir?: string;
  /** @default "routes" */
  routeDir?: string;
  /** The module that exports `app`. @default "main.ts" */
  serverEntry?: string;
  /** Files of routes and islands to leave out. @default tests */
  ignore?: RegExp[];
  /** Source maps in production. @default none */
  sourceMap?: { kind: BundleOptions["sourceMap"] };
}

export interface ResolvedBuildConfig extends Required<Omit<BuildOptions, "sourceMap">> {
  mode: "development" | "production";
  sourceMap: BundleOptions["sourceMap"];
}

/** Gives the content to serve in place of a static file's own. */
export type TransformFn = (
  file: { path: string; text: string },
) => Promise<{ content: string }> | { content: string };

const CLIENT = "fresh_runtime";
/** Folders of routes whose files are no routes. */
const PRIVATE = /\/\(_[^/]+\)\//;
const SCRIPTS = "/_fresh/js/";
const SOURCE = /\.[jt]sx?$/;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".avif": "image/avif",
  ".css": "text/css; charset=UTF-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=UTF-8",
  ".ico": "image/vnd.microsoft.icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=UTF-8",
  ".json": "application/json; charset=UTF-8",
  ".map": "application/json; charset=UTF-8",
  ".mp3": "audio/mpeg",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=UTF-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Makes of a project's routes, islands and static files what an app serves. */
export class Builder {
  readonly config: ResolvedBuildConfig;
  readonly #transforms: { filter: RegExp; transform: TransformFn }[] = [];

  constructor(options: BuildOptions = {}) {
    const root = resolve(options.root ?? ".");
    this.config = {
      ignore: options.ignore ?? [/[._]test\.[jt]sx?$/],
      islandDir: resolve(root, options.islandDir ?? "islands"),
      mode: "production",
      outDir: resolve(root, options.outDir ?? "_fresh"),
      root,
      routeDir: resolve(root, options.routeDir ?? "routes"),
      serverEntry: resolve(root, options.serverEntry ?? "main.ts"),
      sourceMap: options.sourceMap?.kind ?? false,
      staticDir: resolve(root, options.staticDir ?? "static"),
      target: options.target ?? ["chrome99", "firefox99", "safari15"],
    };
  }

  onTransformStaticFile(
    { filter }: { pluginName: string; filter: RegExp },
    transform: TransformFn,
  ): void {
    this.#transforms.push({ filter, transform });
  }

  /**
   * Writes the production build to `outDir`, or keeps a build in memory, as for tests.
   * @returns what gives an app the build that is in memory
   * @throws when a module can't be found or bundled
   */
  async build(
    { mode = "production", snapshot = "disk" }: {
      mode?: ResolvedBuildConfig["mode"];
      snapshot?: "disk" | "memory";
    } = {},
  ): Promise<<State>(app: App<State>) => void> {
    const { root, routeDir, sourceMap, target } = this.config;
    this.config.mode = mode;
    const islands = await this.#islands();
    const routes: { id: string; path: string }[] = [];
    for await (const path of this.#sources(routeDir)) {
      if (!PRIVATE.test(path)) {
        routes.push({
          id: path.slice(routeDir.length, -extname(path).length),
          path: this.#local(path),
        });
      }
    }
    const files = await this.#staticFiles();
    const version = hashOf(JSON.stringify([...files].map(([name, { hash }]) => [name, hash])));
    const bundled = await bundle({
      buildId: version,
      entries: {
        [CLIENT]: fileURLToPath(new URL("../runtime/client.ts", import.meta.url)),
        ...islands,
      },
      isDev: mode === "development",
      root,
      sourceMap,
      target,
    });
    for (const { content, hash, path } of bundled.files) {
      files.set(SCRIPTS + path, { content, contentType: typeOf(path), hash, immutable: true });
    }
    const scriptOf = (name: string): Script => {
      const { file = "", imports = [] } = bundled.scripts.get(name) ?? {};
      return { file: SCRIPTS + file, imports: imports.map((path) => SCRIPTS + path) };
    };
    const made: Snapshot = {
      version,
      client: scriptOf(CLIENT),
      files: Object.fromEntries(files),
      islands: Object.entries(islands).map(([name, path]) => ({
        ...scriptOf(name),
        name,
        path: this.#local(path),
      })),
      routes,
    };
    if (snapshot === "disk") {
      await this.#write(made, bundled.metafile);
      return () => {
        throw new Error(`Import ${this.config.outDir}/server.js for a build on disk`);
      };
    }
    const modules = await Promise.all(
      [...made.islands, ...made.routes].map(async ({ path }) =>
        [path, await import(pathToFileURL(join(root, path)).href)] as const
      ),
    );
    const cache = new BuildCache(root, made, Object.fromEntries(modules));
    return (app) => setBuildCache(app, cache, mode);
  }

  /** Builds for development and serves the app; `deno run --watch` starts it anew on a change. */
  async listen<State>(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: Partial<Deno.ServeTcpOptions> = {},
  ): Promise<void> {
    const apply = await this.build({ mode: "development", snapshot: "memory" });
    const imported = await importApp();
    const app = "app" in imported ? imported.app : imported;
    apply(app);
    Deno.serve({ port: 8000, ...options }, app.handler());
  }

  /** Each island's file by a name that is also a script's. */
  async #islands(): Promise<Record<string, string>> {
    const islands: Record<string, string> = {};
    const { islandDir, root, routeDir } = this.config;
    const nameOf = (path: string): string =>
      relative(root, path).replace(SOURCE, "").replaceAll(/\W+/g, "_");
    for await (const path of this.#sources(islandDir)) islands[nameOf(path)] = path;
    for await (const path of this.#sources(routeDir)) {
      if (path.includes("/(_islands)/")) islands[nameOf(path)] = path;
    }
    return islands;
  }

  async *#sources(folder: string): AsyncGenerator<string> {
    for await (const path of filesBelow(folder)) {
      if (SOURCE.test(path) && !this.config.ignore.some((each) => each.test(path))) yield path;
    }
  }

  async #staticFiles(): Promise<Map<string, StaticEntry>> {
    const { staticDir } = this.config;
    const files = new Map<string, StaticEntry>();
    for await (const path of filesBelow(staticDir)) {
      const own = await Deno.readFile(path);
      let content = own;
      for (const { filter, transform } of this.#transforms) {
        if (!filter.test(path)) continue;
        const { content: text } = await transform({
          path,
          text: new TextDecoder().decode(content),
        });
        content = new TextEncoder().encode(text);
      }
      files.set(path.slice(staticDir.length), {
        ...(content === own ? { path: this.#local(path) } : { content }),
        contentType: typeOf(path),
        hash: hashOf(content),
        immutable: false,
      });
    }
    return files;
  }

  async #write(snapshot: Snapshot, metafile: unknown): Promise<void> {
    const { outDir, root, serverEntry } = this.config;
    const specifier = (path: string): string =>
      JSON.stringify(relative(outDir, resolve(root, path)));
    await Deno.remove(outDir, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    const files = await Promise.all(
      Object.entries(snapshot.files).map(async ([name, { content, ...entry }]) => {
        if (content === undefined) return [name, entry];
        const path = join(outDir, "static", name);
        await Deno.mkdir(dirname(path), { recursive: true });
        await Deno.writeFile(path, content);
        return [name, { ...entry, path: this.#local(path) }];
      }),
    );
    const paths = [...snapshot.islands, ...snapshot.routes].map(({ path }) => path);
    const write = (name: string, lines: string[]): Promise<void> =>
      Deno.writeTextFile(join(outDir, name), `${lines.join("\n")}\n`);
    await write("snapshot.js", [
      ...paths.map((path, index) => `import * as module${index} from ${specifier(path)};`),
      "export const modules = {",
      ...paths.map((path, index) => `  ${JSON.stringify(path)}: module${index},`),
      "};",
      `export const snapshot = ${
        JSON.stringify({ ...snapshot, files: Object.fromEntries(files) }, null, 2)
      };`,
    ]);
    await write("server.js", [
      `import { ProdBuildCache, setBuildCache } from "fresh/internal";`,
      `import { modules, snapshot } from "./snapshot.js";`,
      `import { app } from ${specifier(serverEntry)};`,
      `const root = new URL(${JSON.stringify(relative(outDir, root))}, import.meta.url).pathname;`,
      `setBuildCache(app, new ProdBuildCache(root, snapshot, modules), "production");`,
      "export default { fetch: app.handler() };",
    ]);
    await write("metafile.json", [JSON.stringify(metafile)]);
  }

  #local(path: string): string {
    return relative(this.config.root, path);
  }
}

/** The paths of all files below a folder, in order; none when there is no such folder. */
export async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  for (const { isDirectory, name } of entries.toSorted((a, b) => a.name < b.name ? -1 : 1)) {
    if (isDirectory) yield* filesBelow(join(folder, name));
    else if (!name.startsWith(".")) yield join(folder, name);
  }
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

function typeOf(path: string): string {
  return CONTENT_TYPES[extname(path)] ?? "application/octet-stream";
}
