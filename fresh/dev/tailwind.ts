import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import { transform } from "esbuild";
import { compile } from "tailwindcss";
import { type Builder, filesBelow } from "./builder.ts";
import { TARGET } from "./bundle.ts";

const FOLDERS = ["components", "islands", "routes"];

/** Runs Tailwind CSS over the style sheets in `static/`, for the classes that the sources name. */
export function tailwind(builder: Builder): void {
  const { ignore, root } = builder.config;
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
      for await (const path of filesBelow(join(root, folder))) {
        if (!/\.[jt]sx?$/.test(path) || ignore.some((each) => each.test(path))) continue;
        // Whatever stands between spaces and quotes may be a class; Tailwind knows its own.
        for (const word of (await Deno.readTextFile(path)).split(/[\s"'`]+/)) words.add(word);
      }
    }
    const styles = build([...words]);
    const { code } = await transform(styles, { loader: "css", minify: true, target: TARGET });
    return { content: code };
  });
}
