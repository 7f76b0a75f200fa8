/** Long messages of phones: their parts are put together before they are told. */

/** How long parts wait for each other, in ms. */
const PATIENCE_MS = 300_000;

interface Waiting {
  readonly parts: Map<number, string>;
  readonly since: number;
}

/** What a message is: whole, a part that waits, or the part that completes others. */
export type Piece =
  | { readonly kind: "whole"; readonly content: string }
  | { readonly kind: "part" }
  | { readonly kind: "completed"; readonly content: string };

export class Concatenation {
  readonly #waiting = new Map<string, Waiting>();

  /**
   * Takes a message in.
   * @param udhi whether the content starts with a user data header
   */
  take(cid: string, to: string, content: string, udhi: boolean): Piece {
    if (!udhi || !content.startsWith("\x05\x00\x03")) return { kind: "whole", content };
    const [reference = 0, total = 0, number = 0] = [3, 4, 5].map((at) => content.charCodeAt(at));
    const key = `${cid} ${reference} ${to}`;
    const now = Date.now();
    const known = this.#waiting.get(key);
    const waiting = known === undefined || now - known.since > PATIENCE_MS
      ? { parts: new Map<number, string>(), since: now }
      : known;
    this.#waiting.set(key, waiting);
    waiting.parts.set(number, content.slice(6));
    // Only the part of the highest number completes the message: one that comes too early loses it.
    if (number !== total || waiting.parts.size !== total) return { kind: "part" };
    this.#waiting.delete(key);
    const numbers = Array.from({ length: total }, (_, i) => i + 1);
    return {
      kind: "completed",
      content: numbers.map((each) => waiting.parts.get(each) ?? "").join(""),
    };
  }
}
