import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { ACTION_ICONS } from "../components/connector/action_icons.ts";
import { type ActWords, StopDialog } from "../components/connector/stop_dialog.tsx";
import {
  type ConnectorAction,
  type ConnectorView,
  cutsTraffic,
} from "../components/connector/view.ts";
import { cx } from "../components/cx.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { Glyph } from "../components/glyph.tsx";
import { Panel } from "../components/panel.tsx";
import { Table } from "../components/table.tsx";
import { speak, type Spoken, type T } from "../services/i18n/client.ts";
import { act, type ActResult, busy, resultWords, tell } from "./connector_acts.ts";
import { useConnectors } from "./connector_live.ts";
import { now as clock, serverNow } from "./live.ts";
import { columnsOf, type ListWords, totalsOf } from "../components/connector/columns.tsx";

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
