import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { Moment } from "../components/moment.tsx";
import { Pagination } from "../components/pagination.tsx";
import { Panel } from "../components/panel.tsx";
import { RowActions } from "../components/row_link.tsx";
import { type Column, Table } from "../components/table.tsx";
import { TwoLines } from "../components/two_lines.tsx";
import { speak, type Spoken, type T } from "../services/i18n/client.ts";
import { follow, keepClock, now, serverNow } from "./live.ts";
import { api, type ApiMo, type ApiPage } from "./message_api.ts";
import { shownNumber, type SpacedNumbers, withPlus } from "./message_numbers.ts";
import { isRead, WaitingRows } from "./message_waiting.ts";

/** What the inbox says. */
export type InboxWords = "inbox" | "messages" | "table" | "paging" | "live" | "empty" | "common";

interface Props {
  spoken: Spoken<InboxWords>;
  rows: ApiMo[];
  numbers: SpacedNumbers;
  newer: string | null;
  older: string | null;
  /** Whether this is the newest page, which new messages come to. */
  newest: boolean;
  /** Rows of a page. */
  limit: number;
  seesConnectors: boolean;
  maySend: boolean;
  from: string | null;
  readAt: number;
}

interface Row {
  readonly place: number;
  readonly mo: ApiMo;
}

/** Where a reply is written. */
function replyHref({ from, to }: ApiMo): string {
  return `/messages/new?${new URLSearchParams({ to: withPlus(from), from: to })}`;
}

function columnsOf(
  t: T<InboxWords>,
  { numbers, seesConnectors, maySend }: Props,
  at: number,
): Column<Row>[] {
  const columns: (Column<Row> | false)[] = [
    {
      key: "received",
      head: t("inbox.received"),
      width: "w-20 min-w-20 text-ink-2",
      cell: ({ mo }) => (
        <Moment format={t.format} at={new Date(mo.received_at)} now={new Date(at)} />
      ),
    },
    {
      key: "from",
      head: t("inbox.from"),
      width: "w-40 min-w-40 max-sm:w-full max-sm:max-w-0 max-sm:min-w-0",
      cell: ({ mo }) => (
        <TwoLines on="phone" first={shownNumber(withPlus(mo.from), numbers)} second={mo.text} />
      ),
    },
    {
      key: "to",
      head: t("inbox.to"),
      hide: "medium",
      width: "w-36 min-w-36 text-ink-2",
      cell: ({ mo }) => shownNumber(withPlus(mo.to), numbers),
    },
    {
      key: "text",
      head: t("inbox.text"),
      hide: "phone",
      grow: true,
      cell: ({ mo }) => <span class="block truncate" title={mo.text} dir="auto">{mo.text}</span>,
    },
    seesConnectors && {
      key: "connector",
      head: t("messages.connector"),
      hide: "narrow",
      width: "w-40 min-w-40 max-w-40",
      cell: ({ mo }) =>
        mo.connector === null ? null : (
          <a
            class="link block truncate"
            href={`/connectors/${mo.connector}`}
            title={mo.connector}
          >
            {mo.connector}
          </a>
        ),
    },
    maySend && {
      key: "reply",
      label: t("table.actions"),
      align: "end",
      width: "w-24 min-w-24 max-sm:w-12 max-sm:min-w-12",
      cell: ({ mo }) => (
        <RowActions>
          <ButtonLink
            small
            href={replyHref(mo)}
            aria-label={t("inbox.replyTo", { number: shownNumber(withPlus(mo.from), numbers) })}
            icon="send"
          >
            <span class="max-sm:sr-only">{t("inbox.reply")}</span>
          </ButtonLink>
        </RowActions>
      ),
    },
  ];
  return columns.filter((column) => column !== false);
}

/** What phones sent, newest first; what comes while one reads waits. */
export default function InboxList(props: Props): VNode {
  const { spoken, newest, limit, from, readAt } = props;
  const t = useMemo(() => speak(spoken), [spoken]);
  const rows = useSignal<readonly ApiMo[]>(props.rows);
  const older = useSignal(props.older);
  const box = useRef<HTMLDivElement>(null);
  const waiting = useMemo(
    () =>
      new WaitingRows(async () => {
        const page = await api<ApiPage<ApiMo>>(`/api/v1/inbox?limit=${limit}`);
        rows.value = page.items;
        older.value = page.next_cursor === null ? null : `/inbox?cursor=${page.next_cursor}`;
      }, () => isRead(box.current)),
    [],
  );
  useEffect(() => {
    if (!newest) return;
    const stopClock = keepClock();
    const leave = follow({
      channels: ["messages", "metrics"],
      event: (event) => {
        if (event.type !== "messages.received") return;
        if (!rows.peek().some(({ id }) => id === event.data.id)) waiting.add(event.data.id);
      },
      missed: () => waiting.add("missed"),
    }, from);
    return () => {
      stopClock();
      leave();
    };
  }, []);
  useEffect(() => {
    // What could not be read waits for the next second.
    waiting.tick().catch(() => {});
  }, [now.value]);
  const at = typeof document === "undefined" ? readAt : Math.max(readAt, serverNow.value);
  const shown = rows.value.map((mo, place): Row => ({ place, mo }));
  return (
    <div ref={box} class="relative">
      {waiting.count.value > 0 && (
        <div class="sticky top-14 z-20 -mb-8 grid h-8 justify-items-center">
          <Button
            class="shadow-menu"
            icon="arrow-up"
            onClick={() => {
              scrollTo({ top: 0 });
              waiting.show().catch(() => {});
            }}
          >
            {t("inbox.newReplies", { n: waiting.count.value })}
          </Button>
        </div>
      )}
      <Panel label={t("inbox.title")} padded={false}>
        <Table
          t={t}
          caption={t("inbox.title")}
          rows={shown}
          keyOf={(row) => String(row.place)}
          columns={columnsOf(t, props, at)}
          empty={
            <EmptyState kind="first" title={t("empty.inboxTitle")}>
              {t("empty.inboxText")}
            </EmptyState>
          }
        />
        {(shown.length > 0 || props.newer !== null) && (
          <Pagination t={t} newer={props.newer} older={older.value}>
            {t("paging.rows", { n: shown.length })}
          </Pagination>
        )}
      </Panel>
    </div>
  );
}
