/**
 * What each page makes a browser load before it can be used: by esbuild's account of the build
 * (`metafile.json`), and by which islands a page's modules import.
 */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { Builder } from "fresh/dev";
import { build } from "./fresh.config.ts";

interface Output {
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Outputs = Readonly<Record<string, Output>>;

interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier: string };
      readonly isDynamic?: boolean;
    }[];
  }[];
}

interface FirstLoad {
  readonly page: string;
  readonly bytes: number;
  readonly inputs: readonly string[];
}

const ROOT = new URL(".", import.meta.url);
const IS_ISLAND = /\/islands\/[^/]+\.tsx$/;
/** gzipped; Chart.js is loaded when its chart comes into sight. */
const MOST_BYTES = 45_000;

async function pages(): Promise<string[]> {
  const found: string[] = [];
  const folders = ["routes"];
  for (const folder of folders) { // grows on the way
    for await (const { isDirectory, name } of Deno.readDir(new URL(folder, ROOT))) {
      if (isDirectory && !name.startsWith("(_")) folders.push(`${folder}/${name}`);
      else if (/(?<!_test)\.tsx$/.test(name)) found.push(`${folder}/${name}`);
    }
  }
  return found.sort();
}

/** The modules that each page runs, as `deno info` tells; not what is imported for its types or later. */
async function modulesOf(paths: readonly string[]): Promise<Map<string, Set<string>>> {
  const urls = paths.map((path) => new URL(path, ROOT).href);
  const source = urls.map((url) => `import ${JSON.stringify(url)};`).join("");
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", `data:text/javascript,${encodeURIComponent(source)}`],
    cwd: ROOT,
  }).output();
  assert.ok(success, "deno info failed");
  const { modules }: Graph = JSON.parse(new TextDecoder().decode(stdout));
  const known = new Map(modules.map((module) => [module.specifier, module.dependencies ?? []]));
  return new Map(urls.map((url, index) => {
    const reached = new Set([url]);
    for (const each of reached) { // grows on the way
      for (const { code, isDynamic = false } of known.get(each) ?? []) {
        if (code !== undefined && !isDynamic) reached.add(code.specifier);
      }
    }
    return [paths[index] ?? "", reached];
  }));
}

/** What the browser loads for these entries without being asked again. */
function loadedFor(outputs: Outputs, entries: readonly string[]): Set<string> {
  const loaded = new Set(entries);
  for (const name of loaded) { // grows on the way
    for (const { kind, path } of outputs[name]?.imports ?? []) {
      if (kind === "import-statement") loaded.add(path);
    }
  }
  return loaded;
}

async function firstLoads(): Promise<FirstLoad[]> {
  const outDir = await Deno.makeTempDir({ prefix: "budget-" });
  try {
    await new Builder({ ...build, outDir }).build();
    const { outputs }: { outputs: Outputs } = JSON.parse(
      await Deno.readTextFile(`${outDir}/metafile.json`),
    );
    const sizes = new Map<string, number>();
    for (const name of Object.keys(outputs)) {
      const content = await Deno.readFile(`${outDir}/static/_fresh/js/${name}`);
      sizes.set(name, gzipSync(content).length);
    }
    const entryOf = new Map(
      Object.entries(outputs).map(([name, { entryPoint = "" }]) => [
        new URL(entryPoint, ROOT).href,
        name,
      ]),
    );
    const runtime = entryOf.get(new URL("fresh/runtime/client.ts", ROOT).href);
    assert.ok(runtime !== undefined, "The build has no script that brings islands to life");
    const all = await modulesOf(await pages());
    return Array.from(all, ([page, modules]) => {
      const islands = [...modules].filter((module) => IS_ISLAND.test(module))
        .flatMap((module) => entryOf.get(module) ?? []);
      const loaded = [...loadedFor(outputs, islands.length === 0 ? [] : [runtime, ...islands])];
      return {
        page,
        bytes: loaded.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0),
        inputs: loaded.flatMap((name) => Object.keys(outputs[name]?.inputs ?? {})),
      };
    });
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
}

Deno.test("no page's first scripts are over 45 KB gzipped, or hold Chart.js, zod or libphonenumber", async () => {
  const loads = await firstLoads();
  const list = loads
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ bytes, page }) => `${(bytes / 1_000).toFixed(1).padStart(6)} KB  ${page}`)
    .join("\n");
  const dashboard = loads.find(({ page }) => page === "routes/(signed-in)/index.tsx");
  assert.ok(dashboard !== undefined && dashboard.bytes > 10_000, `No dashboard among\n${list}`);
  for (const { bytes, inputs, page } of loads) {
    assert.ok(bytes <= MOST_BYTES, `${page} is over ${MOST_BYTES} bytes:\n${list}`);
    const heavy = inputs.filter((each) => /chart\.js|\/zod\/|libphonenumber/.test(each));
    assert.deepEqual(heavy, [], `${page} loads them at once:\n${list}`);
  }
});
