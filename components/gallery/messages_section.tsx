import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { Button } from "../button.tsx";
import { DateRange } from "../date_range.tsx";
import { FilterBar } from "../filter_bar.tsx";
import { Icon } from "../icon.tsx";
import { MessageState } from "../message_state.tsx";
import { Moment } from "../moment.tsx";
import { Pagination } from "../pagination.tsx";
import { Panel } from "../panel.tsx";
import { PhoneNumber } from "../phone_number.tsx";
import { RowLink } from "../row_link.tsx";
import { SelectField } from "../select_field.tsx";
import { Table } from "../table.tsx";
import { MESSAGE_TONES } from "../tone.ts";
import { TwoLines } from "../two_lines.tsx";
import { MESSAGES, NOW, type SampleMessage, secondsAgo } from "./samples.ts";

/** Messages with one line a row, and two on a phone. */
export function MessageTable({ t }: { readonly t: T }): VNode {
  const { format } = t;
  return (
    <>
      <FilterBar
        t={t}
        action="#"
        search={{ name: "q", label: t("messages.find") }}
        active={[
          { name: t("messages.time"), value: t("filter.lastHour"), removeHref: "#" },
          { name: t("messages.account"), value: "6", removeHref: "#" },
        ]}
        fields={
          <>
            <DateRange t={t} range="custom" from="2026-04-14T13:32" to="2026-04-14T14:32" />
            <SelectField
              id="f-state"
              name="state"
              label={t("messages.state")}
              choices={[
                { value: "", label: t("filter.any") },
                { value: "sent", label: t("messageStates.sent") },
              ]}
            />
          </>
        }
        clearHref="#"
        actions={<Button icon="download">{t("common.export")}</Button>}
      />
      <Panel label={t("messages.title")} padded={false}>
        <Table
          t={t}
          caption={t("messages.title")}
          rows={MESSAGES}
          keyOf={({ id }) => id}
          current={MESSAGES[3]?.id}
          columns={[
            {
              key: "time",
              head: t("messages.time"),
              sort: { href: "#", direction: "descending" },
              width: "text-ink-3",
              cell: (row) => (
                <Moment format={format} at={secondsAgo(MESSAGES.indexOf(row) * 3)} now={NOW} />
              ),
            },
            {
              key: "direction",
              head: t("messages.direction"),
              hide: "narrow",
              cell: ({ mo }) => (
                <span class="inline-flex items-center gap-1.5 align-top">
                  <Icon name={mo === true ? "arrow-in" : "arrow-out"} class="text-ink-3" />
                  {t(mo === true ? "messages.mo" : "messages.mt")}
                </span>
              ),
            },
            {
              key: "number",
              head: t("messages.number"),
              width: "max-sm:w-full max-sm:max-w-0",
              cell: ({ number, text }: SampleMessage) => (
                <TwoLines
                  on="phone"
                  first={
                    <RowLink href="#message">
                      <PhoneNumber e164={number} />
                    </RowLink>
                  }
                  second={text}
                />
              ),
            },
            {
              key: "sender",
              head: t("messages.sender"),
              hide: "medium",
              cell: ({ sender }) => <span class="text-ink-2">{sender}</span>,
            },
            {
              key: "text",
              head: t("messages.text"),
              hide: "phone",
              grow: true,
              cell: ({ text }) => <span class="block truncate text-ink-2" title={text}>{text}
              </span>,
            },
            {
              key: "parts",
              head: t("messages.parts"),
              align: "end",
              hide: "phone",
              cell: ({ parts }) => format.number(parts),
            },
            {
              key: "state",
              head: t("messages.state"),
              width: "min-w-28",
              cell: ({ state }) => <MessageState t={t} state={state} />,
            },
          ]}
        />
        <Pagination t={t} newer={null} older="#older">
          {t("paging.about", { n: 895_000 })}
        </Pagination>
      </Panel>
    </>
  );
}

/** Every state of a message, in a row. */
export function AllMessageStates({ t }: { readonly t: T }): VNode {
  return (
    <div class="flex flex-wrap gap-x-6 gap-y-2">
      {MESSAGES.map(({ state }) => (
        <span key={state} data-tone={MESSAGE_TONES[state]}>
          <MessageState t={t} state={state} />
        </span>
      ))}
    </div>
  );
}
