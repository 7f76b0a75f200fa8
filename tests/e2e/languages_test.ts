/**
 * Every page in every language on a phone, where long words have the least room.
 * @module
 */
import assert from "node:assert/strict";
import { LANGUAGES } from "../../services/i18n/mod.ts";
import { until } from "../until.ts";
import {
  assertNoSidewaysScroll,
  assertQuiet,
  openTab,
  settle,
  signIn,
  withBrowser,
} from "./browser.ts";
import { furnish, SITE_PAGES } from "./pages.ts";
import { startSite } from "./site.ts";

/** What a phrase would leave that was not filled in, or is missing. */
const UNFILLED = /(?<!\/)\{\w+\}|\bundefined\b|\bNaN\b|\[object |Invalid Date/;

/** Pages that one user of each language sees; those of other users say the same words. */
const PAGES = SITE_PAGES.filter(({ as, phone }) =>
  as !== "client" && as !== "analyst" && phone !== false
);

Deno.test("every page speaks every language, and fits a phone in it", async (t) => {
  await using site = await startSite();
  const furniture = await furnish(site);
  await withBrowser(async (browser) => {
    const user = await site.user("super_admin");
    const first = await openTab(browser);
    await signIn(first, site.url, user);
    const session = await first.context.storageState();
    await first.context.close();
    for (const language of LANGUAGES) {
      await t.step(language, async () => {
        const signedIn = await openTab(browser, { width: 390, language, session });
        const visitor = await openTab(browser, { width: 390, language });
        const changed = await signedIn.page.request.post(`${site.url}/preferences`, {
          form: { language },
          headers: { origin: site.url },
        });
        assert.ok(changed.ok(), String(changed.status()));
        // What is known of a session holds for a few seconds.
        await until("the language", 30, async () => {
          await signedIn.page.goto(`${site.url}/profile`);
          return await signedIn.page.locator("html").getAttribute("lang") === language;
        });
        for (const { as, live = false, name, path, status = 200 } of PAGES) {
          const tab = as === null ? visitor : signedIn;
          tab.complaints.length = 0;
          const address = typeof path === "string" ? path : path(furniture);
          await tab.page.goto(site.url + address);
          await settle(tab, { live, language });
          const look = `${name} in ${language}`;
          assert.equal(await tab.page.locator("html").getAttribute("lang"), language, look);
          const text = await tab.page.locator("body").innerText();
          assert.equal(
            /.{0,40}/s.exec(text.slice(UNFILLED.exec(text)?.index ?? text.length))?.[0],
            "",
            look,
          );
          await assertNoSidewaysScroll(tab);
          assertQuiet(tab, status === 200 ? /^$/ : new RegExp(`\\b${status}\\b`));
        }
        await Promise.all([signedIn.context.close(), visitor.context.close()]);
      });
    }
  });
});
