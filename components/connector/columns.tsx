import type { ComponentChildren } from "preact";
import { Button } from "../button.tsx";
import { Sparkline } from "../chart/sparkline.tsx";
import { ACTION_ICONS } from "./action_icons.ts";
import type { ActWords } from "./stop_dialog.tsx";
import {
  actionsFor,
  type ConnectorView,
  lasting,
  runsUntil,
  stateName,
  stripRuns,
} from "./view.ts";
import { ConnectorState } from "../connector_state.tsx";
import { cx } from "../cx.ts";
import { LiveValue } from "../live_value.tsx";
import { Moment } from "../moment.tsx";
import { RateMeter } from "../rate_meter.tsx";
import { RowActions, RowLink } from "../row_link.tsx";
import { Strip } from "../strip.tsx";
import type { Column } from "../table.tsx";
import { TwoLines } from "../two_lines.tsx";
import type { T } from "../../services/i18n/client.ts";

/** What the list says. */
export type ListWords = ActWords | "table" | "empty" | "time";

const HOUR_MS = 3_600_000;

/** What cells are made of. */
interface CellsOf {
  readonly t: T<ListWords>;
  readonly at: number;
  readonly mayOperate: boolean;
  readonly working: ReadonlySet<string>;
  /** States that changed while one looks. */
  readonly flashes: ReadonlyMap<string, number>;
}

/** The columns of the list. */
export function columnsOf(
  { t, at, mayOperate, working, flashes }: CellsOf,
): Column<ConnectorView>[] {
  const columns: (Column<ConnectorView> | false)[] = [
    {
      key: "name",
      head: t("connectors.connector"),
      grow: true,
      cell: (connector) => (
        <RowLink href={`/connectors/${connector.cid}`}>
          <TwoLines
            first={connector.cid}
            second={
              <>
                <span class="max-sm:hidden">
                  {connector.address ?? t("common.notAvailable")}
                </span>
                <span class="inline-flex items-center gap-2 sm:hidden">
                  <ConnectorState t={t} state={stateName(connector)} />
                  {t.format.duration(lasting(connector, at))}
                </span>
              </>
            }
            title={connector.cid}
          />
        </RowLink>
      ),
    },
    {
      key: "state",
      head: t("connectors.state"),
      hide: "phone",
      width: "w-40 min-w-40 max-w-40",
      cell: (connector) => (
        <TwoLines
          first={
            <span
              key={`${connector.state}${connector.since}`}
              class={cx("rounded-2", flashes.has(connector.cid) && "animate-flash")}
            >
              <ConnectorState t={t} state={stateName(connector)} />
            </span>
          }
          second={
            <span class="pl-[18px]" title={t.format.full(new Date(connector.since))}>
              {t.format.duration(lasting(connector, at))}
            </span>
          }
        />
      ),
    },
    {
      key: "hour",
      head: t("connectors.lastHour"),
      hide: "medium",
      width: "w-28 min-w-28",
      cell: (connector) => (
        <Strip
          runs={stripRuns(t, runsUntil(connector.runs, HOUR_MS, at), at)}
          label={t("connector.runNow", {
            state: t(`connectorStates.${stateName(connector)}`),
            from: t.format.moment(new Date(connector.since), new Date(at)),
          })}
        />
      ),
    },
    {
      key: "spark",
      head: t("connectors.traffic"),
      hide: "narrow",
      width: "w-24 min-w-24",
      cell: ({ minutes, state }) =>
        minutes.some((minute) => minute !== null && minute > 0)
          ? <Sparkline values={minutes} width={80} height={18} bad={state === "down"} />
          : <span class="text-ink-3">{t("connectors.noTraffic")}</span>,
    },
    {
      key: "rate",
      head: t("connectors.rateLimit"),
      align: "end",
      width: "w-30 min-w-30",
      cell: ({ cid, rates, limit }) => (
        <span class="inline-block">
          <RateMeter
            name={`connector.${cid}.rate`}
            rate={rates === null
              ? t("common.notAvailable")
              : t.format.number(rates.submit, { exactly: 1 })}
            limit={limit === null ? null : t.format.number(limit, 1)}
            share={limit === null ? null : (rates?.submit ?? 0) / limit}
            label={t("connectors.rateOf", {
              rate: t.format.number(rates?.submit ?? 0, 1),
              limit: t.format.number(limit ?? 0, 1),
            })}
          />
        </span>
      ),
    },
    {
      key: "headroom",
      head: t("connectors.headroom"),
      align: "end",
      hide: "narrow",
      width: "w-24 min-w-24",
      cell: ({ rates, limit }) =>
        limit === null
          ? <span class="text-ink-3">{t("connectors.unlimited")}</span>
          : rates === null
          ? <span class="text-ink-3">{t("common.notAvailable")}</span>
          : (
            <LiveValue room={5}>
              {t.format.number(Math.max(0, limit - rates.submit), { exactly: 1 })}
            </LiveValue>
          ),
    },
    {
      key: "starts",
      head: t("connectors.startsStops"),
      align: "end",
      hide: "narrow",
      width: "w-24 min-w-24",
      cell: ({ starts, stops }) => `${t.format.number(starts)} / ${t.format.number(stops)}`,
    },
    {
      key: "error",
      head: t("connector.lastError"),
      hide: "narrow",
      width: "w-44 min-w-44 max-w-44",
      cell: ({ lastError, lastErrorAt }) =>
        lastError === null ? <span class="text-ink-3">{t("common.none")}</span> : (
          <TwoLines
            first={<span class="text-ink-2">{lastError}</span>}
            second={lastErrorAt === null
              ? undefined
              : <Moment format={t.format} at={new Date(lastErrorAt)} now={new Date(at)} />}
            title={lastError}
          />
        ),
    },
    mayOperate && {
      key: "actions",
      label: t("table.actions"),
      align: "end",
      hide: "phone",
      width: "w-18 min-w-18",
      cell: (connector) => (
        <RowActions>
          {actionsFor(connector).map((action) => (
            <Button
              key={action}
              type="submit"
              name="one"
              value={`${action} ${connector.cid}`}
              kind="quiet"
              small
              icon={ACTION_ICONS[action]}
              disabled={working.has(connector.cid)}
              label={t(`connectors.${action}One`, { name: connector.cid })}
            />
          ))}
        </RowActions>
      ),
    },
  ];
  return columns.filter((column) => column !== false);
}

/** The list's last row. */
export function totalsOf(
  t: T<ListWords>,
  connectors: readonly ConnectorView[],
): Record<string, ComponentChildren> {
  const bound = connectors.filter(({ state }) => state === "bound").length;
  const rate = connectors.reduce((sum, { rates }) => sum + (rates?.submit ?? 0), 0);
  const limited = connectors.filter(({ limit }) => limit !== null);
  const limit = limited.reduce((sum, each) => sum + (each.limit ?? 0), 0);
  return {
    name: t("table.total"),
    state: t("connectors.boundOf", { bound, n: connectors.length }),
    rate: (
      <LiveValue room={5}>
        {t.format.number(rate, { exactly: 1 })}
        {limited.length === connectors.length && (
          <span class="text-ink-3">{` / ${t.format.number(limit, 1)}`}</span>
        )}
      </LiveValue>
    ),
  };
}
