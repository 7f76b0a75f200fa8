/// <reference lib="dom" />
/**
 * `deno task pictures`: photographs every page of a demo of its own, signed in as who uses it, and
 * writes the pictures as WebP into `docs/pictures/`. Takes about eight minutes: most of them to
 * have five minutes of traffic to show.
 * Those in the repository were taken with the fonts Inter and Noto Color Emoji installed.
 *
 *     deno task pictures [folder] [--only=dashboard]
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { parseArgs } from "node:util";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findChromium } from "../tests/setup/mod.ts";
import { ROOT } from "../tests/setup/paths.ts";
import { type Demo, startDemo } from "./pictures/demo.ts";
import { type Look, type Shot, SHOTS } from "./pictures/shots.ts";

const QUALITY = 82;
const DEFAULT_LOGIN = "super@demo.test";

/** Those who have signed in, so that each does it once for a look. */
type Sessions = Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>;

async function signIn(page: Page, { password, url }: Demo, email: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.press("#password", "Enter");
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"));
}

async function openAs(
  browser: Browser,
  demo: Demo,
  sessions: Sessions,
  login: string | null,
  { height, theme, width }: Look,
): Promise<Page> {
  const known = login === null ? undefined : sessions.get(login);
  const context = await browser.newContext({
    colorScheme: theme,
    hasTouch: width < 640,
    locale: "en",
    reducedMotion: "reduce",
    viewport: { width, height },
    ...known === undefined ? {} : { storageState: known },
  });
  const page = await context.newPage();
  if (login !== null && known === undefined) {
    await signIn(page, demo, login);
    sessions.set(login, await context.storageState());
  }
  return page;
}

/** @returns the picture's bytes */
async function photograph(page: Page, shot: Shot, url: string): Promise<Uint8Array> {
  await page.goto(url);
  await page.locator(shot.shown).first().waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes("Connecting"));
  if (shot.press !== undefined) {
    await page.keyboard.press(shot.press.key);
    await page.locator(shot.press.shown).first().waitFor();
  }
  await page.evaluate(async () => {
    await document.fonts.ready;
    // Islands come alive a task each after the load; two frames later it is all painted.
    await new Promise((done) => requestIdleCallback(done, { timeout: 2_000 }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
  });
  return Uint8Array.fromBase64(data);
}

async function main(): Promise<void> {
  const { positionals: [folder = `${ROOT}/docs/pictures`], values } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: { only: { type: "string" } },
  });
  const shots = SHOTS.filter(({ name }) => values.only === undefined || name === values.only);
  if (shots.length === 0) throw new Error(`No picture is called ${values.only}`);
  await Deno.mkdir(folder, { recursive: true });
  await using demo = await startDemo();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
  });
  try {
    const sessions: Sessions = new Map();
    let total = 0;
    for (const shot of shots) {
      const login = shot.as === undefined ? DEFAULT_LOGIN : shot.as;
      const path = shot.path.replaceAll(/\{(\w+)\}/g, (_, name) => demo.places[name] ?? "");
      for (const look of shot.looks) {
        const page = await openAs(browser, demo, sessions, login, look);
        const bytes = await photograph(page, shot, demo.url + path);
        await page.context().close();
        const how = `${look.width}${look.theme === "dark" ? "-dark" : ""}`;
        await Deno.writeFile(`${folder}/${shot.name}-${how}.webp`, bytes);
        total += bytes.length;
        console.log(`${shot.name}-${how}.webp  ${Math.ceil(bytes.length / 1000)} KB`);
      }
    }
    console.log(`${Math.ceil(total / 1000)} KB in all`);
  } finally {
    await browser.close();
  }
}

await main();
