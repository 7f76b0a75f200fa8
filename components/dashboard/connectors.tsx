import type { VNode } from "preact";
import { meanRate } from "./seconds.ts";
import { type ConnectorNow, HOUR_MS } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { ButtonLink } from "../button_link.tsx";
import { ConnectorList } from "../connector_list.tsx";
import { EmptyState } from "../empty_state.tsx";
import { Panel } from "../panel.tsx";
import type { Run } from "../strip.tsx";
import { byWorst } from "../tone.ts";
import { stateName } from "./words.ts";

/** More than this would push all else off the screen; what is wrong is among them. */
const MOST = 10;

const RUNS = {
  bound: "ok",
  binding: "warn",
  down: "down",
  stopped: "idle",
  gap: "gap",
} as const;

/** The last hour of a connector; what was before it was known is a gap. */
export function hourOf(
  t: T<"connector" | "connectorStates">,
  { turns }: Pick<ConnectorNow, "turns">,
  now: number,
): Run[] {
  const from = now - HOUR_MS;
  const inHour = turns.filter((_, place) => (turns[place + 1]?.at ?? now) > from);
  const first = inHour[0]?.at ?? now;
  const before: Run[] = first > from ? [{ state: "gap", length: first - from }] : [];
  return [
    ...before,
    ...inHour.map(({ at, state }, place): Run => {
      const to = inHour[place + 1]?.at ?? null;
      const length = (to ?? now) - Math.max(at, from);
      if (state === "gap") return { state: "gap", length };
      const word = t(`connectorStates.${state}`);
      const start = t.format.time(new Date(at));
      return {
        state: RUNS[state],
        length,
        title: to === null
          ? t("connector.runNow", { state: word, from: start })
          : t("connector.run", { state: word, from: start, to: t.format.time(new Date(to)) }),
      };
    }),
  ];
}

interface Props {
  readonly t: T<"common" | "connector" | "connectorStates" | "dashboard" | "empty" | "time">;
  readonly connectors: readonly ConnectorNow[];
  /** The present by the server's clock, in ms. */
  readonly now: number;
}

/** Connectors, the worst first, with their last hour and how near they are to their limit. */
export function Connectors({ t, connectors, now }: Props): VNode {
  const { format } = t;
  const sorted = connectors.map((connector) => ({
    ...connector,
    name: connector.cid,
    state: stateName(connector, now),
  })).sort(byWorst);
  const bound = connectors.filter(({ state }) => state === "bound").length;
  return (
    <Panel
      title={t("dashboard.connectors")}
      sub={connectors.length === 0
        ? undefined
        : t("dashboard.boundOf", { bound, n: connectors.length })}
      padded={false}
      actions={connectors.length === 0
        ? undefined
        : (
          <ButtonLink kind="quiet" small href="/connectors">
            {t("dashboard.allCount", { n: connectors.length })}
          </ButtonLink>
        )}
    >
      {connectors.length === 0
        ? (
          <EmptyState kind="first" title={t("empty.connectorsTitle")}>
            {t("empty.connectorsText")}
          </EmptyState>
        )
        : (
          <ConnectorList
            t={t}
            connectors={sorted.slice(0, MOST).map((each) => {
              const rate = meanRate(each.rates);
              return {
                cid: each.cid,
                href: `/connectors/${encodeURIComponent(each.cid)}`,
                state: each.state,
                runs: hourOf(t, each, now),
                runsLabel: t("connector.runNow", {
                  state: t(`connectorStates.${each.state}`),
                  from: format.moment(new Date(each.since), new Date(now)),
                }),
                rate: rate === null ? null : format.number(rate, { exactly: 1 }),
                limit: each.limit === null ? null : format.number(each.limit, 1),
              };
            })}
          />
        )}
    </Panel>
  );
}
