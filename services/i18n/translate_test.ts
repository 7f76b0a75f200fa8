import assert from "node:assert/strict";
import { type KeyOf, speak, type T, translator } from "./mod.ts";

const t = translator("en", "Europe/Madrid");

Deno.test("says a phrase with its parameters, numbers as the language writes them", () => {
  assert.equal(t("nav.dashboard"), "Dashboard");
  assert.equal(t("live.liveAt", { time: "14:32:07" }), "Live, 14:32:07");
  assert.equal(translator("de")("navCounts.alerts", { n: 1_234 }), "1.234 aktive Alarme");
});

Deno.test("chooses the plural form of the language", () => {
  assert.equal(t("navCounts.alerts", { n: 1 }), "1 active alert");
  assert.equal(t("navCounts.alerts", { n: 0 }), "0 active alerts");
  const fr = translator("fr");
  assert.equal(fr("navCounts.connectors", { n: 0 }), "0 connecteur");
  assert.equal(
    fr("navCounts.connectors", { n: 2_000_000n }).replaceAll(/\s/g, " "),
    "2 000 000 de connecteurs",
  );
  assert.equal(
    translator("es")("navCounts.connectors", { n: 1_000_000 }),
    "1.000.000 de conectores",
  );
});

Deno.test("a parameter with braces, dollars or markup is only text", () => {
  const name = "{role} $& <b>";
  assert.equal(t("account.menu", { name, role: "Admin" }), "Account: {role} $& <b>, Admin");
});

Deno.test("parts keeps nodes whole, in the language's order", () => {
  const node = { bold: "orsel" };
  assert.deepEqual(t.parts("common.confirmType", { name: node }), ["Type ", node, " to confirm"]);
  assert.deepEqual(translator("de").parts("common.confirmType", { name: node }), [
    "Zum Bestätigen ",
    node,
    " eingeben",
  ]);
});

Deno.test("an island gets one language's phrases of its subjects, and speaks the same", () => {
  const spoken = structuredClone(translator("fr", "Europe/Paris").spoken("live", "theme"));
  assert.deepEqual(Object.keys(spoken.phrases), ["live", "theme"]);
  const island: T<"live" | "theme"> = speak(spoken);
  assert.equal(island("live.live"), "En direct");
  assert.equal(island.format.clock(new Date("2026-04-14T12:32:07Z")), "14:32");
  assert.ok(JSON.stringify(spoken).length < 3_000);
});

Deno.test("an unknown key is a fault of the program and is told", () => {
  // The compiler refuses it; what comes from data could still be wrong.
  assert.throws(() => t("nav.nowhere" as KeyOf<"nav"> as "nav.more"), RangeError);
  // @ts-expect-error a parameter is missing
  t("live.liveAt");
  // @ts-expect-error a plural takes n
  assert.ok(t("navCounts.alerts", {}));
});

Deno.test("translators are made once, and a wrong zone is refused", () => {
  assert.equal(translator("es", "Europe/Madrid"), translator("es", "Europe/Madrid"));
  assert.throws(() => translator("es", "Mars/Olympus"), RangeError);
});
