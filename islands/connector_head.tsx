import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { ACTION_ICONS } from "../components/connector/action_icons.ts";
import { StopDialog } from "../components/connector/stop_dialog.tsx";
import { HoursAxis, stripSentence } from "../components/connector/strip_axis.tsx";
import {
  actionsFor,
  type ConnectorAction,
  type ConnectorView,
  cutsTraffic,
  lasting,
  runsUntil,
  type RunView,
  stateName,
  stripRuns,
} from "../components/connector/view.ts";
import { PageHead } from "../components/page_head.tsx";
import { Panel } from "../components/panel.tsx";
import { Pill } from "../components/pill.tsx";
import { Strip } from "../components/strip.tsx";
import { CONNECTOR_TONES } from "../components/tone.ts";
import { speak, type Spoken } from "../services/i18n/client.ts";
import { act, busy, tell } from "./connector_acts.ts";
import { useConnectors } from "./connector_live.ts";
import type { ListWords } from "../components/connector/columns.tsx";
import { serverNow } from "./live.ts";

interface Props {
  spoken: Spoken<ListWords | "connectorActs">;
  /** With its runs of 30 days. */
  connector: ConnectorView;
  action: string;
  mayOperate: boolean;
  mayWrite: boolean;
  from: string | null;
  readAt: number;
}

const DAY_MS = 86_400_000;
const WINDOWS = [
  { key: "day", ms: DAY_MS, hours: 24 },
  { key: "month", ms: 30 * DAY_MS, hours: 720 },
] as const;

/** A connector's state now, what may be done to it, and its last day and month. */
export default function ConnectorHead(props: Props): VNode {
  const { spoken, action: formAction, mayOperate, mayWrite, from, readAt } = props;
  const t = useMemo(() => speak(spoken), [spoken]);
  const connectors = useConnectors([props.connector], from);
  const connector = connectors.value[0] ?? props.connector;
  const asking = useSignal<ConnectorAction | null>(null);
  const at = typeof document === "undefined" ? readAt : Math.max(readAt, serverNow.value);
  const name = stateName(connector);
  const isBusy = busy.value.has(connector.cid);

  useEffect(() => {
    const dialog = document.getElementById("ask-act");
    if (asking.value !== null && dialog instanceof HTMLDialogElement && !dialog.open) {
      dialog.showModal();
    }
  }, [asking.value]);
  const run = (action: ConnectorAction) => {
    asking.value = null;
    void act(action, [connector.cid], (result) => tell(t, result));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    const action = actionsFor(connector).find((each) => button.value.startsWith(each));
    if (action === undefined) return;
    if (cutsTraffic(action, connector)) asking.value = action;
    else run(action);
  };

  return (
    <>
      <PageHead
        title={connector.cid}
        pill={
          <span aria-live="polite">
            <Pill tone={CONNECTOR_TONES[name]}>
              <span title={t.format.full(new Date(connector.since))}>
                {t("time.inState", {
                  state: t(`connectorStates.${name}`),
                  span: t.format.duration(lasting(connector, at)),
                })}
              </span>
            </Pill>
          </span>
        }
        sub={connector.address}
        actions={
          <>
            {mayOperate && (
              <form method="post" action={formAction} onSubmit={submit} class="flex gap-2">
                {actionsFor(connector).map((action) => (
                  <Button
                    key={action}
                    type="submit"
                    name="one"
                    value={`${action} ${connector.cid}`}
                    icon={ACTION_ICONS[action]}
                    disabled={isBusy}
                    aria-busy={isBusy}
                  >
                    {t(`connectors.${action}`)}
                  </Button>
                ))}
              </form>
            )}
            {mayWrite && connector.state !== "removed" && (
              <>
                <ButtonLink icon="pen" href={`/connectors/${connector.cid}/edit`}>
                  {t("connectorActs.edit")}
                </ButtonLink>
                <ButtonLink icon="copy" href={`/connectors/add/smpp?clone=${connector.cid}`}>
                  {t("connectorActs.clone")}
                </ButtonLink>
                <ButtonLink
                  icon="trash"
                  href={`/connectors/${connector.cid}/delete`}
                  label={t("connectorActs.remove")}
                />
              </>
            )}
          </>
        }
      />
      <p class="-mt-2 mb-4 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
        <span class="font-mono">{connector.session}</span>
        <span class="stale:text-ink-3">
          {connector.limit === null ? t("connectors.unlimited") : t("connectors.rateOf", {
            rate: connector.rates === null
              ? t("common.notAvailable")
              : t.format.number(connector.rates.submit, { exactly: 1 }),
            limit: t.format.number(connector.limit, 1),
          })}
        </span>
      </p>
      <div class="mb-4 grid grid-cols-2 gap-4 max-lg:grid-cols-1">
        {WINDOWS.map(({ key, ms, hours }) => {
          const runs: RunView[] = runsUntil(connector.runs, ms, at);
          const sentence = stripSentence(t, runs);
          return (
            <Panel
              key={key}
              title={t(key === "day" ? "connector.last24Hours" : "connector.last30Days")}
              sub={sentence}
            >
              <Strip runs={stripRuns(t, runs, at)} size="page" label={sentence} />
              <HoursAxis t={t} at={at} hours={hours} />
            </Panel>
          );
        })}
      </div>
      {asking.value !== null && (
        <StopDialog
          t={t}
          id="ask-act"
          action={asking.value}
          connectors={[connector]}
          onConfirm={() => asking.value !== null && run(asking.value)}
        />
      )}
    </>
  );
}
