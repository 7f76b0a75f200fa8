/**
 * Chromium, and what every page is held to: no complaint in its console, no failed request, no
 * violation of WCAG 2.2 AA, no shift of what is shown.
 * @module
 */
import assert from "node:assert/strict";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type Language, translator } from "../../services/i18n/mod.ts";
import { findChromium } from "../setup/mod.ts";

/** How a browser looks at the site. */
export interface Look {
  /** In px; 1440 is the reference, under 640 a finger points. @default 1440 */
  readonly width?: number;
  /** @default light */
  readonly theme?: "light" | "dark";
  /** What the browser asks for. @default en */
  readonly language?: string;
  /** @default false */
  readonly reducedMotion?: boolean;
  /** @default true */
  readonly scripts?: boolean;
  /** Of a tab that is signed in already. @default nobody's */
  readonly session?: Session;
}

/** What a browser keeps of a site: who is signed in. */
export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** A tab that is watched: `complaints` has what went wrong in it. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
}

const HEIGHT = { wide: 900, phone: 844 };

/**
 * Runs `use` with a browser, and closes it.
 * @param args beyond those that every test needs
 */
export async function withBrowser<Result>(
  use: (browser: Browser) => Promise<Result>,
  args: readonly string[] = [],
): Promise<Result> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ["--no-sandbox", "--disable-gpu", ...args],
  });
  try {
    return await use(browser);
  } catch (error) {
    const seen = await Promise.all(browser.contexts().flatMap((each) => each.pages()).map(seenOn));
    throw new Error(`${String(error)}\n${seen.join("\n")}`, { cause: error });
  } finally {
    await browser.close();
  }
}

/** What a page shows, for who reads of a failure. */
async function seenOn(page: Page): Promise<string> {
  const text = await page.locator("body").innerText({ timeout: 2_000 }).catch(String);
  return `Seen on ${page.url()}: ${text.replaceAll(/\s+/g, " ").slice(0, 1_500)}`;
}

/** Opens a tab of its own, signed in nowhere. */
export async function openTab(browser: Browser, look: Look = {}): Promise<Tab> {
  const { width = 1440, theme = "light", language = "en", scripts = true } = look;
  const context = await browser.newContext({
    viewport: { width, height: width < 640 ? HEIGHT.phone : HEIGHT.wide },
    hasTouch: width < 640,
    colorScheme: theme,
    locale: language,
    reducedMotion: look.reducedMotion === true ? "reduce" : "no-preference",
    javaScriptEnabled: scripts,
    ...look.session === undefined ? {} : { storageState: look.session },
  });
  await context.addInitScript(() => {
    // No page makes one of its own: what a policy stops is told as any other fault.
    document.addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => {
      // deno-lint-ignore no-console -- the browser's own, which the tab is watched by
      console.error(`Stopped by ${violatedDirective}: ${blockedURI}`);
    });
  });
  const page = await context.newPage();
  // Of a machine that does other things too.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => {
    // The stream of a page that is left is cut by leaving it.
    const isLeft = request.failure()?.errorText === "net::ERR_ABORTED";
    if (!isLeft) complaints.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return { page, context, complaints };
}

/** Signs in by the form, as people do. */
export async function signIn(
  { page }: Pick<Tab, "page">,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.press("#password", "Enter");
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"));
}

/** Fails when something went wrong in the tab; what was expected to is named. */
export function assertQuiet({ complaints }: Tab, expected: RegExp = /^$/): void {
  assert.deepEqual(complaints.filter((complaint) => !expected.test(complaint)), []);
}

/** Waits until a page stands still: its line is live when it has one, and nothing fades any more. */
export async function settle(
  { page }: Pick<Tab, "page">,
  { live = false, language = "en" }: { readonly live?: boolean; readonly language?: Language } = {},
): Promise<void> {
  const t = translator(language);
  if (live) {
    await page.locator("header").getByText(t("live.liveAt", { time: "" })).first().waitFor();
  }
  const connecting = page.locator("header").getByText(t("live.connecting"), { exact: true });
  assert.equal(await connecting.count(), 0, "It says that it is connecting");
  await page.evaluate(async () => {
    const endings = document.getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      .map(({ finished }) => finished.catch(() => {}));
    await Promise.all(endings);
  });
}

/** Switches between light and dark as the system does, and waits until it is done. */
export async function showTheme(tab: Pick<Tab, "page">, theme: "light" | "dark"): Promise<void> {
  await tab.page.emulateMedia({ colorScheme: theme });
  await settle(tab);
}

/**
 * Fails for each violation of WCAG 2.2 AA, with the elements.
 * @param only the one rule to look at, where the rest was looked at before
 */
export async function assertAccessible(
  { page }: Pick<Tab, "page">,
  only: string | null = null,
): Promise<void> {
  // Into the page's own world past its policy, as a person's tools are.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  const found = await page.evaluate(async (rule) => {
    // The script above defines it.
    const { axe: tool } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await tool.run(document, {
      resultTypes: ["violations"],
      runOnly: rule === null
        ? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        : { type: "rule", values: [rule] },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} (${failureSummary})`)
    );
  }, only);
  assert.deepEqual(found, []);
}

/** Fails when the page is wider than its window. */
export async function assertNoSidewaysScroll({ page }: Pick<Tab, "page">): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `The page is ${over} px wider than its window`);
}

/** By how much the page shifts by itself within so many seconds: the sum of all shifts. */
export async function shiftWithin({ page }: Pick<Tab, "page">, seconds: number): Promise<number> {
  return await page.evaluate((ms) => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // The standard library of types doesn't know LayoutShift.
        const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) sum += shift.value;
      }
    });
    observer.observe({ type: "layout-shift", buffered: false });
    return new Promise<number>((resolve) =>
      setTimeout(() => {
        observer.disconnect();
        resolve(sum);
      }, ms)
    );
  }, seconds * 1_000);
}
