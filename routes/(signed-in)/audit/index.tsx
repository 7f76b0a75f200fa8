import { page } from "fresh";
import { Head } from "fresh/runtime";
import { z } from "zod";
import { AppShell } from "../../../components/app_shell.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { DateRange } from "../../../components/date_range.tsx";
import { EmptyState } from "../../../components/empty_state.tsx";
import { type ActiveFilter, FilterBar } from "../../../components/filter_bar.tsx";
import { Moment } from "../../../components/moment.tsx";
import { Pagination } from "../../../components/pagination.tsx";
import { Panel } from "../../../components/panel.tsx";
import { RowLink } from "../../../components/row_link.tsx";
import { SelectField } from "../../../components/select_field.tsx";
import { type Column, Table } from "../../../components/table.tsx";
import { TwoLines } from "../../../components/two_lines.tsx";
import type { AuditEntry } from "../../../services/audit/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { keyOfCursor, pageFrom } from "../../api/page.ts";
import { installation } from "../../installation.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { actorName, EntryPanel } from "./(_parts)/entry_panel.tsx";
import { auditHref, filterOf, rangeOf, SUBJECT_TYPES } from "./filter.ts";

interface AuditList {
  readonly shell: Shell;
  readonly entries: readonly AuditEntry[];
  /** The one whose details are shown. */
  readonly entry: AuditEntry | null;
  readonly query: URLSearchParams;
  readonly older: string | null;
}

const PAGE_ROWS = 50;
/** Within the 64 bits that a number in the chain has. */
const seqKey = z.string().regex(/^[1-9]\d{0,17}$/);

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "audit:read");
    const t = wordsOf(ctx);
    const { audit } = ctx.state.services;
    const query = ctx.url.searchParams;
    const cursor = query.get("cursor");
    const rows = await audit.list(principal.scope, {
      ...filterOf(query, new Date(), installation().timeZone),
      ...(cursor === null ? {} : { before: BigInt(keyOfCursor(cursor, seqKey)) }),
      limit: PAGE_ROWS + 1,
    });
    const { items, next_cursor: next } = pageFrom(rows, PAGE_ROWS, ({ seq }) => `${seq}`, (e) => e);
    const seq = seqKey.safeParse(query.get("entry"));
    const [found] = seq.success
      ? await audit.list(principal.scope, { before: BigInt(seq.data) + 1n, limit: 1 })
      : [];
    return page<AuditList>({
      shell: await shellOf(ctx, { current: "audit", crumbs: [{ label: t("audit.title") }] }),
      entries: items,
      entry: found !== undefined && `${found.seq}` === seq.data ? found : null,
      query,
      older: next === null ? null : auditHref(query, { cursor: next, entry: null }),
    });
  },
});

function columnsOf(t: T, now: Date, query: URLSearchParams): Column<AuditEntry>[] {
  return [
    {
      key: "time",
      head: t("audit.time"),
      hide: "phone",
      width: "w-32",
      cell: ({ at }) => <Moment format={t.format} at={at} now={now} />,
    },
    {
      key: "action",
      head: t("audit.action"),
      grow: true,
      cell: (entry) => (
        <TwoLines
          on="phone"
          first={
            <RowLink href={auditHref(query, { entry: `${entry.seq}` })}>
              <span class="font-mono text-12">{entry.action}</span>
            </RowLink>
          }
          second={
            <>
              <Moment format={t.format} at={entry.at} now={now} />, {actorName(t, entry)}
            </>
          }
        />
      ),
    },
    {
      key: "who",
      head: t("audit.who"),
      hide: "phone",
      width: "w-56",
      cell: (entry) => actorName(t, entry),
    },
    {
      key: "subject",
      head: t("audit.subject"),
      hide: "medium",
      width: "w-40",
      cell: ({ subjectId, subjectType }) => (
        <span class="font-mono text-12" title={subjectId ?? undefined}>
          {subjectType}
          {subjectId !== null && <span class="text-ink-3">{` …${subjectId.slice(-6)}`}</span>}
        </span>
      ),
    },
    {
      key: "ip",
      head: t("audit.from"),
      hide: "narrow",
      width: "w-36",
      cell: ({ ip }) => ip ?? <span class="text-ink-3">{t("common.notAvailable")}</span>,
    },
  ];
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { entries, entry, older, query, shell } = data;
  const range = rangeOf(query);
  const name = (key: string) => query.get(key) ?? "";
  const condition = (key: string, label: string, value: string): ActiveFilter[] =>
    name(key) === "" ? [] : [{ name: label, value, removeHref: auditHref(query, { [key]: null }) }];
  const rangeWords = {
    hour: t("filter.lastHour"),
    day: t("filter.last24Hours"),
    week: t("filter.last7Days"),
    month: t("filter.last30Days"),
    custom: `${name("from")} – ${name("to")}`.replace("T", " ").replace("T", " "),
  };
  const person = entries.find(({ actorId }) => actorId === name("actor"));
  const active = [
    ...condition("type", t("audit.kind"), name("type")),
    ...condition("subject", t("audit.subject"), `…${name("subject").slice(-6)}`),
    ...condition(
      "actor",
      t("audit.person"),
      person === undefined ? `…${name("actor").slice(-6)}` : actorName(t, person),
    ),
    ...(range === null ? [] : [{
      name: t("filter.range"),
      value: rangeWords[range],
      removeHref: auditHref(query, { range: null, from: null, to: null }),
    }]),
  ];
  const isFiltered = active.length > 0 || name("action") !== "";
  const kinds = SUBJECT_TYPES.map((each) => ({ value: each, label: each }));
  return (
    <AppShell
      {...shell}
      side={entry === null ? undefined : <EntryPanel t={t} entry={entry} query={query} />}
    >
      <Head>
        <title>{t("app.title", { page: t("audit.title") })}</title>
      </Head>
      <FilterBar
        t={t}
        action="/audit"
        search={{ name: "action", label: t("audit.actionFind"), value: name("action") }}
        active={active}
        clearHref="/audit"
        fields={
          <>
            <SelectField
              id="type"
              name="type"
              label={t("audit.kind")}
              value={name("type")}
              choices={[{ value: "", label: t("filter.any") }, ...kinds]}
            />
            <DateRange t={t} range={range} anyTime from={name("from")} to={name("to")} />
          </>
        }
      />
      <Panel label={t("audit.title")} padded={false}>
        <Table
          t={t}
          caption={t("audit.title")}
          columns={columnsOf(t, new Date(), query)}
          rows={entries}
          keyOf={({ seq }) => `${seq}`}
          current={entry === null ? null : `${entry.seq}`}
          empty={isFiltered
            ? (
              <EmptyState
                kind="filtered"
                level={2}
                title={t("audit.noMatchTitle")}
                actions={<ButtonLink href="/audit">{t("filter.clear")}</ButtonLink>}
              >
                {t("audit.noMatchText")}
              </EmptyState>
            )
            : (
              <EmptyState kind="first" level={2} title={t("empty.auditTitle")}>
                {t("empty.auditText")}
              </EmptyState>
            )}
        />
        {(older !== null || query.has("cursor")) && (
          <Pagination
            t={t}
            newer={query.has("cursor") ? auditHref(query, { cursor: null, entry: null }) : null}
            older={older}
          />
        )}
      </Panel>
    </AppShell>
  );
});
