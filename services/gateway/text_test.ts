import assert from "node:assert/strict";
import fc from "fast-check";
import { isGsm, septetsOf } from "./gsm.ts";
import { decodeText } from "./text.ts";

function octets(...bytes: number[]): Uint8Array {
  return Uint8Array.from(bytes);
}

Deno.test("each data coding is read by its alphabet", () => {
  const cases: readonly (readonly [number, Uint8Array, string])[] = [
    [0, octets(0x00, 0x1b, 0x65, 0x05), "@€é"],
    [0, octets(0x1b, 0x3c, 0x61, 0x1b, 0x3e), "[a]"],
    [1, octets(0x40, 0x41), "@A"],
    [3, octets(0xe9, 0x40), "é@"],
    [4, octets(0xe9), "é"],
    [5, octets(0x83, 0x65), "テ"],
    [6, octets(0xdf), "п"],
    [8, octets(0x04, 0x4f, 0xd8, 0x3d, 0xde, 0x00), "я😀"],
    [14, octets(0xc7, 0xd1), "한"],
    [0x11, octets(0x00), "@"],
    [0x18, octets(0x04, 0x4f), "я"],
    [0xe0, octets(0x04, 0x4f), "я"],
    [0xd0, octets(0x00), "@"],
    [0xf0, octets(0x00), "@"],
    [0xf5, octets(0xe9), "é"],
  ];
  for (const [coding, bytes, text] of cases) {
    assert.equal(decodeText(bytes, coding), text, `${coding}`);
  }
});

Deno.test("octets beyond seven bits in the default alphabet are UTF-8, else Latin-1", () => {
  assert.equal(decodeText(octets(0xc3, 0xa9, 0x40), 0), "é@");
  assert.equal(decodeText(octets(0xe9, 0x40), 0), "é@");
});

Deno.test("an escape before an unknown character shows that character, a last one nothing", () => {
  assert.equal(decodeText(octets(0x1b, 0x41), 0), "A");
  assert.equal(decodeText(octets(0x41, 0x1b), 0), "A");
});

Deno.test("every character of the alphabet survives the way to septets and back", () => {
  for (let first = 0; first < 0x80; first++) {
    const text = decodeText(octets(first), 0);
    if (first !== 0x1b) assert.equal(septetsOf(text), 1);
    const escaped = decodeText(octets(0x1b, first), 0);
    if (first !== 0x1b) assert.ok(isGsm(escaped));
  }
});

Deno.test("no bytes in any coding make it throw", () => {
  fc.assert(fc.property(fc.uint8Array(), fc.integer({ min: 0, max: 255 }), (bytes, coding) => {
    decodeText(bytes, coding);
  }));
});
