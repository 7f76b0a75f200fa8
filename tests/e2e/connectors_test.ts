/**
 * Connectors in a browser: seen as they are, started and stopped with the state that they reached.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { outside } from "../integration/stack.ts";
import {
  assertAccessible,
  assertQuiet,
  openTab,
  settle,
  shiftWithin,
  signIn,
  withBrowser,
} from "./browser.ts";
import { startSite } from "./site.ts";

const row = (page: Page, cid: string) => page.locator(`tr[data-row="${cid}"]`);

/** Waits for words in a connector's row; on a phone they stand elsewhere in it. */
const says = (page: Page, cid: string, words: string | RegExp) =>
  row(page, cid).getByText(words).and(page.locator(":visible")).first().waitFor();

Deno.test("connectors: steered from the list, each with its true result, live all the while", async (t) => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));
    await page.goto(`${site.url}/connectors`);
    await says(page, "op_main", "Bound TRX");

    await t.step("a stop and a start say what was reached, by keyboard", async () => {
      await page.getByRole("button", { name: "Stop op_undeliv" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("op_undeliv is stopped").waitFor();
      await says(page, "op_undeliv", "Stopped");
      await page.getByRole("button", { name: "Start op_undeliv" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("op_undeliv is bound").waitFor();
      await says(page, "op_undeliv", "Bound TRX");
    });

    await t.step("several at once, with a result each", async () => {
      await page.getByRole("checkbox", { name: "Select op_expired" }).check();
      await page.getByRole("checkbox", { name: "Select op_rejected" }).check();
      await page.getByText("2 selected").waitFor();
      await page.getByRole("button", { name: "Stop", exact: true }).click();
      await page.getByText("op_expired is stopped").waitFor();
      await page.getByText("op_rejected is stopped").waitFor();
      await page.getByText("0 selected").waitFor();
    });

    await t.step("what is done elsewhere is seen here", async () => {
      await says(page, "op_expired", "Stopped");
      await outside(site.stack.gateway, (console) => console.connectors.start("op_expired"));
      await says(page, "op_expired", "Bound TRX");
    });

    await t.step("before traffic is cut, it is asked; Esc keeps it running", async () => {
      const operator = await site.stack.user("admin");
      let stop = false;
      const traffic = (async () => {
        for (let last = 0; !stop; last++) {
          const to = `+34600${String(last).padStart(6, "0")}`;
          await operator.post("/api/v1/messages/send", { to, text: "Hello" });
        }
      })();
      try {
        await page.locator('[data-live="connector.op_main.rate"]').getByText(/^[1-9]\d*\.\d$/)
          .waitFor();
        await page.getByRole("button", { name: "Stop op_main" }).click();
        const dialog = page.getByRole("alertdialog", { name: "Stop op_main?" });
        await dialog.getByText("go through it now").waitFor();
        await assertAccessible(tab);
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "hidden" });
        await says(page, "op_main", "Bound TRX");
        await page.getByRole("button", { name: "Stop op_main" }).click();
        await dialog.getByRole("button", { name: "Stop" }).click();
        await page.getByText("op_main is stopped").waitFor();
        await says(page, "op_main", "Stopped");
      } finally {
        stop = true;
        await traffic;
      }
    });

    await t.step("filters are in the URL", async () => {
      await page.getByRole("link", { name: /^Stopped/ }).click();
      await page.waitForURL(/state=stopped/);
      assert.equal(await page.locator("tbody tr").count(), 2);
      await page.goto(`${site.url}/connectors?q=nobody`);
      await page.getByText("Nothing matches").waitFor();
    });

    await t.step("a page each, that lives too", async () => {
      await page.goto(`${site.url}/connectors/op_main`);
      await page.getByText(/^Stopped for/).waitFor();
      await page.getByRole("button", { name: "Start" }).click();
      await page.getByText("op_main is bound").waitFor();
      await page.getByText(/^Bound TRX for/).waitFor();
      await page.getByText("submit_throughput").first().waitFor();
      assert.doesNotMatch(await page.content(), /password/i);
      await assertAccessible(tab);
    });
    assertQuiet(tab);
  });
});

Deno.test("connectors: steered by forms without scripts", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser, { scripts: false });
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));
    await page.goto(`${site.url}/connectors?q=op_`);
    await page.getByRole("checkbox", { name: "Select op_expired" }).check();
    await page.getByRole("checkbox", { name: "Select op_rejected" }).check();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByText("op_expired: Stopped and op_rejected: Stopped").waitFor();
    assert.match(page.url(), /q=op_/);
    await page.getByRole("button", { name: "Start op_expired" }).click();
    await page.getByText("op_expired: Bound").waitFor();
  });
});

Deno.test("connectors: still while they live", async () => {
  await using site = await startSite();
  const user = await site.user("admin");
  await withBrowser(async (browser) => {
    for (const width of [1440, 390]) {
      const tab = await openTab(browser, { width });
      await signIn(tab, site.url, user);
      for (const path of ["/connectors", "/connectors/op_main?range=day"]) {
        await tab.page.goto(site.url + path);
        await settle(tab, { live: true });
        assert.ok(await shiftWithin(tab, 3) < 0.02, path);
      }
      assertQuiet(tab);
      await tab.context.close();
    }
  });
});

Deno.test("connectors: an analyst looks on, a client is not offered them", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const analyst = await openTab(browser);
    await signIn(analyst, site.url, await site.user("analyst"));
    await analyst.page.goto(`${site.url}/connectors`);
    await row(analyst.page, "op_main").waitFor();
    assert.equal(await analyst.page.getByRole("button", { name: /^Stop/ }).count(), 0);
    const stopped = await analyst.page.evaluate(async () => {
      const body = new URLSearchParams({ one: "stop op_main", confirmed: "yes" });
      return (await fetch("/connectors", { method: "POST", body })).status;
    });
    assert.equal(stopped, 403);
    await says(analyst.page, "op_main", "Bound TRX");

    const client = await openTab(browser);
    await signIn(client, site.url, await site.user("client"));
    assert.equal(await client.page.getByRole("link", { name: "Connectors" }).count(), 0);
    const refused = await client.page.goto(`${site.url}/connectors`);
    assert.equal(refused?.status(), 403);
    await client.page.getByText("This is not for your role").waitFor();
  });
});

Deno.test("connectors: made, changed, cloned and deleted in a browser, judged as one types", async (t) => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));

    await t.step("a wrong value is said beside its field, and nothing is sent", async () => {
      await page.goto(`${site.url}/connectors/add/smpp?preset=senders`);
      await page.getByRole("region", { name: "Lines for jcli" }).getByText("src_ton 5").waitFor();
      await page.fill("#cid", "a b");
      await page.fill("#port", "70000");
      await page.getByRole("button", { name: "Add connector" }).click();
      await page.getByText("Use 3 to 25 letters, digits, _ or -").waitFor();
      await page.getByText("Must be 1 to 65,535").waitFor();
      await assertAccessible(tab);
    });

    await t.step("the lines are shown with the password masked, and then sent", async () => {
      await page.fill("#cid", "op_form");
      await page.fill("#port", "2775");
      await page.fill("#host", "127.0.0.1");
      await page.fill("#username", "acme");
      await page.fill("#password", "s3cr3t");
      const lines = page.getByRole("region", { name: "Lines for jcli" }).last();
      await lines.getByText("password ********").waitFor();
      assert.equal((await lines.innerText()).includes("s3cr3t"), false);
      await page.getByRole("button", { name: "Add connector" }).click();
      await page.getByText("op_form was added").waitFor();
      const { config } = site.stack.gateway.gateway.connectors.get("op_form") ?? {};
      assert.deepEqual(
        ["src_ton", "username", "password"].map((key) => config?.get(key)),
        [5, "acme", "s3cr3t"],
      );
    });

    await t.step("what somebody changed meanwhile is shown, and one's own is kept", async () => {
      await page.goto(`${site.url}/connectors/op_form/edit`);
      await outside(
        site.stack.gateway,
        (console) => console.connectors.update("op_form", { res_to: 61 }),
      );
      await page.fill("#submit_throughput", "25");
      await page.getByRole("button", { name: "Save settings" }).click();
      await page.getByText("op_form was changed on the gateway meanwhile").waitFor();
      await page.getByText("res_to from 120 to 61").waitFor();
      assert.equal(await page.inputValue("#submit_throughput"), "25");
      assert.equal(await page.inputValue("#res_to"), "61");
      await page.getByRole("button", { name: "Save settings" }).click();
      await page.getByText("The settings of op_form are saved").waitFor();
    });

    await t.step("a clone asks for its own password", async () => {
      await page.getByRole("link", { name: "Clone" }).click();
      assert.equal(await page.inputValue("#cid"), "op_form_2");
      assert.equal(await page.inputValue("#submit_throughput"), "25");
      await page.getByRole("button", { name: "Add connector" }).click();
      await page.getByRole("alert").getByText("Password").waitFor();
      await page.fill("#password", "other");
      await page.getByRole("button", { name: "Add connector" }).click();
      await page.getByText("op_form_2 was added").waitFor();
    });

    await t.step("a deletion says what goes with it, and asks for the name", async () => {
      await page.goto(`${site.url}/connectors/op_main/delete`);
      await page.getByText("The route MT 10 uses it").waitFor();
      await assertAccessible(tab);
      await page.fill("#typed", "op_form");
      await page.getByRole("button", { name: "Delete connector" }).click();
      await page.getByText("Type its id, op_main").waitFor();
      await page.goto(`${site.url}/connectors/op_form_2/delete`);
      await page.getByText("No route uses it").waitFor();
      await page.fill("#typed", "op_form_2");
      await page.getByRole("button", { name: "Delete connector" }).click();
      await page.getByText("op_form_2 was deleted").waitFor();
    });
    assertQuiet(tab, /^(409|422): |status of (409|422)/);
  });
});

Deno.test("HTTP connectors: added, called and deleted in a browser", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));
    await page.goto(`${site.url}/connectors`);
    await page.getByRole("link", { name: "HTTP client" }).click();
    await page.getByText("dashboard_mo", { exact: true }).waitFor();
    await assertAccessible(tab);
    await page.fill("#cid", "crm");
    await page.fill("#url", "crm.example.com");
    await page.getByRole("button", { name: "Add HTTP connector" }).click();
    await page.getByText("Write it like https://crm.example.com/mo").waitFor();
    await page.fill("#url", "http://127.0.0.1:1/mo");
    await page.getByRole("button", { name: "Add HTTP connector" }).click();
    await page.getByText("crm was added and persisted").waitFor();
    await page.getByRole("button", { name: "Test crm" }).click();
    await page.getByRole("button", { name: "Call it" }).click();
    await page.getByText("crm did not answer").waitFor();
    await page.getByRole("button", { name: "Delete dashboard_mo" }).click();
    await page.getByText("The route MO 0 has a copy of it").waitFor();
    await page.getByRole("alertdialog").getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("button", { name: "Delete crm" }).click();
    await page.getByText("No route has a copy of it").waitFor();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete HTTP connector" })
      .click();
    await page.getByText("crm was deleted").waitFor();
    assertQuiet(tab, /^422: |status of 422/);
  });
});
