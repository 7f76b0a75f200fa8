/**
 * QR codes as data, for a page to draw without a script.
 * @module
 */
import { encode } from "uqr";

/** A code of `size` by `size` modules, without the quiet zone of 4 around it. */
export interface QrCode {
  readonly size: number;
  /** The dark modules as the `d` of one SVG path, a unit each. */
  readonly path: string;
}

/** The code of a text, readable with 15 % of it damaged. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { border: 0, ecc: "M" });
  return { path: data.map((row, y) => runsOf(row, y)).join(""), size };
}

/** The runs of dark modules in a row, each as one rectangle. */
function runsOf(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x += 1;
    const width = x - start + 1;
    path += `M${start} ${y}h${width}v1h-${width}z`;
  }
  return path;
}
