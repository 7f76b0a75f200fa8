/**
 * Phone numbers as people read them. On the server only: the numbering plans weigh 80 KB.
 * @module
 */
import { parsePhoneNumberFromString } from "libphonenumber-js";

/** E.164 with the spaces of its country, which no line breaks at; what is no number stays as it is. */
export function spacedNumber(e164: string): string {
  const parsed = e164.startsWith("+") ? parsePhoneNumberFromString(e164) : undefined;
  return parsed === undefined ? e164 : parsed.formatInternational().replaceAll(" ", "\u00a0");
}
