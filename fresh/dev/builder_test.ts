import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dirname, join } from "node:path";
import denoJson from "../../deno.json" with { type: "json" };
import { Builder } from "./builder.ts";
import { tailwind } from "./tailwind.ts";

const ROOT = fileURLToPath(new URL("../testdata/app", import.meta.url));

/** Runs `work` with a new project of these files. */
async function withProject(
  files: Record<string, string>,
  work: (root: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  const imports = Object.entries(denoJson.imports).map(([name, target]) => [
    name,
    target.startsWith(".") ? new URL(`../../${target}`, import.meta.url).href : target,
  ]);
  try {
    const config = { imports: Object.fromEntries(imports), lock: false };
    await Deno.writeTextFile(join(root, "deno.json"), JSON.stringify(config));
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, name)), { recursive: true });
      await Deno.writeTextFile(join(root, name), text);
    }
    await work(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("a build on disk serves pages, scripts and styles, and is the same each time", async () => {
  await withProject({}, async (outDir) => {
    const snapshots: string[] = [];
    for (let time = 0; time < 2; time++) {
      const builder = new Builder({ root: ROOT, outDir });
      tailwind(builder);
      await builder.build();
      snapshots.push(await Deno.readTextFile(join(outDir, "server.js")));
    }
    assert.equal(snapshots[0], snapshots[1]);

    const { default: server } = await import(pathToFileURL(join(outDir, "server.js")).href);
    const ask = (path: string): Promise<Response> =>
      server.fetch(new Request(`http://localhost${path}`));
    const html = await (await ask("/")).text();
    const urls = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].flatMap(([, url]) => url ?? []);
    assert.ok(urls.length >= 5);
    for (const url of urls) {
      const response = await ask(url);
      assert.equal(response.status, 200, url);
      assert.match(response.headers.get("cache-control") ?? "", /immutable/, url);
      await response.body?.cancel();
    }
    assert.equal(await (await ask("/hello.txt")).text(), "hello\n");
    const styles = await (await ask("/styles.css")).text();
    assert.match(styles, /\.bg-\\\[\\#123456\\\]\{background-color:#123456\}/);
    assert.ok(!styles.includes("\n  "), "styles are minified");

    const metafile = JSON.parse(await Deno.readTextFile(join(outDir, "metafile.json")));
    assert.ok("islands/counter.tsx" in metafile.inputs);
    const outputs = Object.keys(metafile.outputs);
    assert.ok(outputs.some((name) => /^fresh_runtime-[A-Z0-9]{8}\.js$/.test(name)));
    assert.ok(!outputs.some((name) => name.endsWith(".map")));
  });
});

Deno.test("tests, ignored and private files are no routes, hidden files are not served", async () => {
  await withProject({
    "main.ts": "import { App, staticFiles } from 'fresh';" +
      "export const app = new App().use(staticFiles()).fsRoutes();",
    "routes/index.ts": "export const handler = () => new Response('home');",
    "routes/index_test.ts": "throw new Error('a test is no route');",
    "routes/scratch.ts": "throw new Error('ignored');",
    "routes/(_parts)/part.ts": "throw new Error('private');",
    "static/.secret": "hidden",
  }, async (root) => {
    await new Builder({ root, ignore: [/_test\./, /scratch/] }).build();
    const { default: server } = await import(pathToFileURL(join(root, "_fresh/server.js")).href);
    const response: Response = await server.fetch(new Request("http://localhost/"));
    assert.equal(await response.text(), "home");
    assert.equal((await server.fetch(new Request("http://localhost/.secret"))).status, 404);
  });
});

Deno.test("a mistake in an island fails the build by its name", async () => {
  await withProject({
    "islands/broken.tsx": "import { nothing } from './missing.ts'; export default nothing;",
  }, async (root) => {
    await assert.rejects(new Builder({ root }).build(), /missing\.ts/);
  });
});
