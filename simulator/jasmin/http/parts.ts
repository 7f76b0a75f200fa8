/** How the gateway splits a message. */

const EIGHT_BIT = new Set([3, 6, 7, 10]);
const SIXTEEN_BIT = new Set([2, 4, 5, 8, 9, 13, 14]);

/** Longest single message, and a part of several, in units of so many bytes. */
function sizes(coding: number): { single: number; part: number; unit: number } {
  if (EIGHT_BIT.has(coding)) return { single: 140, part: 134, unit: 1 };
  if (SIXTEEN_BIT.has(coding)) return { single: 70, part: 67, unit: 2 };
  return { single: 160, part: 153, unit: 1 };
}

/**
 * The payloads of a message's parts: with a user data header (8-bit reference) when there are
 * several. What is beyond the last part is cut without a word.
 * @param content bytes
 */
export function splitContent(
  content: string,
  coding: number,
  reference: number,
  most: number,
): readonly string[] {
  const { single, part, unit } = sizes(coding);
  if (content.length / unit <= single) return [content];
  const total = Math.min(Math.ceil(content.length / unit / part), most);
  return Array.from({ length: total }, (_, i) => {
    const header = String.fromCharCode(5, 0, 3, reference, total, i + 1);
    return header + content.slice(i * part * unit, (i + 1) * part * unit);
  });
}
