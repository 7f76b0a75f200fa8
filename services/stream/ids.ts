/**
 * Entry ids of both drivers: `milliseconds-sequence` in Redis, one number in PostgreSQL. `0` is below
 * every entry.
 * @see https://redis.io/docs/latest/develop/data-types/streams/#entry-ids
 * @module
 */

/** The id below every entry. */
export const START_ID = "0";

const ID = /^(?:0|[1-9]\d{0,19})(?:-(?:0|[1-9]\d{0,19}))?$/;

/** Whether a text from outside has the form of an entry id. */
export function isEntryId(text: string): boolean {
  return ID.test(text);
}

/** Orders two ids of one stream: negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  const [aTime, aSequence] = split(a);
  const [bTime, bSequence] = split(b);
  return compareDecimals(aTime, bTime) || compareDecimals(aSequence, bSequence);
}

function split(id: string): [string, string] {
  const dash = id.indexOf("-");
  return dash < 0 ? [id, "0"] : [id.slice(0, dash), id.slice(dash + 1)];
}

// Decimals without leading zeros: the longer is the greater, equal lengths order as texts. Exact
// where a 64-bit id doesn't fit a number, and without making a BigInt for each comparison.
function compareDecimals(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
