/**
 * Sending from the composer: once for each message that was meant, and what was refused by field.
 * @module
 */
import { ApiError, type ApiMessage, post } from "./message_api.ts";

/** What the form holds. */
export interface Draft {
  readonly to: string;
  readonly from: string;
  readonly text: string;
}

/** What keeps a message from being sent: faults of fields, or of the whole. */
export type SendFault = "to" | "from" | "text" | "quota" | "suspended" | "away" | "refused";

/** What came of it. */
export type Sent =
  | { readonly kind: "queued"; readonly message: ApiMessage }
  | { readonly kind: "faults"; readonly faults: readonly SendFault[] };

/** The fault that a status of the API stands for. */
export function faultsOf(status: number, fields: readonly string[]): SendFault[] {
  const named = (["to", "from", "text"] as const).filter((field) => fields.includes(field));
  if (named.length > 0) return named;
  if (status === 402) return ["quota"];
  if (status === 409) return ["suspended"];
  return status === 0 || status >= 500 || status === 429 ? ["away"] : ["refused"];
}

/**
 * Queues a message.
 * @param key stays the same until the message is changed, so that a second try sends no second one
 */
export async function send(draft: Draft, key: string): Promise<Sent> {
  const from = draft.from.trim();
  try {
    const message = await post<ApiMessage>("/api/v1/messages/send", {
      to: draft.to.trim(),
      text: draft.text,
      ...from === "" ? {} : { from },
    }, { "idempotency-key": key });
    return { kind: "queued", message };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { kind: "faults", faults: faultsOf(error.status, error.fields) };
  }
}
