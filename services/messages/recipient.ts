/**
 * Numbers and senders as they come from people, checked before anything is stored.
 * @module
 */
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { ValidationError } from "../errors/mod.ts";

/** A destination in E.164, with the country that its number tells. */
export interface Recipient {
  readonly e164: string;
  readonly country: string | null;
}

/**
 * Reads an international number; spaces, dots, hyphens and brackets are let pass.
 * @throws {ValidationError} on `field`, when it is national, impossible or no number at all
 */
export function parseRecipient(value: string, field = "to"): Recipient {
  const text = value.trim();
  if (!/^[+\d][\d\s().-]*$/.test(text)) {
    throw new ValidationError(
      field,
      `"${value}" is not a phone number, write it like +34600000001`,
    );
  }
  if (!text.startsWith("+")) {
    throw new ValidationError(
      field,
      `"${value}" has no country code, write it with a plus sign, like +34600000001`,
    );
  }
  const parsed = parsePhoneNumberFromString(text);
  if (parsed === undefined || !parsed.isPossible()) {
    throw new ValidationError(
      field,
      `"${value}" is not a possible number of any country, check its code and its length`,
    );
  }
  return { e164: parsed.number, country: parsed.country ?? null };
}

/**
 * Checks a sender: up to 15 digits, or up to 11 letters, digits and spaces with at least one letter
 * (SMPP 3.4 §5.2.8 takes 20 octets; networks show 11 alphanumeric ones, 3GPP TS 23.040 §9.1.2.5).
 * @throws {ValidationError} on `field`
 */
export function parseSender(value: string, field = "from"): string {
  const text = value.trim();
  if (/^\+?\d{3,15}$/.test(text)) return text;
  if (/^(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}$/.test(text)) return text;
  throw new ValidationError(
    field,
    `"${value}" can't be a sender, use 3 to 15 digits, or up to 11 letters and digits`,
  );
}
