/**
 * `deno task preview`: writes the example page of all components, the sign-in and the wall display
 * as plain files, in every theme and language, photographs them in Chromium at the widths of the
 * review, and runs axe on each. Exits 1 on a violation or on a page that scrolls sideways.
 *
 *     deno task preview [folder] [--no-shots] [--only=forms] [--language=de]
 * @module
 */
import { parseArgs } from "node:util";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { type Browser, chromium } from "playwright-core";
import { compile } from "tailwindcss";
import axe from "axe-core";
import { Gallery, GALLERY_VIEWS } from "../components/gallery.tsx";
import { SignInPage } from "../components/gallery/sign_in_page.tsx";
import { WallPage } from "../components/gallery/wall_page.tsx";
import { type Language, LANGUAGES, type T, translator } from "../services/i18n/mod.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WIDTHS = [[1440, 900], [768, 1024], [390, 844]] as const;
const THEMES = ["light", "dark"] as const;

const PAGES: Readonly<Record<string, (t: T) => VNode>> = {
  ...Object.fromEntries(
    GALLERY_VIEWS.map((view) => [view, (t: T) => <Gallery t={t} view={view} />]),
  ),
  "sign-in": (t) => <SignInPage t={t} wrong />,
  wall: (t) => <WallPage t={t} />,
  "wall-lost": (t) => <WallPage t={t} silent={8} />,
  "wall-stale": (t) => <WallPage t={t} silent={47} />,
};

async function* sources(folder: string): AsyncGenerator<string> {
  for await (const { isDirectory, name } of Deno.readDir(folder)) {
    if (isDirectory) yield* sources(join(folder, name));
    else if (/\.tsx?$/.test(name)) yield join(folder, name);
  }
}

async function styles(): Promise<string> {
  const path = join(ROOT, "assets/styles.css");
  const { build } = await compile(await Deno.readTextFile(path), {
    base: dirname(path),
    loadStylesheet: async (id, base) => {
      const file = id.startsWith(".")
        ? join(base, id)
        : fileURLToPath(import.meta.resolve(id === "tailwindcss" ? "tailwindcss/index.css" : id));
      return { path: file, base: dirname(file), content: await Deno.readTextFile(file) };
    },
  });
  const words = new Set<string>();
  for (const folder of ["components", "islands"]) {
    for await (const file of sources(join(ROOT, folder))) {
      for (const word of (await Deno.readTextFile(file)).split(/[\s"'`]+/)) words.add(word);
    }
  }
  return build([...words]);
}

async function write(out: string, names: readonly string[]): Promise<void> {
  await Deno.mkdir(out, { recursive: true });
  await Deno.writeTextFile(join(out, "styles.css"), await styles());
  for (const language of LANGUAGES) {
    const t = translator(language, "Europe/Madrid");
    for (const name of names) {
      const page = renderToString(
        <html lang={language}>
          <head>
            <meta charset="utf-8" />
            <meta
              name="viewport"
              content="width=device-width, initial-scale=1, viewport-fit=cover"
            />
            <title>{t("app.title", { page: name })}</title>
            <link rel="stylesheet" href="styles.css" />
          </head>
          <body>{PAGES[name]?.(t)}</body>
        </html>,
      );
      if (/ style="/.test(page)) throw new Error(`${name} has a style attribute, which CSP blocks`);
      await Deno.writeTextFile(join(out, `${name}.${language}.html`), `<!doctype html>${page}`);
    }
  }
}

/** Photographs a page, and answers what is wrong with it. */
async function look(
  browser: Browser,
  out: string,
  name: string,
  language: Language,
  theme: typeof THEMES[number],
  [width, height]: readonly [number, number],
): Promise<string[]> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
    hasTouch: width < 640,
  });
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(out, `${name}.${language}.html`)).href);
    await page.screenshot({
      path: join(out, `${name}.${language}.${theme}.${width}.png`),
      fullPage: !name.startsWith("wall"),
    });
    const over = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth
    );
    const widest = over <= 0
      ? ""
      : await page.evaluate(() =>
        [...document.querySelectorAll("body *")].filter((it) =>
          it.getBoundingClientRect().right > innerWidth + 1 && it.children.length === 0
        ).slice(0, 3).map((it) => `${it.tagName}.${it.getAttribute("class")}`).join("; ")
      );
    const faults = over > 0 ? [`scrolls ${over} px sideways: ${widest}`] : [];
    if (name === "wall-stale") return faults; // what is old is dim on purpose
    await page.addScriptTag({ content: axe.source });
    const violations = await page.evaluate(async () => {
      // axe's script put itself into the page; its types belong to another global.
      const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      });
      return found.violations.map(({ id, nodes }) =>
        `${id}: ${
          nodes.slice(0, 3).map(({ target, failureSummary }) =>
            `${target} ${failureSummary?.split("\n").slice(1, 2).join("").trim()}`
          ).join(" | ")
        }`
      );
    });
    return [...faults, ...violations];
  } finally {
    await context.close();
  }
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      "no-shots": { type: "boolean" },
      only: { type: "string" },
      language: { type: "string" },
    },
  });
  const out = positionals[0] ?? await Deno.makeTempDir({ prefix: "preview-" });
  const names = Object.keys(PAGES).filter((name) => !values.only || name.startsWith(values.only));
  await write(out, names);
  if (values["no-shots"] === true) return;
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  let wrong = 0;
  try {
    for (const name of names) {
      // The wall has its own width; other languages are measured where they are narrowest.
      const sizes = name.startsWith("wall") ? [[1920, 1080] as const] : WIDTHS;
      for (const language of LANGUAGES) {
        for (const theme of THEMES) {
          for (const size of sizes) {
            if (language !== "en" && (theme === "dark" || size[0] === 768)) continue;
            if (values.language !== undefined && values.language !== language) continue;
            const faults = await look(browser, out, name, language, theme, size);
            wrong += faults.length;
            for (const fault of faults) {
              // deno-lint-ignore no-console -- a task prints
              console.log(`${name} ${language} ${theme} ${size[0]}: ${fault}`);
            }
          }
        }
      }
    }
  } finally {
    await browser.close();
  }
  // deno-lint-ignore no-console -- a task prints
  console.log(`${names.length} pages in ${out}, ${wrong} faults`);
  if (wrong > 0) Deno.exit(1);
}

if (import.meta.main) await main();
