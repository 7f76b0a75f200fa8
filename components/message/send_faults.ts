/**
 * Why a message was not sent, in the user's words.
 * @module
 */
import type { Draft, SendFault } from "../../islands/compose_send.ts";
import { countParts, MAX_PARTS } from "../../services/gateway/parts.ts";
import type { T } from "../../services/i18n/client.ts";

/** What is said beside the fields, and above them. */
export interface FaultWords {
  readonly to?: string;
  readonly from?: string;
  readonly text?: string;
  readonly whole?: string;
}

/** What faults say of a draft. */
export function faultWords(
  t: T<"compose" | "form">,
  draft: Draft,
  faults: readonly SendFault[],
): FaultWords {
  const { parts } = countParts(draft.text);
  const words: Readonly<Record<SendFault, FaultWords>> = {
    to: {
      to: draft.to.trim() === ""
        ? t("form.required", { field: t("compose.to") })
        : t("form.notNumberOfPhone", { value: draft.to.trim() }),
    },
    from: { from: t("compose.senderWrong", { value: draft.from.trim() }) },
    text: {
      text: parts > MAX_PARTS
        ? t("compose.tooLong", { have: parts, n: MAX_PARTS })
        : t("form.required", { field: t("compose.text") }),
    },
    quota: { whole: t("compose.quota") },
    suspended: { whole: t("compose.suspended") },
    away: { whole: t("compose.away") },
    refused: { whole: t("compose.refused") },
  };
  return faults.reduce<FaultWords>((said, fault) => ({ ...said, ...words[fault] }), {});
}
