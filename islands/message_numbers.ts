/**
 * Phone numbers with their country's spaces. The server spaces those of its page; what comes later
 * is spaced by the numbering plans, which are loaded when the first such number comes.
 * @module
 */
import { type Signal, signal } from "@preact/signals";

/** Numbers in E.164, and how they are shown. */
export type SpacedNumbers = Readonly<Record<string, string>>;

const spacer: Signal<((e164: string) => string) | null> = signal(null);
let loading = false;

/** Digits from which on a number without a plus is taken for an international one. */
const INTERNATIONAL_DIGITS = 11;

/** What an SMSC gave as an address, with the plus that it leaves out; a short code stays one. */
export function withPlus(address: string): string {
  return /^[1-9]\d+$/.test(address) && address.length >= INTERNATIONAL_DIGITS
    ? `+${address}`
    : address;
}

/** How a number is shown: as it came until the plans are here. */
export function shownNumber(e164: string, known: SpacedNumbers): string {
  const spaced = known[e164];
  if (spaced !== undefined) return spaced;
  if (!loading && typeof document !== "undefined") {
    loading = true;
    import("../services/i18n/phone.ts").then(
      ({ spacedNumber }) => spacer.value = spacedNumber,
      // Without them the digits stand as they are.
      () => loading = false,
    );
  }
  return spacer.value?.(e164) ?? e164;
}
