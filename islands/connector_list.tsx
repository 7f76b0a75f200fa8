import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { Sparkline } from "../components/chart/sparkline.tsx";
import { ACTION_ICONS } from "../components/connector/action_icons.ts";
import { type ActWords, StopDialog } from "../components/connector/stop_dialog.tsx";
import {
  actionsFor,
  type ConnectorAction,
  type ConnectorView,
  cutsTraffic,
  lasting,
  runsUntil,
  stateName,
  stripRuns,
} from "../components/connector/view.ts";
import { ConnectorState } from "../components/connector_state.tsx";
import { cx } from "../components/cx.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { Glyph } from "../components/glyph.tsx";
import { LiveValue } from "../components/live_value.tsx";
import { Moment } from "../components/moment.tsx";
import { Panel } from "../components/panel.tsx";
import { RateMeter } from "../components/rate_meter.tsx";
import { RowActions, RowLink } from "../components/row_link.tsx";
import { Strip } from "../components/strip.tsx";
import { type Column, Table } from "../components/table.tsx";
import { TwoLines } from "../components/two_lines.tsx";
import { speak, type Spoken, type T } from "../services/i18n/client.ts";
import { act, type ActResult, busy, resultWords, tell } from "./connector_acts.ts";
import { useConnectors } from "./connector_live.ts";
import { now as clock, serverNow } from "./live.ts";

/** What the list says. */
export type ListWords = ActWords | "table" | "empty" | "time";

interface Props {
  spoken: Spoken<ListWords>;
  connectors: ConnectorView[];
  /** How many there are without the filter. */
  total: number;
  /** Where the form is posted; its answer leads back to the list. */
  action: string;
  mayOperate: boolean;
  from: string | null;
  readAt: number;
}

const HOUR_MS = 3_600_000;

interface CellsOf {
  readonly t: T<ListWords>;
  readonly at: number;
  readonly mayOperate: boolean;
  readonly working: ReadonlySet<string>;
  /** States that changed while one looks. */
  readonly flashes: ReadonlyMap<string, number>;
}

function columnsOf({ t, at, mayOperate, working, flashes }: CellsOf): Column<ConnectorView>[] {
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

/** Connectors as they are, worst first as the page was read: nothing moves under the eye. */
export default function ConnectorList(props: Props): VNode {
  const { spoken, action: formAction, mayOperate, from, readAt, total } = props;
  const t = useMemo(() => speak(spoken), [spoken]);
  const connectors = useConnectors(props.connectors, from);
  const selected = useSignal<ReadonlySet<string>>(new Set());
  const asking = useSignal<
    { action: ConnectorAction; connectors: readonly ConnectorView[] } | null
  >(null);
  const results = useSignal<readonly ActResult[]>([]);
  const flashes = useSignal<ReadonlyMap<string, number>>(new Map());
  const states = useRef(new Map(props.connectors.map(({ cid, state }) => [cid, state])));
  const at = typeof document === "undefined" ? readAt : Math.max(readAt, serverNow.value);

  useEffect(() => {
    const seen = states.current;
    const changed = connectors.value.filter(({ cid, state }) => seen.get(cid) !== state);
    if (changed.length === 0) return;
    for (const { cid, state } of changed) seen.set(cid, state);
    flashes.value = new Map(changed.map(({ cid }) => [cid, clock.peek()]));
  }, [connectors.value]);
  useEffect(() => {
    if (asking.value === null) return;
    const dialog = document.getElementById("ask-act");
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  }, [asking.value]);

  const run = async (action: ConnectorAction, cids: readonly string[]) => {
    asking.value = null;
    results.value = [];
    await act(action, cids, (result) => {
      if (cids.length === 1) tell(t, result);
      else results.value = [...results.value, result];
    });
    selected.value = new Set();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    const [word = "", one] = button.value.split(" ");
    const action = (["start", "stop", "restart"] as const).find((each) => each === word);
    const cids = one === undefined ? [...selected.value] : [one];
    if (action === undefined || cids.length === 0) return;
    const cut = connectors.value.filter((each) => cids.includes(each.cid))
      .filter((each) => cutsTraffic(action, each));
    if (cut.length > 0) {
      pending.current = cids;
      asking.value = { action, connectors: cut };
    } else void run(action, cids);
  };
  const pending = useRef<readonly string[]>([]);
  const select = (event: Event) => {
    const box = event.target;
    const form = event.currentTarget;
    if (!(box instanceof HTMLInputElement) || !(form instanceof HTMLFormElement)) return;
    if (box.name !== "cid" && box.name !== "all") return;
    const known = connectors.value.map(({ cid }) => cid);
    if (box.name === "all") selected.value = new Set(box.checked ? known : []);
    else {
      const next = new Set(selected.value);
      if (box.checked) next.add(box.value);
      else next.delete(box.value);
      selected.value = next;
    }
  };

  const { value: asked } = asking;
  const live = typeof document !== "undefined";
  return (
    <>
      <form method="post" action={formAction} onSubmit={submit} onChange={select}>
        <Panel label={t("connectors.title")} padded={false}>
          {mayOperate && connectors.value.length > 0 && (
            <div class="flex min-h-10 flex-wrap items-center gap-2 border-b border-line px-4 py-1 max-sm:px-3">
              <p class="mr-1 min-w-24 text-ink-2" role="status">
                {t("table.selected", { n: selected.value.size })}
              </p>
              {(["start", "stop", "restart"] as const).map((action) => (
                <Button
                  key={action}
                  type="submit"
                  small
                  name="all-of"
                  value={action}
                  icon={ACTION_ICONS[action]}
                  disabled={live && (selected.value.size === 0 || busy.value.size > 0)}
                >
                  {t(`connectors.${action}`)}
                </Button>
              ))}
              <Results t={t} results={results.value} />
            </div>
          )}
          <Table
            t={t}
            caption={t("connectors.title")}
            rows={connectors.value}
            keyOf={({ cid }) => cid}
            lines={2}
            columns={columnsOf({
              t,
              at,
              mayOperate,
              working: busy.value,
              flashes: flashes.value,
            })}
            {...mayOperate
              ? {
                selection: {
                  name: "cid",
                  selected: selected.value,
                  labelOf: ({ cid }: ConnectorView) => cid,
                },
              }
              : {}}
            totals={totalsOf(t, connectors.value)}
            empty={total === 0
              ? (
                <EmptyState kind="first" title={t("empty.connectorsTitle")}>
                  {t("empty.connectorsText")}
                </EmptyState>
              )
              : (
                <EmptyState
                  kind="filtered"
                  title={t("empty.filteredRowsTitle")}
                  actions={<ButtonLink href="/connectors">{t("empty.filteredAction")}</ButtonLink>}
                >
                  {t("empty.filteredRows", { n: total })}
                </EmptyState>
              )}
          />
        </Panel>
      </form>
      {asked !== null && (
        <StopDialog
          t={t}
          id="ask-act"
          action={asked.action}
          connectors={asked.connectors}
          onConfirm={() => void run(asked.action, pending.current)}
        />
      )}
    </>
  );
}

function totalsOf(t: T<ListWords>, connectors: readonly ConnectorView[]) {
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

/** What came of a bulk act, a line for each connector. */
function Results({ t, results }: {
  readonly t: T<ActWords>;
  readonly results: readonly ActResult[];
}): VNode {
  return (
    <ul class={cx("w-full text-12", results.length === 0 && "hidden")} aria-live="polite">
      {results.map((result) => {
        const { title, text } = resultWords(t, result);
        const tone = result.state === null ? "down" : result.reached ? "ok" : "warn";
        return (
          <li key={result.cid} class="flex items-start gap-2 py-0.5">
            <Glyph tone={tone} class="mt-0.5" />
            <span class="min-w-0 [overflow-wrap:anywhere]">
              <b class="font-medium">{title}</b> <span class="text-ink-2">{text}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
