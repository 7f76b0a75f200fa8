import type { VNode } from "preact";
import type { RunView } from "../../../../components/connector/view.ts";
import { Moment } from "../../../../components/moment.tsx";
import { Panel } from "../../../../components/panel.tsx";
import { StateWord } from "../../../../components/state_word.tsx";
import { Table } from "../../../../components/table.tsx";
import { CONNECTOR_TONES, type ConnectorStateName } from "../../../../components/tone.ts";
import type { T } from "../../../../services/i18n/mod.ts";

/** More is what the strip is for. */
const MOST = 30;

/** The states of the last 30 days, the newest first. */
export function StatesTable({ t, runs, now }: {
  readonly t: T;
  readonly runs: readonly RunView[];
  /** The present, in ms. */
  readonly now: number;
}): VNode {
  const present = new Date(now);
  const nameOf = ({ state }: RunView): ConnectorStateName => state === "absent" ? "removed" : state;
  return (
    <Panel title={t("connector.stateHistory")} sub={t("filter.last30Days")} padded={false} ruled>
      <Table
        t={t}
        caption={t("connector.stateHistory")}
        sticky={false}
        rows={runs.toReversed().slice(0, MOST)}
        keyOf={({ from }) =>
          String(from)}
        columns={[
          {
            key: "state",
            head: t("connectors.state"),
            grow: true,
            cell: (run) => (
              <StateWord tone={CONNECTOR_TONES[nameOf(run)]}>
                {t(`connectorStates.${nameOf(run)}`)}
              </StateWord>
            ),
          },
          {
            key: "from",
            head: t("connector.from"),
            width: "w-44 min-w-44 max-sm:w-24 max-sm:min-w-24",
            cell: ({ from }) => <Moment format={t.format} at={new Date(from)} now={present} />,
          },
          {
            key: "to",
            head: t("connector.to"),
            hide: "phone",
            width: "w-44 min-w-44",
            cell: ({ to }) =>
              to >= now
                ? t("common.now")
                : <Moment format={t.format} at={new Date(to)} now={present} />,
          },
          {
            key: "lasted",
            head: t("connector.lasted"),
            align: "end",
            width: "w-32 min-w-32 max-sm:w-24 max-sm:min-w-24",
            cell: ({ from, to }) =>
              t.format.duration(Math.floor((to - from) / 1_000) * 1_000),
          },
        ]}
      />
    </Panel>
  );
}
