import { fileURLToPath } from "node:url";
import { dirname, extname, join } from "node:path";
import { transform } from "esbuild";
import { compile } from "tailwindcss";
import { type Builder, filesBelow } from "./builder.ts";

const SOURCES = new Set([".js", ".jsx", ".ts", ".tsx"]);
const FOLDERS = ["components", "islands", "routes"];

/** Runs Tailwind CSS over the style sheets in `static/`, for the classes that the sources name. */
export function tailwind(builder: Builder): void {
  builder.onTransformStaticFile({ pluginName: "tailwind", filter: /\.css$/ }, async (file) => {
    const { build } = await compile(file.text, {
      base: dirname(file.path),
      loadStylesheet: async (id, base) => {
        const path = id.startsWith(".")
          ? join(base, id)
          : fileURLToPath(import.meta.resolve(id === "tailwindcss" ? "tailwindcss/index.css" : id));
        return { path, base: dirname(path), content: await Deno.readTextFile(path) };
      },
    });
    const words = new Set<string>();
    for (const folder of FOLDERS) {
      for await (const path of filesBelow(join(builder.config.root, folder))) {
        if (!SOURCES.has(extname(path)) || builder.config.ignore.some((it) => it.test(path))) {
          continue;
        }
        // Whatever stands between spaces and quotes may be a class; Tailwind knows its own.
        for (const word of (await Deno.readTextFile(path)).split(/[\s"'`]+/)) words.add(word);
      }
    }
    const { mode, target } = builder.config;
    const { code } = await transform(build([...words]), {
      loader: "css",
      minify: mode === "production",
      target,
    });
    return { content: code };
  });
}
