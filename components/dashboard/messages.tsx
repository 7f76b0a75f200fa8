import type { VNode } from "preact";
import type { LatestMessage } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { ButtonLink } from "../button_link.tsx";
import { EmptyState } from "../empty_state.tsx";
import { MessageState } from "../message_state.tsx";
import { Moment } from "../moment.tsx";
import { Panel } from "../panel.tsx";
import { RowLink } from "../row_link.tsx";
import { type Column, Table } from "../table.tsx";
import { MESSAGE_TONES, type MessageStateName } from "../tone.ts";

function isStateName(state: string): state is MessageStateName {
  return Object.hasOwn(MESSAGE_TONES, state);
}

interface Props {
  readonly t: T<"common" | "dashboard" | "empty" | "messageStates" | "messages" | "table">;
  /** Newest first. */
  readonly messages: readonly LatestMessage[];
  readonly now: number;
}

/** The latest messages, each a way to its life. */
export function Messages({ t, messages, now }: Props): VNode {
  const present = new Date(now);
  const columns: readonly Column<LatestMessage>[] = [
    {
      key: "time",
      head: t("messages.time"),
      width: "w-20",
      cell: ({ at }) => (
        <span class="text-ink-2">
          <Moment format={t.format} at={new Date(at)} now={present} />
        </span>
      ),
    },
    {
      key: "number",
      head: t("messages.number"),
      width: "w-36",
      cell: ({ id, way, number }) => (
        <RowLink href={way === "mt" ? `/messages/${id}` : "/inbox"}>
          <span class="whitespace-nowrap">{number}</span>
        </RowLink>
      ),
    },
    {
      key: "text",
      head: t("messages.text"),
      hide: "phone",
      grow: true,
      cell: ({ text }) => <span class="block truncate text-ink-2" title={text}>{text}</span>,
    },
    {
      key: "state",
      head: t("messages.state"),
      width: "w-28",
      cell: ({ state }) => isStateName(state) ? <MessageState t={t} state={state} /> : state,
    },
  ];
  return (
    <Panel
      id="latest"
      title={t("dashboard.latest")}
      padded={false}
      actions={<ButtonLink kind="quiet" small href="/messages">{t("common.seeAll")}</ButtonLink>}
    >
      <Table
        t={t}
        caption={t("dashboard.latest")}
        columns={columns}
        rows={messages}
        // By place: rows stay where they are and change what they say, so nothing moves.
        keyOf={(message) => String(messages.indexOf(message))}
        sticky={false}
        empty={
          <EmptyState kind="first" title={t("empty.messagesTitle")}>
            {t("empty.messagesText")}
          </EmptyState>
        }
      />
    </Panel>
  );
}
