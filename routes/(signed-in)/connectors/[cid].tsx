import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import { ConnectorKeys } from "../../../components/connector/settings.tsx";
import { ratesOf, type TrafficView } from "../../../components/connector/traffic.ts";
import { type ConnectorView, cutsTraffic } from "../../../components/connector/view.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { Cell, Grid } from "../../../components/grid.tsx";
import { KeyValues } from "../../../components/key_values.tsx";
import { Moment } from "../../../components/moment.tsx";
import { Panel } from "../../../components/panel.tsx";
import { Segmented } from "../../../components/segmented.tsx";
import ConnectorHead from "../../../islands/connector_head.tsx";
import ConnectorTraffic from "../../../islands/connector_traffic.tsx";
import { can, require } from "../../../services/auth/mod.ts";
import { NotFoundError } from "../../../services/errors/mod.ts";
import type { Connector } from "../../../services/gateway/mod.ts";
import type { HistoryMeasure } from "../../../services/metrics/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { DoneNotice } from "../../(_parts)/done_notice.tsx";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { StatesTable } from "./(_parts)/states_table.tsx";
import { AskFirst, WhatWasDone } from "./(_parts)/told.tsx";
import { type Asked, type Done, operateAll, readDone, readForm, withDone } from "./forms.ts";
import { shownConnector, shownRuns } from "./shown.ts";

/** Ranges of the chart. */
const RANGES = ["1h", "day", "week"] as const;
type Range = typeof RANGES[number];

const MEASURES = [
  "gateway_submit",
  "gateway_deliver",
  "gateway_throttled",
  "gateway_errors",
] as const satisfies readonly HistoryMeasure[];

interface ConnectorPage {
  readonly shell: Shell;
  readonly view: ConnectorView;
  readonly connector: Connector;
  readonly range: Range;
  readonly traffic: TrafficView;
  readonly totals: Readonly<Partial<Record<typeof MEASURES[number], number | null>>>;
  readonly mayOperate: boolean;
  readonly mayWrite: boolean;
  /** What a form has just done to its settings. */
  readonly saved: "created" | "saved" | null;
  readonly done: readonly Done[];
  readonly asked: Asked | null;
  readonly from: string | null;
  readonly readAt: number;
}

const SAVED = ["created", "saved"] as const;

type Ctx = Parameters<typeof shellOf>[0];

async function gather(ctx: Ctx, asked: Asked | null): Promise<ConnectorPage> {
  const principal = requirePage(ctx, "connectors:read");
  const { services } = ctx.state;
  const cid = ctx.params["cid"] ?? "";
  const asksRange = ctx.url.searchParams.get("range");
  const range = RANGES.find((each) => each === asksRange) ?? "1h";
  const from = services.hub.position ?? null;
  const readAt = Date.now();
  const [shell, lines, uptime, history] = await Promise.all([
    shellOf(ctx, {
      current: "connectors",
      crumbs: [{ label: wordsOf(ctx)("connectors.title"), href: "/connectors" }, { label: cid }],
      detail: true,
      live: true,
    }),
    services.metrics.connectors(),
    services.metrics.uptime(cid, "30d"),
    services.metrics.history(principal, { range, connector: cid, measures: MEASURES }),
  ]);
  const line = lines.find((each) => each.cid === cid);
  if (line === undefined) throw new NotFoundError(`The gateway has no connector ${cid}`);
  const { edges } = history.window;
  const start = edges[0]?.getTime() ?? readAt;
  const stepMs = (edges[1]?.getTime() ?? readAt) - start;
  const [series] = history.series;
  const counts = (measure: typeof MEASURES[number]) => series?.values[measure] ?? [];
  const throttled = counts("gateway_throttled");
  return {
    shell,
    view: { ...shownConnector(line), runs: shownRuns(uptime.runs) },
    connector: line,
    range,
    traffic: {
      start,
      stepMs,
      submit: ratesOf(counts("gateway_submit"), start, stepMs, readAt),
      deliver: ratesOf(counts("gateway_deliver"), start, stepMs, readAt),
      errors: counts("gateway_errors").map((count, place) =>
        count === null ? null : count + (throttled[place] ?? 0)
      ),
      countedTo: readAt,
    },
    totals: series?.totals ?? {},
    mayOperate: can(principal, "connectors:operate"),
    mayWrite: can(principal, "connectors:write"),
    saved: SAVED.find((each) => each === ctx.url.searchParams.get("done")) ?? null,
    done: readDone(ctx.url.searchParams),
    asked,
    from,
    readAt,
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page<ConnectorPage>(await gather(ctx, null));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "connectors:read");
    require(principal, "connectors:operate");
    const { services, ip } = ctx.state;
    const asked = readForm(await ctx.req.formData());
    if (asked === null) return ctx.redirect(ctx.url.pathname + ctx.url.search, 303);
    if (!asked.confirmed) {
      const data = await gather(ctx, asked);
      if (cutsTraffic(asked.action, data.view)) return page<ConnectorPage>(data);
    }
    const { userId } = principal;
    const done = await operateAll(services.connectors, asked, { userId, ip });
    return ctx.redirect(withDone(ctx.url, done), 303);
  },
});

function Counters({ t, data }: { readonly t: T; readonly data: ConnectorPage }) {
  const { connector, totals, readAt } = data;
  const count = (value: number | null | undefined) =>
    value === null || value === undefined
      ? <span class="text-ink-3">{t("common.notAvailable")}</span>
      : t.format.number(value);
  return (
    <KeyValues
      numbers
      items={[
        {
          key: "submit",
          label: t("connector.submitSent"),
          value: count(totals.gateway_submit),
        },
        { key: "deliver", label: t("connector.deliverSm"), value: count(totals.gateway_deliver) },
        {
          key: "throttled",
          label: t("connector.throttled"),
          value: count(totals.gateway_throttled),
        },
        { key: "errors", label: t("connector.otherErrors"), value: count(totals.gateway_errors) },
        { key: "starts", label: t("connector.starts"), value: t.format.number(connector.starts) },
        { key: "stops", label: t("connector.stops"), value: t.format.number(connector.stops) },
        {
          key: "last-error",
          label: t("connector.lastError"),
          value: connector.lastError === null
            ? <span class="text-ink-3">{t("common.none")}</span>
            : (
              <span class="block text-right whitespace-normal [overflow-wrap:anywhere]">
                {connector.lastError} {connector.lastErrorAt !== null && (
                  <Moment
                    format={t.format}
                    at={connector.lastErrorAt}
                    now={new Date(readAt)}
                  />
                )}
              </span>
            ),
        },
      ]}
    />
  );
}

export default define.page<typeof handlers>(({ data, url, ...props }) => {
  const {
    shell,
    view,
    connector,
    range,
    traffic,
    mayOperate,
    mayWrite,
    done,
    asked,
    from,
    readAt,
  } = data;
  const t = wordsOf(props);
  const periods: Readonly<Record<Range, string>> = {
    "1h": t("filter.lastHour"),
    day: t("filter.last24Hours"),
    week: t("filter.last7Days"),
  };
  const labels: Readonly<Record<Range, string>> = {
    "1h": t("time.hour"),
    day: t("time.day"),
    week: t("time.week"),
  };
  const keysRead = Object.keys(connector.config).length > 0;
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: view.cid })}</title>
      </Head>
      <WhatWasDone t={t} done={done} />
      <DoneNotice
        text={data.saved === null ? null : t(`connectorForm.${data.saved}`, { name: view.cid })}
      />
      {asked !== null && (
        <AskFirst
          t={t}
          asked={asked}
          action={url.pathname + url.search}
          back={url.pathname}
          connectors={[view]}
        />
      )}
      <ConnectorHead
        spoken={t.spoken(
          "connectors",
          "connector",
          "connectorActs",
          "connectorStates",
          "common",
          "table",
          "empty",
          "time",
        )}
        connector={view}
        action={url.pathname + url.search}
        mayOperate={mayOperate}
        mayWrite={mayWrite}
        from={from}
        readAt={readAt}
      />
      <Grid>
        <Cell span="twoThirds">
          <Panel
            title={t("connector.traffic")}
            sub={periods[range]}
            actions={
              <Segmented
                label={t("filter.range")}
                small
                segments={RANGES.map((each) => ({
                  href: `${url.pathname}?range=${each}`,
                  label: labels[each],
                  current: each === range,
                }))}
              />
            }
          >
            <ConnectorTraffic
              spoken={t.spoken("chart", "connector", "connectors")}
              cid={view.cid}
              traffic={traffic}
              limit={view.limit}
              period={periods[range]}
              from={from}
            />
          </Panel>
        </Cell>
        <Cell span="side">
          <Panel title={t("connector.counters")} sub={periods[range]}>
            <Counters t={t} data={data} />
          </Panel>
        </Cell>
        <Cell span="full">
          <Panel title={t("connector.settings")}>
            {keysRead
              ? <ConnectorKeys t={t} config={connector.config} />
              : <EmptyState kind="good" title={t("connector.keysUnread")} />}
          </Panel>
        </Cell>
        <Cell span="full">
          <StatesTable t={t} runs={view.runs} now={readAt} />
        </Cell>
      </Grid>
    </AppShell>
  );
});
