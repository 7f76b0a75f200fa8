import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type BuildResult, type OnResolveResult, type Plugin, stop } from "esbuild";

/** The browsers that scripts and styles are written for. */
export const TARGET = ["chrome99", "firefox99", "safari15"];

/** What `deno info --json` tells of modules and of the packages they stand on. */
interface Graph {
  modules: {
    specifier: string;
    npmPackage?: string;
    dependencies?: { specifier: string; code?: { specifier: string } }[];
  }[];
  redirects: Record<string, string>;
  npmPackages: Record<string, { name: string; localPath: string; dependencies: string[] }>;
}

/** A package's name in the specifier of one of its modules, and that module. */
const NPM = /^(npm:\/?)?(?<name>(@[^/]+\/)?[^@/]+)(@[^/]*)?(?<inside>.*)$/;

/**
 * Bundles scripts for browsers, their imports resolved as Deno does.
 * @param entries the path of each entry's source, by the entry's name
 */
export async function bundle(
  root: string,
  entries: Record<string, string>,
  buildId: string,
): Promise<BuildResult<{ metafile: true; write: false }>> {
  try {
    return await build({
      absWorkingDir: root,
      bundle: true,
      define: {
        "__FRSH_BUILD_ID__": JSON.stringify(buildId),
        "process.env.NODE_ENV": '"production"',
      },
      entryNames: "[name]-[hash]",
      entryPoints: entries,
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      logLevel: "silent", // it throws with what it has to say
      metafile: true,
      minify: true,
      outdir: ".",
      platform: "browser",
      plugins: [resolver(await graphOf(root, Object.values(entries)))],
      splitting: true,
      target: TARGET,
      write: false,
    });
  } finally {
    await stop(); // else its process keeps ours alive
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

/** Sends imports where Deno sends them, also those between packages, which lie in Deno's cache. */
function resolver({ modules, npmPackages, redirects }: Graph): Plugin {
  const known = new Map(modules.map((module) => [module.specifier, module]));
  const packages = Object.values(npmPackages);

  /** The package that an import leads to. */
  const packageOf = (importer: string, target: string) => {
    const own = known.get(redirects[target] ?? target)?.npmPackage;
    if (own !== undefined) return npmPackages[own];
    const name = NPM.exec(target)?.groups?.["name"];
    const from = packages.find(({ localPath }) => importer.startsWith(`${localPath}/`));
    const needed = [...from?.dependencies ?? []].map((id) => npmPackages[id]);
    return [from, ...needed].find((each) => each?.name === name);
  };

  return {
    name: "deno",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /./ }, async (given): Promise<OnResolveResult | null> => {
        const { importer, kind, path, pluginData } = given;
        if (pluginData === "package" || kind === "entry-point") return null;
        const own = known.get(pathToFileURL(importer).href)?.dependencies;
        const target = own?.find(({ specifier }) => specifier === path)?.code?.specifier ?? path;
        if (target.startsWith("file:")) return { path: fileURLToPath(target) };
        const found = packageOf(importer, target);
        if (found === undefined) return null;
        const inside = NPM.exec(target)?.groups?.["inside"] ?? "";
        const options = { kind, pluginData: "package", resolveDir: found.localPath };
        // A package with `exports` finds itself by its name, another one by its folder.
        const byName = await resolve(found.name + inside, options);
        return byName.errors.length === 0 ? byName : await resolve(`.${inside}`, options);
      });
    },
  };
}
