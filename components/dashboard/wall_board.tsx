import type { VNode } from "preact";
import { meanRate, type Seconds } from "./seconds.ts";
import type { DashboardState } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import type { WallPanel } from "../../services/wall/mod.ts";
import { CONNECTOR_TONES } from "../tone.ts";
import { WallAlerts } from "../wall/wall_alerts.tsx";
import { WallConnectors } from "../wall/wall_connectors.tsx";
import { type WallFigure, WallFigures } from "../wall/wall_figures.tsx";
import { WallFrame, type WallSilence } from "../wall/wall_frame.tsx";
import { WallNow } from "../wall/wall_now.tsx";
import { WallTraffic } from "../wall/wall_traffic.tsx";
import { petalsOf } from "./services.tsx";
import { trafficView } from "./traffic.tsx";
import { alertText, alertTitle, alertTone, stateName } from "./words.ts";

/** The subjects that a wall speaks of. */
export const WALL_WORDS = [
  "alerts",
  "chart",
  "common",
  "connectorStates",
  "dashboard",
  "services",
  "time",
  "wall",
] as const;
export type WallWords = typeof WALL_WORDS[number];

interface Props {
  readonly t: T<WallWords>;
  readonly state: DashboardState;
  /** The present by the server's clock, in ms. */
  readonly now: number;
  readonly gateway: string;
  readonly name: string;
  readonly panels: readonly WallPanel[];
  readonly silence: WallSilence | null;
}

/** A wall display with the panels that were chosen for it. */
export function WallBoard(props: Props): VNode {
  const { t, state, now, gateway, name, panels, silence } = props;
  const shows = (panel: WallPanel) => panels.includes(panel);
  const view = trafficView(t, state);
  const [mt] = view.lanes;
  const figures = footFigures(props);
  return (
    <WallFrame
      t={t}
      gateway={gateway}
      name={name}
      services={shows("services") ? petalsOf(state.services) : []}
      clock={t.format.time(new Date(now))}
      silence={silence}
    >
      {shows("figures") && <Now t={t} state={state} />}
      {shows("traffic") && mt !== undefined && (
        <WallTraffic
          t={t}
          name={t("wall.traffic")}
          values={mt.values}
          from={view.from}
          to={view.to}
          events={view.events}
          label={t("wall.traffic")}
        />
      )}
      {shows("connectors") && state.installation && state.connectors.length === 0 && (
        <p class="pt-16 text-ink-2 wall-30 area-conns">{t("wall.noConnector")}</p>
      )}
      {shows("connectors") && state.connectors.length > 0 && (
        <WallConnectors
          t={t}
          connectors={state.connectors.map((connector) => {
            const shown = stateName(connector, now);
            const rate = meanRate(connector.rates);
            return {
              name: connector.cid,
              state: shown,
              span: CONNECTOR_TONES[shown] === "ok" ? "" : t.format.duration(
                Math.floor((now - connector.since) / 1_000) * 1_000,
              ),
              rate: rate === null ? t("common.notAvailable") : rateWords(t, rate),
            };
          })}
        />
      )}
      {figures.length > 0 && <WallFigures figures={figures} />}
      {shows("alerts") && (
        <WallAlerts
          t={t}
          alerts={state.alerts.map((alert) => {
            const text = alertText(t, alert);
            return {
              id: alert.id,
              tone: alertTone(alert),
              title: alertTitle(t, alert),
              ...text === undefined ? {} : { text },
              time: t.format.clock(new Date(alert.openedAt)),
            };
          })}
        />
      )}
    </WallFrame>
  );
}

/** Two figures say enough at 5 m: 9.2 and 118, not 118.4. */
function rateWords(t: T<WallWords>, rate: number): string {
  return t.format.number(rate, { exactly: rate < 10 ? 1 : 0 });
}

function peakOf(series: Seconds): number | null {
  const known = series.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function Now({ t, state: { figures, traffic } }: Pick<Props, "t" | "state">): VNode {
  const none = t("common.notAvailable");
  const whole = (value: number | null | undefined) =>
    typeof value === "number" ? t.format.number(value, value < 10 ? 1 : 0) : none;
  const failed = figures?.mt_per_second.failed;
  return (
    <WallNow
      label={t("wall.mtPerSecond")}
      value={whole(figures?.mt_per_second.submitted)}
      lines={[
        { label: t("wall.moPerSecond"), value: whole(figures?.mo_per_second) },
        {
          label: t("wall.failedPerSecond"),
          value: whole(failed),
          bad: failed !== undefined && failed > 0,
        },
        { label: t("wall.peak"), value: whole(peakOf(traffic.mt)) },
      ]}
    />
  );
}

function footFigures({ t, state: { figures }, panels }: Props): WallFigure[] {
  const { format } = t;
  const none = t("common.notAvailable");
  const today = figures?.today;
  const rate = today?.delivery_rate ?? null;
  const p95 = today?.delivery_p95_ms ?? null;
  const waiting = figures?.queue.waiting;
  return [
    ...panels.includes("delivery")
      ? [
        {
          label: t("wall.deliveredToday"),
          value: rate === null ? none : format.number(rate * 100, { exactly: 1 }),
          ...rate === null ? {} : { unit: t("chart.percent") },
        },
        {
          label: t("wall.deliveryTime"),
          value: p95 === null ? none : format.number(p95 / 1_000, { exactly: 1 }),
          ...p95 === null ? {} : { unit: t("chart.seconds") },
        },
      ]
      : [],
    ...panels.includes("queue")
      ? [{ label: t("wall.queued"), value: waiting === undefined ? none : format.number(waiting) }]
      : [],
    ...panels.includes("figures")
      ? [{
        label: t("wall.submittedToday"),
        value: today === undefined ? none : bigNumber(t, today.submitted),
      }]
      : [],
  ];
}

/** Seven figures and more are not read at 5 m. */
function bigNumber(t: T<WallWords>, value: number): string {
  return value < 1_000_000 ? t.format.number(value) : t.format.compact(value);
}
