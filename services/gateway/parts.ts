/**
 * How many parts a text takes, as Jasmin splits it (`SMPPOperationFactory.SubmitSM`): it converts
 * first and cuts the converted bytes at fixed places. Handset-side calculators move a character
 * that doesn't fit to the next part as a whole; Jasmin doesn't. So its count can be lower by one,
 * and a cut can fall inside a character: `cutCharacters` says where.
 * @module
 */
import { ValidationError } from "../errors/mod.ts";
import { isGsm, septetsOf } from "./gsm.ts";

/** GSM-7 with the extension table, or UTF-16 sent as UCS-2. */
export type Charset = "gsm7" | "ucs2";

/** Jasmin's `long_content_max_parts`: what is beyond it is cut away without a word. */
export const MAX_PARTS = 5;

/** Units (septets or UTF-16 code units) of one part: alone, and as one of several. */
const CAPACITY: Readonly<Record<Charset, { readonly alone: number; readonly ofMany: number }>> = {
  gsm7: { alone: 160, ofMany: 153 },
  ucs2: { alone: 70, ofMany: 67 },
};

/** What a text takes. */
export interface TextParts {
  readonly charset: Charset;
  /** Septets for GSM-7 (an extension character is two), UTF-16 code units for UCS-2. */
  readonly units: number;
  /** As many as the text needs; more than `MAX_PARTS` can't be sent. */
  readonly parts: number;
  /** Units that one part holds at this length. */
  readonly unitsPerPart: number;
  /** Units that the last part still takes. */
  readonly unitsLeft: number;
  /** After which parts (1 and up) Jasmin's cut falls inside a character. */
  readonly cutCharacters: readonly number[];
}

/** Counts the parts of a text. An empty text is one part. */
export function countParts(text: string): TextParts {
  const charset = isGsm(text) ? "gsm7" : "ucs2";
  const { alone, ofMany } = CAPACITY[charset];
  const units = charset === "ucs2" ? text.length : countSeptets(text);
  const unitsPerPart = units <= alone ? alone : ofMany;
  const parts = Math.max(1, Math.ceil(units / unitsPerPart));
  return {
    charset,
    units,
    parts,
    unitsPerPart,
    unitsLeft: parts * unitsPerPart - units,
    cutCharacters: parts === 1 ? [] : cutsInside(text, charset, unitsPerPart),
  };
}

/**
 * The parts of a text that can be sent.
 * @throws {ValidationError} when it is empty, has half of a surrogate pair, or needs more parts than
 * the gateway sends
 */
export function sendableParts(text: string, field = "text"): TextParts {
  if (text === "") throw new ValidationError(field, "Is empty");
  if (!text.isWellFormed()) {
    throw new ValidationError(field, "Has half of a character (a lone surrogate)");
  }
  const counted = countParts(text);
  if (counted.parts > MAX_PARTS) {
    throw new ValidationError(
      field,
      `Needs ${counted.parts} parts, the gateway sends ${MAX_PARTS} at most: shorten it by ${
        counted.units - MAX_PARTS * counted.unitsPerPart
      } units`,
    );
  }
  return counted;
}

function countSeptets(text: string): number {
  let septets = 0;
  for (const character of text) septets += septetsOf(character) ?? 0;
  return septets;
}

function cutsInside(text: string, charset: Charset, unitsPerPart: number): readonly number[] {
  const cuts: number[] = [];
  let at = 0;
  for (const character of text) {
    const size = charset === "ucs2" ? character.length : septetsOf(character) ?? 0;
    if (size === 2 && at % unitsPerPart === unitsPerPart - 1) cuts.push((at + 1) / unitsPerPart);
    at += size;
  }
  return cuts;
}
