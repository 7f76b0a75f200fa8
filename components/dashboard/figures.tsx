import type { VNode } from "preact";
import { slope } from "./seconds.ts";
import type { DashboardState } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { Sparkline } from "../chart/sparkline.tsx";
import { Figure, FigureStrip } from "../figure_strip.tsx";
import { LiveValue } from "../live_value.tsx";
import { Progress } from "../progress.tsx";
import { inBars } from "./traffic.tsx";

/** A spark shows the last minute: five would be a smear of 56 px. */
const SPARK_SECONDS = 60;

interface Props {
  readonly t: T<"chart" | "common" | "dashboard">;
  readonly state: Pick<DashboardState, "figures" | "traffic">;
}

/** The figures of the last second and of the day. */
export function Figures({ t, state: { figures, traffic } }: Props): VNode {
  const { format } = t;
  const none = t("common.notAvailable");
  const rate = (value: number | undefined) => value === undefined ? none : format.number(value, 1);
  const peak = (series: readonly (number | null)[]) => {
    const known = series.filter((value) => value !== null);
    return known.length === 0
      ? t("dashboard.notMeasured")
      : t("dashboard.peak", { value: format.number(Math.max(...known), 1) });
  };
  const today = figures?.today;
  const pending = figures === null
    ? 0
    : figures.queue.waiting + figures.queue.accepted + figures.queue.sent +
      figures.queue.uncertain;
  return (
    <FigureStrip label={t("dashboard.figures")} columns={8}>
      <Figure
        label={t("dashboard.mt")}
        value={<LiveValue name="mt.rate">{rate(figures?.mt_per_second.submitted)}</LiveValue>}
        unit={t("dashboard.mtUnit")}
        absent={figures === null}
        spark={<Sparkline values={traffic.mt.slice(-SPARK_SECONDS)} />}
        note={peak(traffic.mt)}
      />
      <Figure
        label={t("dashboard.mo")}
        value={<LiveValue name="mo.rate">{rate(figures?.mo_per_second)}</LiveValue>}
        unit={t("dashboard.mtUnit")}
        absent={figures === null}
        spark={<Sparkline values={traffic.mo.slice(-SPARK_SECONDS)} />}
        note={peak(traffic.mo)}
      />
      <Figure
        label={t("dashboard.submittedToday")}
        width="wide"
        value={
          <LiveValue name="today.submitted">
            {today === undefined ? none : format.number(today.submitted)}
          </LiveValue>
        }
        absent={figures === null}
        note={figures === null ? t("dashboard.notMeasured") : (
          <Progress
            thin
            format={format}
            parts={[
              {
                series: "delivered",
                label: t("dashboard.delivered"),
                count: today?.delivered ?? 0,
              },
              { series: "pending", label: t("dashboard.pending"), count: pending },
              { series: "failed", label: t("dashboard.failed"), count: today?.failed ?? 0 },
            ]}
          />
        )}
      />
      <Figure
        label={t("dashboard.deliveredRate")}
        value={
          <LiveValue name="today.rate">
            {typeof today?.delivery_rate === "number"
              ? format.number(today.delivery_rate * 100, { exactly: 1 })
              : none}
          </LiveValue>
        }
        unit={typeof today?.delivery_rate === "number" ? t("chart.percent") : undefined}
        absent={typeof today?.delivery_rate !== "number"}
        note={typeof today?.delivery_rate === "number"
          ? t("dashboard.today")
          : t("dashboard.noneClosed")}
      />
      <Figure
        label={t("dashboard.deliveryTime")}
        value={
          <LiveValue name="today.mean">
            {typeof today?.delivery_mean_ms === "number"
              ? format.number(today.delivery_mean_ms / 1_000, { exactly: 1 })
              : none}
          </LiveValue>
        }
        unit={typeof today?.delivery_mean_ms === "number" ? t("dashboard.meanUnit") : undefined}
        absent={typeof today?.delivery_mean_ms !== "number"}
        note={typeof today?.delivery_p95_ms === "number"
          ? t("dashboard.p95", { span: format.duration(today.delivery_p95_ms) })
          : t("dashboard.noneClosed")}
      />
      <Queued t={t} figures={figures} traffic={traffic} />
      <Figure
        label={t("dashboard.receivedToday")}
        value={
          <LiveValue name="today.received">
            {today === undefined ? none : format.number(today.received)}
          </LiveValue>
        }
        absent={figures === null}
        note={t("dashboard.fromHandsets")}
      />
    </FigureStrip>
  );
}

function Queued({ t, figures, traffic }: Pick<Props, "t"> & Props["state"]): VNode {
  const change = slope(traffic.waiting);
  const grows = change !== null && change >= 1;
  return (
    <Figure
      label={t("dashboard.queued")}
      value={
        <LiveValue name="queue.waiting">
          {figures === null ? t("common.notAvailable") : t.format.number(figures.queue.waiting)}
        </LiveValue>
      }
      absent={figures === null}
      spark={<Sparkline values={inBars(traffic.waiting)} bad={grows} />}
      note={change === null
        ? t("dashboard.notMeasured")
        : (
          <span class={grows ? "text-down-text" : undefined}>
            {t("dashboard.perSecond", { change: t.format.signed(change) })}
          </span>
        )}
    />
  );
}
