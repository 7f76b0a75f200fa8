/**
 * The messages of the corridor test: every charset, every number of parts, every outcome that an
 * SMSC can give, each to a number of its own.
 * @module
 */
import { suffixFor } from "../../simulator/smsc/mod.ts";
import type { MtState } from "../../services/messages/mod.ts";

/** One message to be sent, and the states in which its life may end. */
export interface CorridorMessage {
  readonly to: string;
  readonly text: string;
  readonly from: string;
  readonly charset: "gsm7" | "ucs2";
  readonly parts: number;
  readonly outcome: string;
  readonly ends: readonly MtState[];
}

interface Kind {
  readonly charset: "gsm7" | "ucs2";
  readonly parts: number;
  readonly text: string;
}

/** A text of so many units, from a repeated pattern of one-unit characters. */
function filled(pattern: string, units: number): string {
  return pattern.repeat(Math.ceil(units / pattern.length)).slice(0, units);
}

const GSM = "Señor Ångström pays 5 £, Δ is æ fine ";
const UCS2 = "Доставка: ваш заказ готов. ";

const KINDS: readonly Kind[] = [
  { charset: "gsm7", parts: 1, text: "Your code is 482913" },
  { charset: "gsm7", parts: 1, text: filled(GSM, 160) },
  // Each of these is an escape and a septet.
  { charset: "gsm7", parts: 1, text: "^{}\\[~]|€".repeat(8) },
  { charset: "gsm7", parts: 2, text: filled(GSM, 161) },
  { charset: "gsm7", parts: 2, text: "€".repeat(81) },
  { charset: "gsm7", parts: 3, text: filled(GSM, 307) },
  { charset: "gsm7", parts: 4, text: filled(GSM, 460) },
  { charset: "gsm7", parts: 5, text: filled(GSM, 765) },
  { charset: "ucs2", parts: 1, text: filled(UCS2, 70) },
  { charset: "ucs2", parts: 1, text: "Party tonight 🎉🥳" },
  { charset: "ucs2", parts: 2, text: "🎉".repeat(36) },
  { charset: "ucs2", parts: 3, text: filled(UCS2, 135) },
  { charset: "ucs2", parts: 4, text: filled(UCS2, 202) },
  { charset: "ucs2", parts: 5, text: filled(UCS2, 335) },
  { charset: "gsm7", parts: 1, text: "@£$ è\nline two\r\nline three & <b>\"'% +;#" },
];

/** What the SMSC does, and where that ends the message. */
const OUTCOMES: readonly { readonly outcome: string; readonly ends: readonly MtState[] }[] = [
  { outcome: "DELIVRD", ends: ["delivered"] },
  { outcome: "ORDINARY", ends: ["delivered"] },
  { outcome: "UNDELIV", ends: ["undelivered"] },
  { outcome: "EXPIRED", ends: ["expired"] },
  { outcome: "REJECTD", ends: ["rejected"] },
  { outcome: "DELETED", ends: ["failed"] },
  { outcome: "UNKNOWN", ends: ["unconfirmed"] },
  { outcome: "ACCEPTD-DELIVRD", ends: ["delivered"] },
  { outcome: "DUPLICATE", ends: ["delivered"] },
  { outcome: "EARLY", ends: ["delivered"] },
  { outcome: "TEXT-ONLY", ends: ["delivered"] },
  { outcome: "TLV-ONLY", ends: ["delivered"] },
  { outcome: "NONE", ends: ["unconfirmed"] },
  { outcome: "ESME_RINVDSTADR", ends: ["failed"] },
  { outcome: "ESME_RSUBMITFAIL", ends: ["failed"] },
];

/** `count` messages; kinds and outcomes are mixed so that each meets each. */
export function corridorMessages(count: number): CorridorMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length];
    const fate = OUTCOMES[Math.floor(index / KINDS.length) % OUTCOMES.length];
    if (kind === undefined || fate === undefined) throw new RangeError("Within bounds by modulo");
    return {
      ...kind,
      ...fate,
      to: `+346${String(index).padStart(4, "0")}${suffixFor(fate.outcome)}`,
      from: index % 3 === 0 ? "CORRIDOR" : "34910000000",
    };
  });
}
