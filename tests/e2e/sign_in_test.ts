/**
 * The door: the first visit, signing in with and without a second factor, and out everywhere.
 * @module
 */
import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { PASSWORD } from "../integration/stack.ts";
import { until } from "../until.ts";
import { assertAccessible, assertQuiet, openTab, signIn, withBrowser } from "./browser.ts";
import { startSite } from "./site.ts";

/** What the page's one loud banner says. */
const said = (page: Page) => page.locator("main [role=alert]").innerText();

Deno.test("the first visit makes the Super Admin and walks to the first message", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await page.goto(site.url);
    await page.getByRole("heading", { name: "First visit" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/welcome");
    await assertAccessible(tab);

    await page.getByLabel("Name").fill("Ines");
    await page.getByLabel("E-mail").fill("ines");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create Super Admin" }).click();
    await page.getByText("“ines” is not an e-mail address").waitFor();
    await page.getByText("5 characters, 8 at least").waitFor();
    assert.equal(await page.getByLabel("Name").inputValue(), "Ines");
    await assertAccessible(tab);
    assertQuiet(tab, /\b422\b/);
    tab.complaints.length = 0;

    await page.getByLabel("E-mail").fill("ines@example.test");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create Super Admin" }).click();
    await page.getByText("4 connectors are already there.").waitFor();
    await page.getByRole("link", { name: "Write the first message" }).click();
    await page.fill("#to", "+34600000001");
    await page.fill("#text", "Hello");
    await page.getByRole("button", { name: "Send message" }).click();
    await page.getByText("Receipt DELIVRD").waitFor();
    await page.goto(`${site.url}/welcome`);
    await page.getByText("A message has gone this way already.").waitFor();
    await page.getByRole("link", { name: "Go to the dashboard" }).click();
    await page.locator('[data-live="today.submitted"]').waitFor();
    assertQuiet(tab);

    // The door of the first visit is closed from now on.
    const other = await openTab(browser);
    await other.page.goto(`${site.url}/welcome`);
    await other.page.getByRole("heading", { name: "Sign in" }).waitFor();
    const [{ n, role } = { n: 0, role: "" }] = await site.stack.sql<{ n: number; role: string }[]>`
      select count(*)::int as n, min(role) as role from users`;
    assert.deepEqual([n, role], [1, "super_admin"]);
  });
});

Deno.test("a wrong password says how many tries are left, then how long to wait", async () => {
  await using site = await startSite();
  const { email } = await site.user("admin");
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await page.goto(`${site.url}/messages?state=sent`);
    const submit = async (address: string, password: string) => {
      await page.fill("#email", address);
      await page.fill("#password", password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForLoadState();
    };
    await submit(email, "not it");
    assert.equal(
      await said(page),
      "The address or the password is wrong. 4 more tries before a pause",
    );
    assert.equal(await page.inputValue("#email"), email);
    assert.equal(await page.inputValue("#password"), "");
    await assertAccessible(tab);

    await submit("nobody@example.test", "not it");
    assert.equal(
      await said(page),
      "The address or the password is wrong. 4 more tries before a pause",
      "an address of nobody reads the same",
    );
    for (const left of ["3 more tries", "2 more tries", "1 more try"]) {
      await submit(email, "not it");
      assert.equal(
        await said(page),
        `The address or the password is wrong. ${left} before a pause`,
      );
    }
    await submit(email, "not it");
    assert.match(await said(page), /is wrong\. Wait 2\ss before the next try$/);
    // Each pause is twice as long as the one before, so that one is longer than a slow machine.
    await until("a pause that holds", 60, async () => {
      await submit(email, "not it");
      return /^Too many tries\. Wait \d+\ss, then try again$/.test(await said(page));
    });
    assertQuiet(tab, /\b(401|429)\b/);

    await site.stack.sql`update login_throttle set blocked_until = now()`;
    await submit(email, PASSWORD);
    assert.equal(page.url(), `${site.url}/messages?state=sent`, "who was going there comes there");
  });
});

Deno.test("a second factor is set up, asked for, and replaced by a recovery code", async (t) => {
  await using site = await startSite();
  const user = await site.user("admin");
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, site.url, user);
    let secret = "";
    let recovery = "";
    const codeAt = (timestamp: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

    await t.step("from the profile, by the code that the app shows", async () => {
      await page.goto(`${site.url}/profile`);
      await page.fill("#factorPassword", "not it");
      await page.getByRole("button", { name: "Turn on" }).click();
      await page.locator("#factorPassword-error").waitFor();
      assertQuiet(tab, /\b422\b/);
      tab.complaints.length = 0;
      await page.fill("#factorPassword", user.password);
      await page.getByRole("button", { name: "Turn on" }).click();
      await page.getByRole("img", { name: /QR/ }).waitFor();
      secret = await page.locator("#second-factor [data-copy]").getAttribute("data-copy") ?? "";
      await assertAccessible(tab);
      await page.fill("#code", codeAt(Date.now()));
      await page.getByRole("button", { name: "Confirm" }).click();
      const codes = page.locator("#second-factor ul li");
      await codes.first().waitFor();
      assert.equal(await codes.count(), 10);
      recovery = await codes.first().innerText();
      await assertAccessible(tab);
      assertQuiet(tab);
    });

    await t.step(
      "the next sign-in asks for it; a wrong code says so, a used one is one",
      async () => {
        const next = await openTab(browser);
        await next.page.goto(`${site.url}/sign-in?next=/inbox`);
        await next.page.fill("#email", user.email);
        await next.page.fill("#password", user.password);
        await next.page.keyboard.press("Enter");
        await next.page.getByRole("heading", { name: "Second factor" }).waitFor();
        assert.equal(await next.page.evaluate(() => document.activeElement?.id), "code");
        await assertAccessible(next);
        await next.page.fill("#code", "000000");
        await next.page.keyboard.press("Enter");
        await next.page.getByText("The code is wrong or was used already").waitFor();
        await assertAccessible(next);
        assertQuiet(next, /\b401\b/);
        // The one of this moment may be the one that confirmed it.
        await next.page.fill("#code", codeAt(Date.now() + 30_000));
        await next.page.keyboard.press("Enter");
        await next.page.waitForURL(`${site.url}/inbox`);
        await next.context.close();
      },
    );

    await t.step("a recovery code works once", async () => {
      const next = await openTab(browser);
      const ask = async () => {
        await next.page.goto(`${site.url}/sign-in`);
        await next.page.fill("#email", user.email);
        await next.page.fill("#password", user.password);
        await next.page.keyboard.press("Enter");
        await next.page.fill("#code", recovery);
        await next.page.keyboard.press("Enter");
      };
      await ask();
      await next.page.waitForURL(`${site.url}/`);
      await next.context.clearCookies();
      await ask();
      await next.page.getByText("The code is wrong or was used already").waitFor();
      await next.context.close();
    });
  });
});

Deno.test("signing out everywhere ends the other browsers' sessions too", async () => {
  await using site = await startSite();
  const user = await site.user("admin");
  await withBrowser(async (browser) => {
    const [here, there] = [await openTab(browser), await openTab(browser)];
    await signIn(here, site.url, user);
    await signIn(there, site.url, user);
    await here.page.goto(`${site.url}/profile`);
    assert.equal(await here.page.locator("#sessions tbody tr").count(), 2);
    await here.page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
    const dialog = here.page.getByRole("alertdialog");
    await dialog.waitFor();
    await assertAccessible(here);
    await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
    await here.page.getByText("You are signed out everywhere").waitFor();
    await assertAccessible(here);
    assertQuiet(here);
    await there.page.goto(`${site.url}/messages`);
    await there.page.getByRole("heading", { name: "Sign in" }).waitFor();
    assertQuiet(there);

    await signIn(there, site.url, user);
    await there.page.locator("header details[data-menu] > summary").click();
    await there.page.getByRole("button", { name: "Sign out" }).click();
    await there.page.getByText("You are signed out", { exact: true }).waitFor();
  });
});
