import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { cutText, headerOf, partOfHeader, splitUdh } from "./concatenation.ts";
import { alphabetFor, decodeGsm7, decodeText, encodeGsm7, encodeText } from "./text.ts";

Deno.test("GSM 7-bit: fixed points of TS 23.038 in both directions", () => {
  const pairs: [string, number[]][] = [
    ["@", [0x00]],
    ["£", [0x01]],
    ["Ç", [0x09]],
    ["Δ", [0x10]],
    ["_", [0x11]],
    ["É", [0x1f]],
    ["¤", [0x24]],
    ["¡", [0x40]],
    ["§", [0x5f]],
    ["¿", [0x60]],
    ["à", [0x7f]],
    ["€", [0x1b, 0x65]],
    ["[", [0x1b, 0x3c]],
    ["~", [0x1b, 0x3d]],
    ["]", [0x1b, 0x3e]],
    ["|", [0x1b, 0x40]],
    ["\\", [0x1b, 0x2f]],
    ["^", [0x1b, 0x14]],
    ["{", [0x1b, 0x28]],
    ["}", [0x1b, 0x29]],
  ];
  for (const [character, septets] of pairs) {
    deepEqual([...encodeGsm7(character)], septets);
    equal(decodeGsm7(Uint8Array.from(septets)), character);
  }
  equal(decodeGsm7(Uint8Array.of(0x1b, 0x41, 0x80)), "A\ufffd");
  equal(decodeGsm7(encodeGsm7("ж")), "?");
});

Deno.test("texts are read by their data_coding", () => {
  equal(decodeText(Uint8Array.of(0xe9, 0x80), 3), "é\u0080");
  equal(decodeText(Uint8Array.of(0xfe, 0xff, 0x00, 0x41), 8), "\ufeffA");
  equal(decodeText(Uint8Array.of(0xbf), 6), "П");
  equal(decodeText(Uint8Array.of(0x00, 0x41), 0xf1), "@A");
  equal(decodeText(Uint8Array.of(0x00, 0xff), 4), "00ff");
  equal(decodeText(Uint8Array.of(0x00, 0xff), 0xf5), "00ff");
});

Deno.test("every text survives its alphabet", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const alphabet = alphabetFor(text);
    equal(decodeText(encodeText(text, alphabet), { gsm7: 0, latin1: 3, ucs2: 8 }[alphabet]), text);
  }));
});

Deno.test("parts fit, cut no character and join to the text", () => {
  const unit = fc.oneof(fc.constantFrom("€", "{", "a", "👍", "ж"), fc.string({ unit: "grapheme" }));
  const text = fc.array(unit, { maxLength: 400 }).map((units) => units.join(""));
  fc.assert(fc.property(text, fc.constantFrom("udh8", "udh16", "sar"), (whole, form) => {
    const alphabet = alphabetFor(whole);
    const coding = alphabet === "gsm7" ? 0 : 8;
    const parts = cutText(whole, alphabet, form);
    equal(parts.map((part) => decodeText(part, coding)).join(""), whole);
    const header = parts.length === 1 ? 0 : { udh8: 6, udh16: 7, sar: 0 }[form];
    for (const part of parts) {
      const fits = coding === 0
        ? Math.ceil((header * 8) / 7) + part.length <= 160
        : header + part.length <= 140;
      equal(fits, true);
    }
  }));
});

Deno.test("headers are written and read alike", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const part = fc.record({ reference: octet, total: octet, sequence: octet });
  fc.assert(fc.property(part, fc.constantFrom("udh8", "udh16"), (each, form) => {
    deepEqual(partOfHeader(headerOf(each, form)), each);
  }));
  const wide = { reference: 0xabcd, total: 2, sequence: 1 };
  deepEqual(partOfHeader(headerOf(wide, "udh16")), wide);
});

Deno.test("a header is found among other elements, and only where esm_class says so", () => {
  const ports = [0x05, 0x04, 0x0b, 0x84, 0x23, 0xf0];
  const header = Uint8Array.of(11, ...ports, 0x00, 0x03, 5, 2, 1);
  const body = Uint8Array.of(...header, 0x41);
  deepEqual(partOfHeader(splitUdh(body, 0x40).header), { reference: 5, total: 2, sequence: 1 });
  deepEqual(splitUdh(body, 0x40).content, Uint8Array.of(0x41));
  deepEqual(splitUdh(body, 0x00).content, body);
  equal(partOfHeader(Uint8Array.of(6, ...ports)), undefined);
  // A length beyond the body is no header.
  deepEqual(splitUdh(Uint8Array.of(9, 0x41), 0x40).content, Uint8Array.of(9, 0x41));
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    partOfHeader(splitUdh(bytes, 0x40).header);
  }));
});
