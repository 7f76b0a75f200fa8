import type { VNode } from "preact";
import type { ApiMessage } from "../../islands/message_api.ts";
import { countParts } from "../../services/gateway/parts.ts";
import type { T } from "../../services/i18n/client.ts";
import { Copyable } from "../code.tsx";
import { type KeyValue, KeyValues } from "../key_values.tsx";
import { culpritOf } from "../message_pieces.ts";
import { MessageText } from "../message_text.tsx";
import { Moment } from "../moment.tsx";
import { Pill } from "../pill.tsx";
import { MESSAGE_TONES } from "../tone.ts";

/** What these parts say. */
export type FactWords = "message" | "messageStates" | "compose" | "common";

/** The state of a message; of a delivered one also how long that took. */
export function MessagePill({ t, message }: {
  readonly t: T<"message" | "messageStates">;
  readonly message: ApiMessage;
}): VNode {
  const { state, created_at, final_at } = message;
  const took = state === "delivered" && final_at !== null
    ? new Date(final_at).getTime() - new Date(created_at).getTime()
    : null;
  return (
    <Pill tone={MESSAGE_TONES[state]}>
      {took === null
        ? t(`messageStates.${state}`)
        : t("message.deliveredIn", { span: t.format.duration(took) })}
    </Pill>
  );
}

/** From whom, where the message says it, and when. */
export function SentBy({ t, message, now }: {
  readonly t: T<"message">;
  readonly message: ApiMessage;
  /** The present, in ms. */
  readonly now: number;
}): VNode {
  const time = <Moment format={t.format} at={new Date(message.created_at)} now={new Date(now)} />;
  if (message.from === null) return time;
  return <>{t.parts("message.fromAt", { sender: message.from, time })}</>;
}

/** Its alphabet, characters and parts, and what forces UCS-2. */
export function chargedAs(t: T<"message">, message: Pick<ApiMessage, "text" | "parts">): string {
  const { charset, units: chars } = countParts(message.text);
  const n = message.parts;
  const culprit = culpritOf(message.text);
  if (charset === "gsm7") return t("message.gsm7", { chars, n });
  return culprit === null
    ? t("message.ucs2", { chars, n })
    : t("message.ucs2Because", { char: `“${culprit}”`, chars, n });
}

/** The text as the handset shows it, and what it takes. */
export function MessageBody({ t, message }: {
  readonly t: T<"message" | "compose">;
  readonly message: ApiMessage;
}): VNode {
  return (
    <>
      <MessageText t={t} text={message.text} />
      <p class="mt-1 text-12 text-ink-2">{chargedAs(t, message)}</p>
    </>
  );
}

function countryOf(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}

/** What is known of it, beside its text and its life. */
export function MessageFacts({ t, message, seesConnectors }: {
  readonly t: T<FactWords>;
  readonly message: ApiMessage;
  readonly seesConnectors: boolean;
}): VNode {
  const { connector, country, reason, attempts, id, gateway_message_id } = message;
  const items: (KeyValue | false)[] = [
    reason !== null && { key: "reason", label: t("message.reason"), value: reason },
    seesConnectors && {
      key: "connector",
      label: t("message.connector"),
      value: connector === null
        ? t("common.notAvailable")
        : <a class="link-inline" href={`/connectors/${connector}`}>{connector}</a>,
    },
    country !== null && {
      key: "country",
      label: t("message.country"),
      value: countryOf(country, t.language),
    },
    attempts > 1 && {
      key: "attempts",
      label: t("message.attempts"),
      value: t.format.number(attempts),
    },
    {
      key: "id",
      label: t("message.id"),
      value: <Copyable t={t} value={id} label={t("message.copyId")} />,
    },
    gateway_message_id !== null && {
      key: "gateway",
      label: t("message.gatewayId"),
      value: (
        <span class="block truncate font-mono text-12" title={gateway_message_id}>
          {gateway_message_id}
        </span>
      ),
    },
  ];
  return <KeyValues items={items.filter((item) => item !== false)} />;
}
