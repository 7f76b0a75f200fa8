import assert from "node:assert/strict";
import fc from "fast-check";
import { format, LANGUAGES, spacedNumber } from "./mod.ts";

const en = format("en", "Europe/Madrid");
const es = format("es", "Europe/Madrid");
const fr = format("fr", "Europe/Paris");
const de = format("de", "Europe/Berlin");
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

Deno.test("numbers by locale", () => {
  assert.equal(en.number(8_412_937), "8,412,937");
  assert.equal(es.number(8_412_937), "8.412.937");
  assert.equal(de.number(8_412_937n), "8.412.937");
  assert.equal(plain(fr.number(8_412_937)), "8 412 937");
  assert.equal(en.number(248.64, 1), "248.6");
  assert.equal(es.number(12, { exactly: 1 }), "12,0");
  assert.equal(en.number(-4), "−4");
});

Deno.test("shares and differences", () => {
  assert.equal(plain(es.percent(0.978)), "97,8 %");
  assert.equal(plain(en.percent(1, 0)), "100 %");
  assert.equal(en.signed(6.2), "+6.2");
  assert.equal(en.signed(-0.6), "−0.6");
  assert.equal(en.signed(-0.01), "0.0");
});

Deno.test("money: whole in figures, cents in ledgers, four decimals in a price", () => {
  assert.equal(plain(en.money(284_120_120_000n, "EUR", "whole")), "€ 284,120");
  assert.equal(plain(de.money(284_120_120_000n, "EUR", "whole")), "284.120 €");
  assert.equal(plain(es.money(10_761_840_000n, "EUR")), "10.761,84 €");
  assert.equal(plain(en.money(62_000n, "EUR", "price")), "€ 0.0620");
  assert.equal(plain(en.money(-1_500_000n, "USD")), "$ −1.50");
  // Beyond a double's 15 digits.
  assert.equal(
    plain(en.money(9_007_199_254_740_993_010_000n, "EUR")),
    "€ 9,007,199,254,740,993.01",
  );
  assert.deepEqual(de.moneyParts(1_000_000n, "EUR"), { before: "", value: "1,00", after: "€" });
});

Deno.test("durations: the two greatest units", () => {
  const table: [number, string][] = [
    [0, "0 ms"],
    [43, "43 ms"],
    [999.6, "1 s"],
    [3_140, "3.1 s"],
    [12_400, "12 s"],
    [59_999, "1 min"],
    [85_000, "1 min 25 s"],
    [3_600_000, "1 h"],
    [22_680_000, "6 h 18 min"],
    [1_051_200_000, "12 d 4 h"],
    [-5, "0 ms"],
  ];
  for (const [ms, expected] of table) assert.equal(plain(en.duration(ms)), expected);
  assert.equal(plain(fr.duration(1_051_200_000)), "12 j 4 h");
  assert.equal(plain(de.duration(3_140)), "3,1 s");
});

Deno.test("property: a duration never reads 60 s, 60 min or 24 h", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 10 }), (ms) => {
    assert.doesNotMatch(plain(en.duration(ms)), /\b60 (s|min)|\b24 h|^$/);
  }));
});

Deno.test("times: today the time, before the day, with the zone on hover", () => {
  const at = new Date("2026-04-14T12:32:07.412Z");
  const now = new Date("2026-04-14T20:00:00Z");
  assert.equal(en.moment(at, now), "14:32:07");
  assert.equal(en.moment(at, new Date("2026-04-14T22:30:00Z")), "14 Apr");
  assert.equal(en.day(at, new Date("2027-01-02T00:00:00Z")), "14 Apr 2026");
  assert.equal(en.clock(at), "14:32");
  assert.equal(en.timeMs(at), "14:32:07.412");
  assert.equal(en.full(at), "14 Apr 2026, 14:32:07 CEST");
  assert.match(de.full(at), /^14\. Apr\.? 2026, 14:32:07 MESZ$/);
  assert.equal(format("en", "UTC").time(new Date("2026-04-14T00:00:00Z")), "00:00:00");
  assert.equal(en.relative(new Date(now.getTime() - 3_000), now), "3 sec ago");
});

Deno.test("bytes, compact numbers and lists", () => {
  assert.equal(plain(en.bytes(999)), "999 B");
  assert.equal(plain(en.bytes(12_345_678)), "12.3 MB");
  assert.equal(plain(de.bytes(1_500)), "1,5 kB");
  assert.equal(en.compact(8_412_937), "8.41M");
  assert.deepEqual(en.compactParts(8_412_937), { value: "8.41", unit: "M" });
  assert.deepEqual(de.compactParts(-8_412_937), { value: "−8,41", unit: "Mio." });
  assert.deepEqual(es.compactParts(12), { value: "12", unit: "" });
  assert.equal(es.list(["Redis", "jcli"]), "Redis y jcli");
});

Deno.test("phone numbers have the spaces of their country, which don't break", () => {
  assert.equal(spacedNumber("+34612345216"), "+34\u00a0612\u00a034\u00a052\u00a016");
  assert.equal(plain(spacedNumber("+33639980017")), "+33 6 39 98 00 17");
  assert.equal(spacedNumber("MODASUR"), "MODASUR");
  assert.equal(spacedNumber("25600"), "25600");
});

Deno.test("property: every language writes every number and moment", () => {
  fc.assert(fc.property(
    fc.constantFrom(...LANGUAGES),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
    (language, number, micros) => {
      const own = format(language, "America/Lima");
      assert.ok(own.number(number, 2) !== "" && own.money(micros, "PEN") !== "");
    },
  ));
});
