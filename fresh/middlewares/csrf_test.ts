import assert from "node:assert/strict";
import { App, csrf } from "../mod.ts";

const SELF = "http://localhost";
const OTHER = "https://evil.example";

async function statusOf(
  method: string,
  headers: Record<string, string>,
): Promise<number> {
  const app = new App<unknown>().use(csrf()).all("/", () => new Response("ok"));
  return (await app.handler()(new Request(`${SELF}/`, { method, headers }))).status;
}

Deno.test("csrf: what a browser says of a request's source decides", async () => {
  const table: [method: string, headers: Record<string, string>, status: number][] = [
    ["GET", { "sec-fetch-site": "cross-site", origin: OTHER }, 200],
    ["HEAD", { origin: OTHER }, 200],
    ["OPTIONS", { origin: OTHER }, 200],
    ["POST", {}, 200], // from no browser
    ["POST", { origin: SELF }, 200],
    ["POST", { origin: OTHER }, 403],
    ["POST", { origin: "null" }, 403],
    ["POST", { "sec-fetch-site": "same-origin" }, 200],
    ["POST", { "sec-fetch-site": "none" }, 200],
    ["POST", { "sec-fetch-site": "same-site", origin: OTHER }, 403],
    ["POST", { "sec-fetch-site": "cross-site" }, 403],
    ["POST", { "sec-fetch-site": "cross-site", origin: SELF }, 200],
    ["PUT", { "sec-fetch-site": "cross-site", origin: OTHER }, 403],
    ["DELETE", { "sec-fetch-site": "cross-site", origin: OTHER }, 403],
    ["PATCH", { "sec-fetch-site": "cross-site", origin: OTHER }, 403],
  ];
  for (const [method, headers, status] of table) {
    assert.equal(await statusOf(method, headers), status, `${method} ${JSON.stringify(headers)}`);
  }
});
