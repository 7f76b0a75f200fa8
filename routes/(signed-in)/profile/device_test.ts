import assert from "node:assert/strict";
import { deviceOf } from "./device.ts";

Deno.test("a browser and its system are told by the User-Agent", () => {
  const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
  const known = [
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`, {
      browser: "Edge",
      system: "Windows",
    }],
    [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${webkit} Chrome/140.0 Mobile Safari/537.36`, {
      browser: "Chrome",
      system: "Android",
    }],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", {
      browser: "Firefox",
      system: "Linux",
    }],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) ${webkit} Version/19.0 Safari/604.1`, {
      browser: "Safari",
      system: "iOS",
    }],
    ["curl/8.14.1", { browser: "curl", system: null }],
    ["", { browser: null, system: null }],
  ] as const;
  for (const [userAgent, device] of known) assert.deepEqual(deviceOf(userAgent), device);
  assert.deepEqual(deviceOf(null), { browser: null, system: null });
});
