import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { WallAlerts } from "../wall/wall_alerts.tsx";
import { WallConnectors } from "../wall/wall_connectors.tsx";
import { WallFigures } from "../wall/wall_figures.tsx";
import { WallFrame } from "../wall/wall_frame.tsx";
import { WallNow } from "../wall/wall_now.tsx";
import { WallTraffic } from "../wall/wall_traffic.tsx";
import { CONNECTORS, NOW, SAID, secondsAgo, SERVICES, wave, withGap } from "./samples.ts";

interface Props {
  readonly t: T;
  /** Seconds since something was heard. @default 0 */
  readonly silent?: number;
}

/** A wall display with traffic, or without data. */
export function WallPage({ t, silent = 0 }: Props): VNode {
  const { format } = t;
  const values = withGap(wave(300, 248, 34, 3), 95, 104);
  const submitted = format.compactParts(8_412_937);
  const period = t("time.lastMinutes", { n: 5 });
  const connectors = [
    ...CONNECTORS,
    ...CONNECTORS.slice(3, 6).map((each, at) => ({
      ...each,
      cid: `direct_fr_${at + 1}`,
      state: "boundTrx" as const,
    })),
    ...CONNECTORS.slice(3, 5).map((each, at) => ({ ...each, cid: `direct_pt_${at + 1}` })),
  ];
  return (
    <WallFrame
      t={t}
      gateway={SAID.gateway}
      name={t("walls.title")}
      services={SERVICES}
      clock={format.time(secondsAgo(-silent))}
      silence={silent > 3
        ? {
          span: format.duration(silent * 1_000),
          time: format.time(NOW),
          tries: 4,
          stale: silent > 15,
        }
        : null}
    >
      <WallNow
        label={t("wall.mtPerSecond")}
        value={format.number(249)}
        lines={[
          { label: t("wall.moPerSecond"), value: format.number(12) },
          { label: t("wall.failedPerSecond"), value: format.number(3.9, 1), bad: true },
          {
            label: t("wall.peakToday"),
            value: format.number(312),
            note: t("wall.at", { time: "11:04" }),
          },
        ]}
      />
      <WallTraffic
        t={t}
        name={t("dashboard.traffic", { period })}
        values={values}
        before={wave(60, 225, 14, 9)}
        from={secondsAgo(300)}
        to={NOW}
        events={[{
          at: secondsAgo(85),
          label: t("alerts.connectorDown", { name: "operator_de_1" }),
        }]}
        label={t("dashboard.traffic", { period })}
      />
      <WallConnectors
        t={t}
        connectors={connectors.map(({ cid, state, since, rate }) => ({
          name: cid,
          state,
          span: format.duration(since * 1_000),
          rate: rate === null ? t("common.notAvailable") : format.number(rate, rate < 10 ? 1 : 0),
        }))}
      />
      <WallFigures
        figures={[
          { label: t("wall.delivered"), value: format.number(97.8, 1), unit: t("chart.percent") },
          { label: t("wall.deliveryTime"), value: format.number(8.9, 1), unit: t("chart.seconds") },
          { label: t("wall.queued"), value: format.number(1_842), tone: "warn" },
          { label: t("wall.submittedToday"), ...submitted },
        ]}
      />
      <WallAlerts
        t={t}
        alerts={[
          {
            id: "1",
            tone: "down",
            title: t("alerts.connectorDown", { name: "operator_de_1" }),
            text: t("alerts.messagesWait", { n: 1_204 }),
            time: format.clock(secondsAgo(85)),
          },
          {
            id: "2",
            tone: "warn",
            title: t("alerts.queueOver", { name: "operator_de_2", limit: 500 }),
            time: format.clock(secondsAgo(34)),
          },
        ]}
      />
    </WallFrame>
  );
}
