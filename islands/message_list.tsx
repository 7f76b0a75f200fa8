import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { MessageState } from "../components/message_state.tsx";
import { Moment } from "../components/moment.tsx";
import { Pagination } from "../components/pagination.tsx";
import { Panel } from "../components/panel.tsx";
import { RowLink } from "../components/row_link.tsx";
import { type Column, Table } from "../components/table.tsx";
import { TwoLines } from "../components/two_lines.tsx";
import { speak, type Spoken, type T } from "../services/i18n/client.ts";
import { follow, keepClock, type MessageMoved, now, serverNow } from "./live.ts";
import { api, type ApiMessage, type ApiPage } from "./message_api.ts";
import { shownNumber, type SpacedNumbers } from "./message_numbers.ts";
import { addressOf, isPlainClick, opened, openMessage } from "./message_open.ts";
import { belongs, type LiveFilter, merged, moved } from "./message_rows.ts";
import { isRead, WaitingRows } from "./message_waiting.ts";

/** What the list says. */
export type ListWords =
  | "messages"
  | "messageStates"
  | "table"
  | "paging"
  | "live"
  | "filter"
  | "empty"
  | "common";

interface Props {
  spoken: Spoken<ListWords>;
  rows: ApiMessage[];
  numbers: SpacedNumbers;
  /** The page's own address. */
  base: string;
  newer: string | null;
  older: string | null;
  /** Whether this is the newest page, which new messages come to. */
  newest: boolean;
  filter: LiveFilter;
  /** How the API is asked for this page. */
  query: string;
  filtered: boolean;
  clearHref: string;
  open: string | null;
  seesConnectors: boolean;
  maySend: boolean;
  from: string | null;
  readAt: number;
}

/** A row by its place: what is in a place changes, nothing moves. */
interface Row {
  readonly place: number;
  readonly message: ApiMessage;
}

interface CellsOf {
  readonly t: T<ListWords>;
  readonly numbers: SpacedNumbers;
  readonly base: string;
  readonly at: number;
  readonly seesConnectors: boolean;
}

function columnsOf({ t, numbers, base, at, seesConnectors }: CellsOf): Column<Row>[] {
  const present = new Date(at);
  const columns: (Column<Row> | false)[] = [
    {
      key: "time",
      head: t("messages.time"),
      width: "w-20 min-w-20 text-ink-2",
      cell: ({ message }) => (
        <Moment format={t.format} at={new Date(message.created_at)} now={present} />
      ),
    },
    {
      key: "number",
      head: t("messages.number"),
      width: "w-40 min-w-40 max-sm:w-full max-sm:max-w-0 max-sm:min-w-0",
      cell: ({ message }) => (
        <RowLink href={addressOf(base, message.id)}>
          <TwoLines
            on="phone"
            first={shownNumber(message.to, numbers)}
            second={message.text}
          />
        </RowLink>
      ),
    },
    {
      key: "sender",
      head: t("messages.sender"),
      hide: "phone",
      width: "w-28 min-w-28",
      cell: ({ message }) => message.from ?? <span class="text-ink-3">{t("common.none")}</span>,
    },
    {
      key: "text",
      head: t("messages.text"),
      hide: "phone",
      grow: true,
      cell: ({ message }) => (
        <span class="block truncate text-ink-2" title={message.text} dir="auto">
          {message.text}
        </span>
      ),
    },
    {
      key: "parts",
      head: t("messages.parts"),
      align: "end",
      hide: "medium",
      width: "w-14 min-w-14",
      cell: ({ message }) => (
        <span class={message.parts > 1 ? "" : "text-ink-2"}>{t.format.number(message.parts)}</span>
      ),
    },
    seesConnectors && {
      key: "connector",
      head: t("messages.connector"),
      hide: "narrow",
      width: "w-40 min-w-40 max-w-40",
      cell: ({ message }) =>
        message.connector === null
          ? null
          : (
            <span class="block truncate text-ink-2" title={message.connector}>
              {message.connector}
            </span>
          ),
    },
    {
      key: "state",
      head: t("messages.state"),
      width: "w-32 min-w-32",
      cell: ({ message }) => (
        <span key={message.state} title={message.reason ?? undefined}>
          <MessageState t={t} state={message.state} />
        </span>
      ),
    },
  ];
  return columns.filter((column) => column !== false);
}

/** The list of messages: states change in their rows, new ones wait while one reads. */
export default function MessageList(props: Props): VNode {
  const { spoken, filter, query, newest, from, readAt, numbers, base, seesConnectors } = props;
  const t = useMemo(() => speak(spoken), [spoken]);
  const rows = useSignal<readonly ApiMessage[]>(props.rows);
  const older = useSignal(props.older);
  const box = useRef<HTMLDivElement>(null);
  // What moves while rows are read may not be in them yet.
  const moves = useMemo(() => new Map<string, MessageMoved>(), []);
  const waiting = useMemo(
    () =>
      new WaitingRows(async () => {
        moves.clear();
        const page = await api<ApiPage<ApiMessage>>(`/api/v1/messages?${query}`);
        rows.value = page.items.map((message) => {
          const move = moves.get(message.id);
          return move === undefined ? message : moved(message, move);
        });
        if (page.next_cursor !== null && older.peek() !== null) {
          const next = new URL(older.peek() ?? "", location.href);
          next.searchParams.set("cursor", page.next_cursor);
          older.value = next.pathname + next.search;
        }
      }, () => isRead(box.current)),
    [query],
  );

  useEffect(() => {
    const stopClock = keepClock();
    const leave = follow({
      channels: ["messages", "metrics"],
      event: (event) => {
        if (event.type !== "messages.transition") return;
        const { data } = event;
        moves.set(data.id, data);
        const at = rows.peek().findIndex(({ id }) => id === data.id);
        const known = rows.peek()[at];
        if (known !== undefined) rows.value = rows.peek().with(at, moved(known, data));
        else if (newest && belongs(filter, data)) waiting.add(data.id);
      },
      // Rows may have moved meanwhile, and newer ones have come.
      missed: () => {
        api<ApiPage<ApiMessage>>(`/api/v1/messages?${query}`).then(({ items }) => {
          const { rows: known, unknown } = merged(rows.peek(), items);
          rows.value = known;
          for (const id of newest ? unknown : []) waiting.add(id);
        }, () => waiting.add("missed"));
      },
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
  const current = opened.value === undefined ? props.open : opened.value;
  const shown = rows.value.map((message, place): Row => ({ place, message }));
  const place = shown.find(({ message }) => message.id === current)?.place;
  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest("tr[data-row]") : null;
    if (row === null || !isPlainClick(event)) return;
    const message = rows.peek()[Number(row.getAttribute("data-row"))];
    if (message === undefined) return;
    event.preventDefault();
    openMessage(message.id);
  };
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
            {t("live.newRows", { n: waiting.count.value })}
          </Button>
        </div>
      )}
      <div onClick={onClick}>
        <Panel label={t("messages.title")} padded={false}>
          <Table
            t={t}
            caption={t("messages.title")}
            rows={shown}
            keyOf={(row) => String(row.place)}
            current={place === undefined ? null : String(place)}
            columns={columnsOf({ t, numbers, base, at, seesConnectors })}
            empty={<Nothing {...props} t={t} />}
          />
          {(shown.length > 0 || props.newer !== null) && (
            <Pagination t={t} newer={props.newer} older={older.value}>
              {t("paging.rows", { n: shown.length })}
            </Pagination>
          )}
        </Panel>
      </div>
    </div>
  );
}

function Nothing(
  { t, filtered, clearHref, maySend }: Pick<Props, "filtered" | "clearHref" | "maySend"> & {
    readonly t: T<ListWords>;
  },
): VNode {
  if (filtered) {
    return (
      <EmptyState
        kind="filtered"
        title={t("empty.filteredTitle")}
        actions={<ButtonLink href={clearHref}>{t("empty.filteredAction")}</ButtonLink>}
      />
    );
  }
  return (
    <EmptyState
      kind="first"
      title={t("empty.messagesTitle")}
      actions={maySend && (
        <ButtonLink kind="primary" href="/messages/new">{t("empty.messagesAction")}</ButtonLink>
      )}
    >
      {t("empty.messagesText")}
    </EmptyState>
  );
}
