import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { findChromium } from "../tests/setup/mod.ts";
import { Builder } from "./dev/builder.ts";
import { tailwind } from "./dev/tailwind.ts";

// Not localhost, where browsers are more lenient: an island must live on plain http in a LAN too.
const HOST = "sms.lan.test";

/** Runs `look` on the built site in Chromium; fails when the page complains about anything. */
async function inBrowser(path: string, look: (page: Page) => Promise<void>): Promise<void> {
  const outDir = await Deno.makeTempDir();
  const root = new URL("testdata/app", import.meta.url).pathname;
  const builder = new Builder({ outDir, root });
  tailwind(builder);
  await builder.build();
  const { default: { fetch } } = await import(`file://${outDir}/server.js`);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, fetch);
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ["--no-sandbox", `--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
  });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
    });
    await page.goto(`http://${HOST}:${server.addr.port}${path}`);
    await look(page);
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
    await server.shutdown();
    await Deno.remove(outDir, { recursive: true });
  }
}

Deno.test("islands come to life under a strict policy: shared signals, props of every kind", async () => {
  await inBrowser("/", async (page) => {
    const text = (selector: string) => page.locator(selector).innerText();
    await page.waitForSelector("#kinds[data-alive=true]");
    assert.equal(await page.evaluate("document.documentElement.dataset.ran"), "yes");

    // A signal given to several islands is one signal.
    await page.click("#counter-one");
    await page.click("#counter-two");
    for (const label of ["one", "two"]) {
      assert.equal(await text(`#counter-${label}`), `${label}: 5`);
    }
    assert.equal(await text("#display"), "5 and 6", "computed signals come as their value");
    assert.equal(await page.getAttribute("#kinds", "data-shared"), "5");

    assert.deepEqual((await text("#kinds")).split(" | "), [
      "bigint",
      "12345678901234567890",
      "1,2,255",
      "true",
      "2026-01-02T03:04:05.678Z",
      "1",
      "true",
      "NaN,Infinity,-Infinity,1.5",
      "/^a.b$/gi",
      JSON.stringify("Hello </script><!-- & \u2028"),
      "x,y",
      "true",
      "#d",
    ]);
    const colour = await page.locator("span.rounded-full").evaluate((element) =>
      getComputedStyle(element).backgroundColor
    );
    assert.equal(colour, "rgb(18, 52, 86)");
  });
});

Deno.test("islands stand between their neighbours with no, one or several elements", async () => {
  await inBrowser("/roots", async (page) => {
    const grow = async (name: string, expected: string): Promise<void> => {
      await page.evaluate((event) => globalThis.dispatchEvent(new Event(event)), `grow-${name}`);
      await page.waitForFunction(
        (text) => document.querySelector("#growing")?.textContent === text,
        expected,
      );
    };
    await page.waitForSelector("#rows [data-alive=true]", { state: "attached" });
    await grow("b", "[|b1|]");
    await grow("a", "[a1|b1|]");
    await grow("b", "[a1|b2b3|]");
    await grow("c", "[a1|b2b3|c1]");
    await page.click("td:text('y')");
    await page.waitForFunction(
      () => document.querySelector("#rows")?.textContent === "firstzyxlast",
    );
  });
});
