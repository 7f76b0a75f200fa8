import assert from "node:assert/strict";
import { ROOT } from "../tests/setup/paths.ts";
import { SHOTS } from "./pictures/shots.ts";

const MOST_BYTES = 4_000_000;

async function names(folder: string, end: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${ROOT}/${folder}`));
  return entries.map(({ name }) => name).filter((name) => name.endsWith(end)).sort();
}

Deno.test("the pictures are those that the task makes, under 4 MB in all", async () => {
  const found = await names("docs/pictures", ".webp");
  const expected = SHOTS.flatMap(({ looks, name }) =>
    looks.map(({ theme, width }) => `${name}-${width}${theme === "dark" ? "-dark" : ""}.webp`)
  );
  assert.deepEqual(found, expected.sort());
  const sizes = await Promise.all(
    found.map(async (name) => (await Deno.stat(`${ROOT}/docs/pictures/${name}`)).size),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(total < MOST_BYTES, `They have ${total} bytes`);
});

Deno.test("each picture that README or a guide shows is there", async () => {
  const pages = ["README.md", ...(await names("docs", ".md")).map((name) => `docs/${name}`)];
  const shown: string[] = [];
  for (const page of pages) {
    const text = await Deno.readTextFile(`${ROOT}/${page}`);
    for (const [, name = ""] of text.matchAll(/pictures\/([\w-]+\.webp)/g)) {
      assert.ok((await Deno.stat(`${ROOT}/docs/pictures/${name}`)).isFile);
      shown.push(name);
    }
  }
  assert.ok(shown.length >= 4, `README shows ${shown}`);
});
