import assert from "node:assert/strict";
import { chooseLanguage } from "./mod.ts";

Deno.test("the user's own choice is stronger than the cookie, the cookie than the browser", () => {
  assert.equal(chooseLanguage({ user: "de", cookie: "fr", acceptLanguage: "es" }), "de");
  assert.equal(chooseLanguage({ user: null, cookie: "fr", acceptLanguage: "es" }), "fr");
  assert.equal(chooseLanguage({ cookie: "xx", acceptLanguage: "es" }), "es");
});

Deno.test("the browser's list is read by weight, then by order", () => {
  const table: [string, string][] = [
    ["fr-CA,en;q=0.8", "fr"],
    ["pt-BR, de;q=0.4, es;q=0.9", "es"],
    ["en;q=0.5,de;q=0.5", "en"],
    ["ES-mx", "es"],
    ["pt, *;q=0.1", "en"],
    ["de;q=0, fr;q=0.1", "fr"],
    ["de;q=nonsense, fr;q=0.1", "fr"],
    ["constructor,__proto__", "en"],
    ["", "en"],
    [",;=;,", "en"],
    ["x".repeat(100_000), "en"],
  ];
  for (const [header, expected] of table) {
    assert.equal(chooseLanguage({ acceptLanguage: header }), expected, header.slice(0, 40));
  }
});
