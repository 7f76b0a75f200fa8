import { createHash } from "node:crypto";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type App, setBuildCache } from "../app.ts";
import { BuildCache, type Snapshot, type StaticEntry } from "../build_cache.ts";
import { bundle } from "./bundle.ts";

/** Paths are taken from `root`, and that from the working directory. */
export interface BuildOptions {
  /** Browsers to write scripts and styles for. @default chrome99, firefox99, safari15 */
  target?: string | string[];
  /** The folder of `routes/`, `islands/` and `static/`. @default "." */
  root?: string;
  /** Where `build` writes. @default "_fresh" */
  outDir?: string;
  /** The module that exports `app`. @default "main.ts" */
  serverEntry?: string;
  /** Files of routes and islands to leave out. @default tests */
  ignore?: RegExp[];
}

export type ResolvedBuildConfig = Required<BuildOptions> & { mode: "development" | "production" };

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
  ".css": "text/css; charset=UTF-8",
  ".ico": "image/vnd.microsoft.icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=UTF-8",
  ".json": "application/json; charset=UTF-8",
  ".mp3": "audio/mpeg",
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
      mode: "production",
      outDir: resolve(root, options.outDir ?? "_fresh"),
      root,
      serverEntry: resolve(root, options.serverEntry ?? "main.ts"),
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
    const { root } = this.config;
    this.config.mode = mode;
    const { islands, routes } = await this.#sources();
    const files = await this.#staticFiles();
    const version = hashOf(JSON.stringify([...files].map(([name, { hash }]) => [name, hash])));
    const client = fileURLToPath(new URL("../runtime/client.ts", import.meta.url));
    const bundled = await bundle(this.config, { ...islands, [CLIENT]: client }, version);
    for (const { content, hash, path } of bundled.files) {
      files.set(SCRIPTS + path, { content, contentType: typeOf(path), hash, immutable: true });
    }
    const scriptOf = (name: string): string => SCRIPTS + bundled.scripts.get(name);
    const made: Snapshot = {
      version,
      clientEntry: scriptOf(CLIENT),
      files: Object.fromEntries(files),
      islands: Object.entries(islands).map(([name, path]) => ({
        file: scriptOf(name),
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

  /** Each island's file by a name that its script has too, and the files of routes. */
  async #sources(): Promise<{ islands: Record<string, string>; routes: Snapshot["routes"] }> {
    const { ignore, root } = this.config;
    const islands: Record<string, string> = {};
    const routes: { id: string; path: string }[] = [];
    for (const folder of ["islands", "routes"]) {
      for await (const path of filesBelow(join(root, folder))) {
        if (!SOURCE.test(path) || ignore.some((each) => each.test(path))) continue;
        const local = this.#local(path).replace(SOURCE, "");
        if (folder === "islands" || path.includes("/(_islands)/")) {
          islands[local.replaceAll(/\W+/g, "_")] = path;
        } else if (!PRIVATE.test(path)) {
          routes.push({ id: local.slice(folder.length), path: this.#local(path) });
        }
      }
    }
    return { islands, routes };
  }

  async #staticFiles(): Promise<Map<string, StaticEntry>> {
    const folder = join(this.config.root, "static");
    const files = new Map<string, StaticEntry>();
    for await (const path of filesBelow(folder)) {
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
      files.set(path.slice(folder.length), {
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
    await Deno.mkdir(join(outDir, "static"), { recursive: true });
    await Deno.remove(join(outDir, "static"), { recursive: true }); // of the build before
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
      `const root = new URL(${JSON.stringify(relative(outDir, root))}, import.meta.url);`,
      "const cache = new ProdBuildCache(decodeURIComponent(root.pathname), snapshot, modules);",
      `setBuildCache(app, cache, "production");`,
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
