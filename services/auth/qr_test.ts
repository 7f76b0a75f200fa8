import assert from "node:assert/strict";
import { encode } from "uqr";
import { qrCode } from "./qr.ts";

/** Draws a path of rectangles one unit high. */
function drawn({ path, size }: { path: string; size: number }): boolean[][] {
  const rows = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)];
  assert.equal(runs.map(([run]) => run).join(""), path, "nothing else is in the path");
  for (const [, x, y, width, back] of runs) {
    assert.equal(width, back);
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  return rows;
}

Deno.test("the path draws the code, module by module", () => {
  for (const text of ["x", "otpauth://totp/Jasmin%20Dashboard:ann%40shop.test?secret=ABCDEFGH"]) {
    const code = qrCode(text);
    assert.deepEqual(drawn(code), encode(text, { border: 0, ecc: "M" }).data);
    // The finder in the first corner: seven dark modules, and no quiet zone before them.
    assert.match(code.path, /^M0 0h7v1h-7z/);
  }
});
