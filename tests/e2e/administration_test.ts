/**
 * Administration in a browser: users and roles, API keys, the audit log, the API reference.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { ask } from "../client.ts";
import { PASSWORD } from "../integration/stack.ts";
import { until } from "../until.ts";
import { assertAccessible, assertQuiet, openTab, signIn, withBrowser } from "./browser.ts";
import { startSite } from "./site.ts";

const main = (page: Page) => page.getByRole("main");

Deno.test("administration: users, keys, the audit log and the reference", async (t) => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    const owner = await site.user("admin");
    const nia = { email: "nia@example.test", password: "a first password" };
    await signIn(tab, site.url, owner);
    const theirs = await openTab(browser);

    await t.step("a user is added; what is wrong is said beside its field", async () => {
      await page.goto(`${site.url}/users`);
      await page.getByRole("link", { name: "Add a user" }).click();
      await page.getByLabel("Name").fill("Nia");
      await page.getByLabel("E-mail").fill(owner.email);
      await page.getByLabel("First password").fill("short");
      await page.getByRole("button", { name: "Add a user" }).click();
      await page.getByText("5 characters, 8 at least").waitFor();
      await page.getByLabel("First password").fill(nia.password);
      await page.getByRole("button", { name: "Add a user" }).click();
      await page.getByText(`There is a user with ${owner.email} already`).waitFor();
      await assertAccessible(tab);
      assertQuiet(tab, /\b422\b/);
      tab.complaints.length = 0;
      await page.getByLabel("E-mail").fill(nia.email);
      await page.getByLabel("First password").fill(nia.password);
      const roles = page.getByLabel("Role").locator("option");
      assert.ok(!(await roles.allInnerTexts()).includes("Super Admin"), "above an admin");
      await page.getByLabel("Role").selectOption("analyst");
      await page.getByRole("button", { name: "Add a user" }).click();
      await page.getByText("Nia is added").waitFor();
      await assertAccessible(tab);
    });

    await t.step("who signs in as an analyst is offered what an analyst may", async () => {
      await signIn(theirs, site.url, nia);
      const links = theirs.page.getByRole("navigation", { name: "Main", exact: true })
        .getByRole("link");
      const offered = await links.allInnerTexts();
      assert.deepEqual(offered.filter((each) => /User|API key|Audit|Wall/.test(each)), []);
      assert.ok(offered.some((each) => /Connectors/.test(each)), offered.join());
      const refused = await theirs.page.goto(`${site.url}/users`);
      assert.equal(refused?.status(), 403);
      assertQuiet(theirs, /\b403\b/);
      theirs.complaints.length = 0;
    });

    await t.step("another role is at once another house", async () => {
      await page.getByLabel("Role").selectOption("admin");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("The user is saved").waitFor();
      // What is known of a session holds for a few seconds.
      await until("the list of users", 30, async () => {
        return (await theirs.page.goto(`${site.url}/users`))?.status() === 200;
      });
      theirs.complaints.length = 0;
    });

    await t.step("who is disabled is out, and can't come back until enabled", async () => {
      await page.getByRole("button", { name: "Disable user" }).click();
      const dialog = page.getByRole("alertdialog", { name: "Disable Nia?" });
      await dialog.waitFor();
      await assertAccessible(tab);
      await dialog.getByRole("button", { name: "Disable user" }).click();
      await page.getByText("Nia is disabled").waitFor();
      await theirs.page.goto(`${site.url}/messages`);
      await theirs.page.getByRole("heading", { name: "Sign in" }).waitFor();
      await theirs.page.fill("#email", nia.email);
      await theirs.page.fill("#password", nia.password);
      await theirs.page.keyboard.press("Enter");
      await theirs.page.getByText("This user is disabled").waitFor();
      assertQuiet(theirs, /\b401\b/);
      await page.getByRole("button", { name: "Enable" }).click();
      await page.getByText("Nia is enabled again").waitFor();
      await signIn(theirs, site.url, nia);
    });

    await t.step("the list finds and filters, and shows what each role may do", async () => {
      await page.goto(`${site.url}/users?q=nia@`);
      assert.equal(await page.locator("tbody tr").count(), 1);
      await page.goto(`${site.url}/users?status=disabled`);
      await page.getByText("No user matches").waitFor();
      await page.goto(`${site.url}/users`);
      await page.getByRole("link", { name: "What each role may do" }).click();
      await page.getByRole("rowheader", { name: "users:write" })
        .or(page.getByRole("cell", { name: "users:write" })).first().waitFor();
    });

    let key = "";
    await t.step("a key is shown once, and works until it is revoked", async () => {
      await page.goto(`${site.url}/api-keys`);
      await page.getByRole("link", { name: "Make an API key" }).click();
      await page.getByLabel("Name").fill("Reports");
      await page.getByRole("button", { name: "Make key" }).click();
      await page.getByText("Choose at least one scope").waitFor();
      await assertAccessible(tab);
      assertQuiet(tab, /\b422\b/);
      tab.complaints.length = 0;
      assert.equal(await page.getByLabel("Name").inputValue(), "Reports");
      await page.getByRole("checkbox", { name: "connectors:read" }).check();
      await page.getByRole("button", { name: "Make key" }).click();
      await page.getByText("This key is shown once").waitFor();
      key = await main(page).locator("[data-copy]").first().getAttribute("data-copy") ?? "";
      await assertAccessible(tab);
      const headers = { authorization: `Bearer ${key}` };
      assert.equal((await ask(site.url, "GET", "/api/v1/connectors", { headers })).status, 200);
      assert.equal((await ask(site.url, "GET", "/api/v1/messages", { headers })).status, 403);
      await page.getByRole("link", { name: "I have kept it" }).click();
      await page.getByText("Reports", { exact: true }).waitFor();
      assert.ok(!(await page.content()).includes(key));
    });

    await t.step(
      "the reference sends a request with one's own token, or as who is there",
      async () => {
        await page.goto(`${site.url}/api/docs`);
        await page.locator("summary", { hasText: /^Connectors$/ }).click();
        await page.getByRole("link", { name: /^GET List connectors/ }).click();
        const send = async (token: string) => {
          await page.getByLabel("Token").fill(token);
          await page.getByRole("button", { name: "Send request" }).click();
        };
        await send(key);
        await page.getByText(/^200 in /).waitFor();
        await page.getByText('"cid": "op_main"').waitFor();
        await assertAccessible(tab);
        await page.goto(`${site.url}/api/docs?op=getMessages`);
        await send(key);
        await page.getByText(/^403 in /).waitFor();
        assertQuiet(tab, /\b403\b/);
        tab.complaints.length = 0;
        await send("");
        await page.getByText(/^200 in /).waitFor();
      },
    );

    await t.step("a revoked key is refused at once", async () => {
      await page.goto(`${site.url}/api-keys`);
      await page.getByRole("button", { name: "Revoke, Reports" }).click();
      const dialog = page.getByRole("alertdialog", { name: "Revoke Reports?" });
      await dialog.waitFor();
      await assertAccessible(tab);
      await dialog.getByRole("button", { name: "Revoke" }).click();
      await page.getByText("Reports is revoked").waitFor();
      const headers = { authorization: `Bearer ${key}` };
      assert.equal((await ask(site.url, "GET", "/api/v1/connectors", { headers })).status, 401);
    });

    await t.step("the audit log has all of it, by action, kind and time", async () => {
      await page.goto(`${site.url}/audit`);
      for (const action of ["user.create", "user.update", "api_key.create", "api_key.revoke"]) {
        await main(page).getByRole("link", { name: action, exact: true }).first().waitFor();
      }
      await page.getByRole("searchbox").fill("user.create");
      await page.keyboard.press("Enter");
      await page.waitForURL(/action=user\.create/);
      await main(page).getByRole("link", { name: "user.create", exact: true }).first().click();
      await page.getByRole("complementary", { name: /^Entry \d+/ }).waitFor();
      await page.getByText(nia.email).first().waitFor();
      await assertAccessible(tab);
      await page.keyboard.press("Escape");
      await page.getByRole("complementary").waitFor({ state: "detached" });

      await page.goto(`${site.url}/audit`);
      await page.locator("summary", { hasText: "Filter" }).click();
      await page.getByLabel("Kind of subject").selectOption("api_key");
      assert.equal(await page.getByLabel("Time").inputValue(), "", "of all time, as listed");
      await page.getByLabel("Time").selectOption("custom");
      await page.getByLabel("From").fill("2020-01-01T00:00");
      await page.getByLabel("To", { exact: true }).fill("2020-01-02T00:00");
      await page.getByRole("button", { name: "Apply filters" }).click();
      await page.getByText("No entry matches").waitFor();
      await page.getByTitle("Remove the filter Time").click();
      await page.waitForURL((url) => !url.searchParams.has("range"));
      const kinds = await page.locator("tbody tr").allInnerTexts();
      assert.ok(kinds.length >= 2 && kinds.every((each) => /api_key\./.test(each)));
    });
    assertQuiet(tab);
  });
});

Deno.test("profile: name, language, theme, password and sessions", async (t) => {
  await using site = await startSite();
  const user = await site.user("campaign_manager");
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    const elsewhere = await openTab(browser);
    await signIn(tab, site.url, user);
    await signIn(elsewhere, site.url, user);
    await page.goto(`${site.url}/profile`);

    await t.step("language and theme are the user's, in every browser", async () => {
      await page.getByLabel("Name").fill("Nadia");
      await page.getByLabel("Theme", { exact: true }).selectOption("dark");
      await page.getByLabel("Language", { exact: true }).selectOption("es");
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(/done=saved/);
      const look = (of: Page) =>
        of.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);
      assert.deepEqual(await look(page), ["es", "dark"]);
      // What is known of a session holds for a few seconds.
      await until("the other browser to speak it", 30, async () => {
        await elsewhere.page.goto(`${site.url}/profile`);
        return (await look(elsewhere.page))[0] === "es";
      });
      await page.getByLabel("Idioma").selectOption("en");
      await page.locator("button[value=save]").click();
      await page.getByText("Profile is saved").waitFor();
    });

    await t.step("another password takes the present one, and signs out the rest", async () => {
      const change = async (current: string, next: string) => {
        await page.fill("#currentPassword", current);
        await page.fill("#newPassword", next);
        await page.getByRole("button", { name: "Change password" }).click();
      };
      await change("not it", "another password");
      await page.getByText("This is not the current password").waitFor();
      await assertAccessible(tab);
      assertQuiet(tab, /\b422\b/);
      tab.complaints.length = 0;
      await change(PASSWORD, "another password");
      await page.getByText("The password is changed").waitFor();
      await elsewhere.page.goto(`${site.url}/profile`);
      await elsewhere.page.waitForURL(/sign-in/);
    });

    await t.step("a session elsewhere is seen and ended", async () => {
      await signIn(elsewhere, site.url, { ...user, password: "another password" });
      await page.goto(`${site.url}/profile#sessions`);
      assert.equal(await page.locator("#sessions tbody tr").count(), 2);
      await page.getByRole("button", { name: /^Sign out, / }).click();
      await page.getByText("The session is ended").waitFor();
      assert.equal(await page.locator("#sessions tbody tr").count(), 1);
      await elsewhere.page.goto(`${site.url}/messages`);
      await elsewhere.page.waitForURL(/sign-in/);
      await page.goto(`${site.url}/messages`);
      await page.getByRole("heading", { name: "No message yet" }).or(page.locator("main table"))
        .first().waitFor();
    });
    assertQuiet(tab);
    assertQuiet(elsewhere);
  });
});
