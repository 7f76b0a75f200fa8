/**
 * Builds a project.
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { StaticFile } from "../build_cache.ts";
import { bundle } from "./bundle.ts";

/** Paths are taken from `root`, and that from the working directory. */
export interface BuildOptions {
  /** The folder of `main.ts`, which exports `app`, `routes/`, `islands/`, `static/`. @default "." */
  root?: string;
  /** Where `build` writes. @default "_fresh" */
  outDir?: string;
  /** Files of routes and islands to leave out. @default tests */
  ignore?: RegExp[];
}

/** Gives the content to serve in place of a static file's own. */
type TransformFn = (file: { path: string; text: string }) => Promise<{ content: string }>;

const CLIENT = "fresh_runtime";
/** Folders of routes whose files are no routes. */
const PRIVATE = /\/\(_[^/]+\)\//;
const SCRIPTS = "/_fresh/js/";
const SOURCE = /\.[jt]sx?$/;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=UTF-8",
  ".js": "text/javascript; charset=UTF-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Makes of a project's routes, islands and static files what an app serves. */
export class Builder {
  readonly config: Required<BuildOptions>;
  readonly #transforms: { filter: RegExp; transform: TransformFn }[] = [];

  constructor(
    { ignore = [/[._]test\.[jt]sx?$/], outDir = "_fresh", root = "." }: BuildOptions = {},
  ) {
    this.config = { ignore, outDir: resolve(root, outDir), root: resolve(root) };
  }

  onTransformStaticFile(
    { filter }: { pluginName: string; filter: RegExp },
    transform: TransformFn,
  ): void {
    this.#transforms.push({ filter, transform });
  }

  /**
   * Writes the production build to `outDir`: `server.js`, and all that it takes.
   * @throws when a module can't be found or bundled
   */
  async build(): Promise<void> {
    const { outDir, root } = this.config;
    await Deno.mkdir(join(outDir, "static"), { recursive: true });
    await Deno.remove(join(outDir, "static"), { recursive: true }); // of the build before
    const islands = await this.#sources("islands");
    const routes = await this.#sources("routes");
    const files = await this.#staticFiles();
    const version = hashOf(JSON.stringify([...files].map(([name, { hash }]) => [name, hash])));
    const client = fileURLToPath(new URL("../runtime/client.ts", import.meta.url));
    const nameOf = (path: string): string => path.replace(SOURCE, "").replaceAll(/\W+/g, "_");
    const entries = Object.fromEntries(islands.map((path) => [nameOf(path), join(root, path)]));
    const { metafile, outputFiles } = await bundle(root, { ...entries, [CLIENT]: client }, version);
    for (const { contents, path } of outputFiles) {
      const name = SCRIPTS + relative(root, path);
      files.set(name, await this.#put(name, contents, true));
    }
    const scriptOf = (name: string): string | undefined =>
      [...files.keys()].find((each) => each.startsWith(`${SCRIPTS}${name}-`));
    const idOf = (path: string): string => path.replace(SOURCE, "").slice("routes".length);
    const json = JSON.stringify;
    const from = (path: string): string => json(relative(outDir, join(root, path)));
    const modules = [...islands, ...routes];
    const module = (path: string): string => `module${modules.indexOf(path)}`;
    const server = [
      `import { setBuildCache } from "fresh/internal";`,
      `import { app } from ${from("main.ts")};`,
      ...modules.map((path) => `import * as ${module(path)} from ${from(path)};`),
      "setBuildCache(app, {",
      `  root: decodeURIComponent(new URL(${from("")}, import.meta.url).pathname),`,
      `  version: ${json(version)},`,
      `  clientEntry: ${json(scriptOf(CLIENT))},`,
      "  islands: [",
      ...islands.map(nameOf).map((name, index) =>
        `    { name: ${json(name)}, file: ${json(scriptOf(name))}, module: module${index} },`
      ),
      "  ],",
      "  routes: {",
      ...routes.map((path) => `    ${json(idOf(path))}: ${module(path)},`),
      "  },",
      `  files: ${json(Object.fromEntries(files), null, 2)},`,
      "});",
      "export default { fetch: app.handler() };\n",
    ];
    await Deno.writeTextFile(join(outDir, "server.js"), server.join("\n"));
    await Deno.writeTextFile(join(outDir, "metafile.json"), json(metafile));
  }

  /** The sources in a folder, by their path from the root. */
  async #sources(folder: string): Promise<string[]> {
    const { ignore, root } = this.config;
    const files = await Array.fromAsync(filesBelow(join(root, folder)));
    return files.map((file) => relative(root, file)).filter((path) =>
      SOURCE.test(path) && !PRIVATE.test(path) && !ignore.some((each) => each.test(`/${path}`))
    );
  }

  async #staticFiles(): Promise<Map<string, StaticFile>> {
    const folder = join(this.config.root, "static");
    const files = new Map<string, StaticFile>();
    for await (const path of filesBelow(folder)) {
      let content: Uint8Array = await Deno.readFile(path);
      for (const { filter, transform } of this.#transforms) {
        if (!filter.test(path)) continue;
        const made = await transform({ path, text: new TextDecoder().decode(content) });
        content = new TextEncoder().encode(made.content);
      }
      const name = path.slice(folder.length);
      files.set(name, await this.#put(name, content, false));
    }
    return files;
  }

  /** Writes what is served as `name`. */
  async #put(name: string, content: Uint8Array, immutable: boolean): Promise<StaticFile> {
    const file = join(this.config.outDir, "static", name);
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeFile(file, content);
    return {
      path: relative(this.config.root, file),
      contentType: CONTENT_TYPES[extname(name)] ?? "application/octet-stream",
      hash: hashOf(content),
      immutable,
    };
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
