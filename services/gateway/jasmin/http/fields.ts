/**
 * The parameters of `/send` and `/rate` for a message.
 * @module
 */
import { type GatewayLogin, MtMessage } from "../../model.ts";
import { sendableParts } from "../../parts.ts";
import { checked } from "../checked.ts";

/**
 * All values are strings: with the number 0 as `coding` Jasmin leaves the conversion to GSM-7 out,
 * and `dlr-level` is compared with bytes. `coding` is left out for GSM-7, which is its default.
 */
export type Fields = Readonly<Record<string, string>>;

/**
 * What `/send` and `/rate` have in common.
 * @throws {ValidationError} when the message can't be sent: some of what is wrong with it Jasmin
 * would only notice after it has accepted it
 */
export function messageFields(login: GatewayLogin, input: MtMessage): Fields {
  const message = checked(MtMessage, input);
  const { charset } = sendableParts(message.text);
  return {
    username: login.username,
    password: login.password,
    // Digits only: that the number is international is said by the connector's `dst_ton`.
    to: message.to.replace(/^\+/, ""),
    ...(message.from !== undefined && { from: message.from }),
    // Jasmin passes any other coding through as it is, so UCS-2 must be given as its bytes.
    ...(charset === "gsm7"
      ? { content: message.text }
      : { coding: "8", "hex-content": utf16Hex(message.text) }),
    ...(message.priority !== undefined && { priority: String(message.priority) }),
    ...(message.validityMinutes !== undefined && {
      "validity-period": String(message.validityMinutes),
    }),
    ...(message.tags !== undefined && message.tags.length > 0 && { tags: message.tags.join(",") }),
  };
}

/** What `/send` takes besides: receipts of both levels, by POST. */
export function receiptFields({ dlrUrl }: MtMessage): Fields {
  if (dlrUrl === undefined) return {};
  return { dlr: "yes", "dlr-url": dlrUrl, "dlr-level": "3", "dlr-method": "POST" };
}

/** The hex digits of the text in UTF-16BE. */
export function utf16Hex(text: string): string {
  let hex = "";
  for (let at = 0; at < text.length; at++) {
    hex += text.charCodeAt(at).toString(16).padStart(4, "0");
  }
  return hex;
}
