import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Metafile, type OnResolveResult, type Plugin, stop } from "esbuild";
import type { ResolvedBuildConfig } from "./builder.ts";

export interface Bundle {
  readonly files: readonly { path: string; content: Uint8Array<ArrayBuffer>; hash: string }[];
  /** The path of each entry's script, by the entry's name. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly metafile: Metafile;
}

/** What `deno info --json` tells. */
interface Graph {
  roots: string[];
  redirects: Record<string, string>;
  modules: {
    specifier: string;
    npmPackage?: string;
    dependencies?: { specifier: string; code?: { specifier: string } }[];
  }[];
  npmPackages: Record<string, { name: string; localPath: string; dependencies: string[] }>;
}

const NPM = /^npm:\/?(?<name>(@[^/]+\/)?[^@/]+)(@[^/]*)?(?<path>.*)$/;

/**
 * Bundles scripts for browsers, their imports resolved as Deno does.
 * @param entries the path of each entry's source, by the entry's name
 */
export async function bundle(
  { mode, root, target }: ResolvedBuildConfig,
  entries: Readonly<Record<string, string>>,
  buildId: string,
): Promise<Bundle> {
  const isDev = mode === "development";
  const graph = await graphOf(root, Object.values(entries));
  const packages = await linkPackages(graph);
  try {
    const { metafile, outputFiles } = await build({
      absWorkingDir: packages, // its own path is in no script then, and the same sources hash alike
      bundle: true,
      define: {
        "__FRSH_BUILD_ID__": JSON.stringify(buildId),
        "process.env.NODE_ENV": isDev ? '"development"' : '"production"',
      },
      chunkNames: "chunk-[hash]",
      entryNames: "[name]-[hash]",
      entryPoints: { ...entries },
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      logLevel: "silent", // it throws with what it has to say
      metafile: true,
      minify: !isDev,
      nodePaths: [join(packages, "node_modules")],
      outdir: ".",
      platform: "browser",
      plugins: [resolver(graph, packages)],
      preserveSymlinks: true,
      sourcemap: isDev && "inline",
      splitting: true,
      target,
      write: false,
    });
    const scripts = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
      entryPoint === undefined ? [] : [[path.slice(0, path.lastIndexOf("-")), path] as const]
    );
    const files = outputFiles.map(({ contents, hash, path }) => ({
      path: relative(packages, path),
      content: new Uint8Array(contents),
      hash: hash.replaceAll(/\W/g, ""),
    }));
    const inRoot = JSON.stringify(metafile).replaceAll(`"${relative(packages, root)}/`, '"');
    return { files, scripts: new Map(scripts), metafile: JSON.parse(inRoot) };
  } finally {
    await stop(); // else its process keeps ours alive
    await Deno.remove(packages, { recursive: true });
  }
}

async function graphOf(root: string, paths: readonly string[]): Promise<Graph> {
  const imports = paths.map((path) => `import ${JSON.stringify(pathToFileURL(path))};`).join("");
  const entry = `data:text/javascript,${encodeURIComponent(imports)}`;
  const deno = new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry], cwd: root });
  const { stderr, stdout, success } = await deno.output();
  if (!success) throw new Error(`deno info failed: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/**
 * A folder whose `node_modules` has links into Deno's cache, as flat as npm lays them.
 * @throws when two versions of one package are needed: a browser shall load one
 */
async function linkPackages(graph: Graph): Promise<string> {
  const { modules, npmPackages, redirects, roots } = graph;
  const linked = new Map<string, string>();
  const known = new Map(modules.map((module) => [module.specifier, module]));
  const waiting: string[] = [];
  const reached = new Set(roots);
  for (const specifier of reached) { // grows on the way; what is imported for its types stays out
    const { dependencies = [], npmPackage } = known.get(redirects[specifier] ?? specifier) ?? {};
    for (const { code } of dependencies) if (code !== undefined) reached.add(code.specifier);
    if (npmPackage !== undefined) waiting.push(npmPackage);
  }
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const found = npmPackages[id];
    if (found === undefined || linked.get(found.name) === found.localPath) continue;
    if (linked.has(found.name)) {
      throw new Error(`Islands need two versions of ${found.name}, one of them ${id}`);
    }
    linked.set(found.name, found.localPath);
    waiting.push(...found.dependencies);
  }
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "fresh-" }));
  for (const [name, path] of linked) {
    const link = join(folder, "node_modules", name);
    await Deno.mkdir(dirname(link), { recursive: true });
    await Deno.symlink(path, link);
  }
  return folder;
}

/** Sends the imports of the project's own files where Deno sends them. */
function resolver(graph: Graph, packages: string): Plugin {
  const targets = new Map(
    graph.modules.map(({ dependencies = [], specifier }) => [
      specifier,
      new Map(dependencies.map((each) => [each.specifier, each.code?.specifier])),
    ]),
  );
  return {
    name: "deno",
    setup({ onResolve, resolve }) {
      onResolve(
        { filter: /./ },
        async ({ importer, kind, path }): Promise<OnResolveResult | null> => {
          const target = targets.get(importer && pathToFileURL(importer).href)?.get(path);
          if (target === undefined) return null;
          if (target.startsWith("file:")) return { path: fileURLToPath(target) };
          const { name, path: inside } = NPM.exec(target)?.groups ?? {};
          if (name === undefined) return { errors: [{ text: `A browser can't load ${target}` }] };
          return await resolve(`${name}${inside}`, { kind, resolveDir: packages });
        },
      );
    },
  };
}
