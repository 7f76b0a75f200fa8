import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { literalWords } from "./literal_words.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function wordsIn(source: string, name = "page.tsx"): string[] {
  return Deno.lint.runPlugin(literalWords, name, source)
    .map(({ range: [from, to] }) => source.slice(from, to).trim());
}

Deno.test("finds words in text, in spoken attributes and in what is shown by choice", () => {
  const table: [string, string[]][] = [
    ["<p>Hello</p>", ["Hello"]],
    ["<p title='Hello' class='flex' href='/a'>{t('a')}</p>", ["'Hello'"]],
    ["<Panel title={on ? 'On' : t('off')} />", ["'On'"]],
    ["<p>{on && `Hello ${name}`}</p>", ["`Hello ${name}`"]],
    ["<p>{'of ' + count}</p>", ["'of '"]],
    ["<title>Jasmin Dashboard</title>", []],
    ["<kbd>Enter</kbd>", []],
    ["<p><Mono>deno task doctor</Mono> or {ok ? 'text/html' : `curl, ${name}`}</p>", ["or"]],
    ["<><Icon name='plug' />· 12 %</>", []],
    ["<p>{t('nav.more')} {count}: {`${a} / ${b}`}</p>", []],
  ];
  for (const [source, expected] of table) assert.deepEqual(wordsIn(`x = ${source};`), expected);
});

async function* sources(folder: string): AsyncGenerator<string> {
  try {
    for await (const { isDirectory, name } of Deno.readDir(folder)) {
      if (isDirectory) yield* sources(join(folder, name));
      else if (name.endsWith(".tsx") && !name.endsWith("_test.tsx")) yield join(folder, name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

Deno.test("no page, part or island has words of its own", async () => {
  const found: string[] = [];
  let files = 0;
  for (const folder of ["components", "islands", "routes"]) {
    for await (const path of sources(join(ROOT, folder))) {
      files += 1;
      const words = wordsIn(await Deno.readTextFile(path), path);
      found.push(...words.map((word) => `${path.slice(ROOT.length)}: ${word}`));
    }
  }
  assert.ok(files > 50);
  assert.deepEqual(found, []);
});
