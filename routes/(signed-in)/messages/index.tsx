import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { Checkbox } from "../../../components/checkbox.tsx";
import { DateRange } from "../../../components/date_range.tsx";
import { FieldSet } from "../../../components/field_group.tsx";
import { type ActiveFilter, FilterBar } from "../../../components/filter_bar.tsx";
import { SelectField } from "../../../components/select_field.tsx";
import type { ApiMessage, ApiMessageLife } from "../../../islands/message_api.ts";
import MessageList from "../../../islands/message_list.tsx";
import MessagePanel from "../../../islands/message_panel.tsx";
import { can } from "../../../services/auth/mod.ts";
import { NotFoundError } from "../../../services/errors/mod.ts";
import { MT_STATES } from "../../../services/messages/mod.ts";
import { spacedNumber, type T } from "../../../services/i18n/mod.ts";
import { showMessage } from "../../api/v1/messages/schemas.ts";
import { isId } from "../../forms.ts";
import { installation } from "../../installation.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { lifeShown, numbersOf } from "./shown.ts";
import {
  apiQuery,
  filterOf,
  isFiltered,
  type ListQuery,
  newerPage,
  numberIn,
  olderPage,
  readQuery,
  withFilter,
  writeQuery,
} from "./filter.ts";

/** Rows of a page. */
const LIMIT = 50;

interface MessagesPage {
  readonly shell: Shell;
  readonly query: ListQuery;
  readonly rows: readonly ApiMessage[];
  readonly older: string | null;
  readonly apiQuery: string;
  /** What is shown beside the list; null when it opens nothing that there is. */
  readonly message: ApiMessageLife | null;
  /** The gateway's connectors, for who may see them. */
  readonly connectors: readonly string[];
  readonly seesConnectors: boolean;
  readonly maySend: boolean;
  readonly from: string | null;
  readonly readAt: number;
}

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "messages:read");
    const { scope } = principal;
    const { services } = ctx.state;
    const query = readQuery(ctx.url.searchParams);
    if (isId(query.text)) return ctx.redirect(`/messages/${query.text}`, 303);
    const seesConnectors = can(principal, "connectors:read");
    const from = services.hub.position ?? null;
    const readAt = new Date();
    const filter = filterOf(query, readAt, installation().timeZone);
    // What is neither a number nor an id names no message.
    const isNowhere = query.text !== "" && numberIn(query.text) === null;
    const [shell, list, message, connectors] = await Promise.all([
      shellOf(ctx, { current: "messages", crumbs: [], live: true }),
      isNowhere ? { items: [], nextCursor: null } : services.messages.list(scope, filter, {
        limit: LIMIT,
        ...query.cursor === null ? {} : { cursor: query.cursor },
      }),
      query.open === null ? null : services.messages.read(scope, query.open).catch(unlessMissing),
      seesConnectors ? services.connectors.list() : [],
    ]);
    const t = wordsOf(ctx);
    return page<MessagesPage>({
      shell: { ...shell, crumbs: [{ label: t("messages.title") }] },
      query,
      rows: list.items.map((item) => showMessage(item, seesConnectors)),
      older: olderPage(query, list.nextCursor),
      apiQuery: `${apiQuery(filter, LIMIT)}${
        query.cursor === null ? "" : `&cursor=${query.cursor}`
      }`,
      message: message === null ? null : lifeShown(message, seesConnectors),
      connectors: connectors.map(({ cid }) => cid),
      seesConnectors,
      maySend: can(principal, "messages:send"),
      from,
      readAt: readAt.getTime(),
    });
  },
});

function unlessMissing(error: unknown): null {
  if (error instanceof NotFoundError) return null;
  throw error;
}

function activeOf(t: T, query: ListQuery): ActiveFilter[] {
  const { text, states, connector, range } = query;
  const ranges = {
    hour: t("filter.lastHour"),
    day: t("filter.last24Hours"),
    week: t("filter.last7Days"),
    month: t("filter.last30Days"),
    custom: [query.from, query.to].map((at) => at?.replace("T", " ") ?? "…").join(" – "),
  };
  const active: (ActiveFilter | false)[] = [
    text !== "" && {
      name: t("messages.number"),
      value: text,
      removeHref: withFilter(query, { text: "" }),
    },
    states.length > 0 && {
      name: t("messages.state"),
      value: t.format.list(states.map((state) => t(`messageStates.${state}`))),
      removeHref: withFilter(query, { states: [] }),
    },
    connector !== null && {
      name: t("messages.connector"),
      value: connector,
      removeHref: withFilter(query, { connector: null }),
    },
    range !== null && {
      name: t("messages.time"),
      value: ranges[range],
      removeHref: withFilter(query, { range: null }),
    },
  ];
  return active.filter((one) => one !== false);
}

function Fields({ t, data }: { readonly t: T; readonly data: MessagesPage }) {
  const { query, connectors, seesConnectors } = data;
  return (
    <>
      <FieldSet legend={t("messages.state")}>
        {MT_STATES.map((state) => (
          <Checkbox
            key={state}
            name="state"
            value={state}
            checked={query.states.includes(state)}
            label={t(`messageStates.${state}`)}
          />
        ))}
      </FieldSet>
      {seesConnectors && (
        <SelectField
          id="connector"
          name="connector"
          label={t("messages.connector")}
          value={query.connector ?? ""}
          choices={[
            { value: "", label: t("filter.any") },
            ...connectors.map((cid) => ({ value: cid, label: cid })),
          ]}
        />
      )}
      <DateRange
        t={t}
        range={query.range}
        anyTime
        from={query.from ?? undefined}
        to={query.to ?? undefined}
      />
    </>
  );
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, query, rows, older, message, seesConnectors, maySend, from, readAt } = data;
  const t = wordsOf(props);
  const shown = message === null ? rows : [...rows, message];
  const numbers = numbersOf(shown.map(({ to }) => to), spacedNumber);
  return (
    <AppShell
      {...shell}
      side={
        <MessagePanel
          spoken={t.spoken(
            "message",
            "messageStates",
            "messageStateNotes",
            "signals",
            "compose",
            "common",
            "errors",
            "messages",
            "table",
          )}
          message={message}
          open={query.open}
          numbers={numbers}
          base={writeQuery(query)}
          seesConnectors={seesConnectors}
          maySend={maySend}
          from={from}
          readAt={readAt}
        />
      }
    >
      <Head>
        <title>{t("app.title", { page: t("messages.title") })}</title>
      </Head>
      <FilterBar
        t={t}
        action="/messages"
        search={{ name: "q", label: t("messages.findNumber"), value: query.text }}
        active={activeOf(t, query)}
        fields={<Fields t={t} data={data} />}
        clearHref="/messages"
        actions={maySend && (
          <ButtonLink kind="primary" icon="send" href="/messages/new">
            <span class="max-sm:sr-only">{t("messages.compose")}</span>
          </ButtonLink>
        )}
      />
      <MessageList
        spoken={t.spoken(
          "messages",
          "messageStates",
          "table",
          "paging",
          "live",
          "filter",
          "empty",
          "common",
        )}
        rows={[...rows]}
        numbers={numbers}
        base={writeQuery(query)}
        newer={newerPage(query)}
        older={older}
        newest={query.cursor === null && !(query.range === "custom" && query.to !== null)}
        filter={{
          states: [...query.states],
          to: numberIn(query.text),
          connector: query.connector,
        }}
        query={data.apiQuery}
        filtered={isFiltered(query)}
        clearHref="/messages"
        open={query.open}
        seesConnectors={seesConnectors}
        maySend={maySend}
        from={from}
        readAt={readAt}
      />
    </AppShell>
  );
});
