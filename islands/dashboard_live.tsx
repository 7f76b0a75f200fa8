import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { Button } from "../components/button.tsx";
import { Board } from "../components/dashboard/board.tsx";
import { trafficView } from "../components/dashboard/traffic.tsx";
import type { DashboardWords } from "../components/dashboard/words.ts";
import { speak, type Spoken } from "../services/i18n/client.ts";
import type { Channel } from "../services/live/channels.ts";
import { type DashboardRead, DashboardReader } from "./dashboard_reader.ts";
import type { AlertNow } from "../components/dashboard/state.ts";
import { heardAt, keepClock, serverNow } from "./live.ts";
import { toast } from "./toast_store.ts";
import TrafficChart from "./traffic_chart.tsx";

interface Props {
  spoken: Spoken<DashboardWords>;
  initial: DashboardRead;
  /** Channels that this user may read. */
  channels: Channel[];
  mayAcknowledge: boolean;
}

/** A quiet second is believed after so long: its figures may be on their way, in ms. */
const QUIET_MS = 2_000;

/** How long the line may be silent while an account is believed to be quiet, in ms. */
const ALIVE_MS = 3_000;

/** The dashboard as the server read it, and then as it lives. */
export default function DashboardLive(
  { spoken, initial, channels, mayAcknowledge }: Props,
): VNode {
  const t = speak(spoken);
  const [state, setState] = useState(initial.state);
  const reader = useRef<DashboardReader | null>(null);
  useEffect(() => {
    reader.current = new DashboardReader(initial, setState);
    const stopClock = keepClock();
    const stop = reader.current.start(channels);
    return () => {
      stop();
      stopClock();
    };
  }, []);
  const now = IS_BROWSER ? serverNow.value : initial.readAt;
  const alive = heardAt.value !== null && Date.now() - heardAt.value < ALIVE_MS;
  useEffect(() => {
    if (alive) reader.current?.passQuietly(Math.floor((now - QUIET_MS) / 1_000));
  }, [now]);

  const acknowledge = async (event: SubmitEvent, alert: AlertNow) => {
    event.preventDefault();
    const body = new URLSearchParams({ acknowledge: alert.id });
    try {
      const { ok } = await fetch("/", {
        method: "POST",
        body,
        headers: { accept: "application/json" },
      });
      if (!ok) throw new Error("refused");
    } catch {
      toast({ tone: "down", title: t("dashboard.acknowledgeFailed") });
    }
  };
  return (
    <Board
      t={t}
      state={state}
      now={now}
      chart={<TrafficChart spoken={spoken} {...trafficView(t, state)} />}
      acknowledge={mayAcknowledge
        ? (alert) => (
          <form method="post" action="/" onSubmit={(event) => acknowledge(event, alert)}>
            <input type="hidden" name="acknowledge" value={alert.id} />
            <Button type="submit" small>{t("dashboard.acknowledge")}</Button>
          </form>
        )
        : undefined}
    />
  );
}
