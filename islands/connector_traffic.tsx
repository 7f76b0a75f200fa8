import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { shifted, type TrafficView } from "../components/connector/traffic.ts";
import { TrafficLanes } from "../components/chart/traffic_lanes.tsx";
import { speak, type Spoken } from "../services/i18n/client.ts";
import { follow } from "./live.ts";

interface Props {
  spoken: Spoken<"chart" | "connector" | "connectors">;
  cid: string;
  traffic: TrafficView;
  limit: number | null;
  /** The period in words. */
  period: string;
  from: string | null;
}

/** From which share of the limit on it belongs into the picture; below, it would press it flat. */
const NEAR_LIMIT = 0.25;

/** Throughput and errors over time; the last step grows while one looks. */
export default function ConnectorTraffic(props: Props): VNode {
  const { spoken, cid, limit, period, from } = props;
  const t = useMemo(() => speak(spoken), [spoken]);
  const traffic = useSignal(props.traffic);
  useEffect(() =>
    follow({
      channels: ["metrics"],
      event: (event) => {
        if (event.type !== "metrics.installation") return;
        traffic.value = shifted(
          traffic.peek(),
          Date.parse(event.data.at),
          event.data.connectors[cid] ?? null,
        );
      },
    }, from), []);
  const { start, stepMs, submit, deliver, errors } = traffic.value;
  const most = Math.max(0, ...submit.map((value) => value ?? 0));
  const isNear = limit !== null && most >= limit * NEAR_LIMIT;
  return (
    <TrafficLanes
      t={t}
      from={new Date(start)}
      to={new Date(start + stepMs * submit.length)}
      period={period}
      lanes={[
        {
          series: "mt",
          name: "MT",
          unit: "chart.perSecond",
          values: submit,
          height: "tall",
          valueInLabel: true,
          ...isNear
            ? { limit: { value: limit, label: `submit_throughput ${t.format.number(limit, 1)}` } }
            : {},
        },
        {
          series: "mo",
          name: t("connector.deliverSm"),
          unit: "chart.perSecond",
          values: deliver,
          valueInLabel: true,
        },
        {
          series: "failed",
          name: t("connector.errorsLane"),
          values: errors,
          kind: "bars",
        },
      ]}
    />
  );
}
