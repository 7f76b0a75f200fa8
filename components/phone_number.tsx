import type { VNode } from "preact";
import { spacedNumber } from "../services/i18n/mod.ts";

/** A number in E.164 with its country's spaces, never broken. On the server only. */
export function PhoneNumber({ e164 }: { readonly e164: string }): VNode {
  return <span class="whitespace-nowrap">{spacedNumber(e164)}</span>;
}
