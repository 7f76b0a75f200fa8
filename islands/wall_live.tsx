import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { WallBoard, type WallWords } from "../components/dashboard/wall_board.tsx";
import { speak, type Spoken } from "../services/i18n/client.ts";
import type { WallPanel } from "../services/wall/mod.ts";
import { type DashboardRead, DashboardReader } from "./dashboard_reader.ts";
import { heardAt, keepClock, now, readFrom, serverNow } from "./live.ts";

interface Props {
  spoken: Spoken<WallWords>;
  initial: DashboardRead;
  gateway: string;
  name: string;
  panels: WallPanel[];
}

/** Over this without figures a wall says so; over the second, the figures must not look fresh, in ms. */
const SILENT_MS = 3_000;
const STALE_MS = 15_000;

/** A page that stays open for months takes what was deployed meanwhile, in ms. */
const RELOAD_MS = 86_400_000;

/** A wall display: the dashboard's state, read from 5 m. */
export default function WallLive({ spoken, initial, gateway, name, panels }: Props): VNode {
  const t = speak(spoken);
  const [state, setState] = useState(initial.state);
  const [openedAt] = useState(() => Date.now());
  const reader = useRef<DashboardReader | null>(null);
  useEffect(() => {
    // The display's own stream and state: it has no session.
    readFrom(`${location.pathname}/events`);
    reader.current = new DashboardReader(initial, setState, location.pathname);
    const stopClock = keepClock();
    const stop = reader.current.start(["alerts", "connectors", "metrics"]);
    return () => {
      stop();
      stopClock();
    };
  }, []);
  const present = IS_BROWSER ? serverNow.value : initial.readAt;
  const silentFor = IS_BROWSER ? now.value - (heardAt.value ?? openedAt) : 0;
  useEffect(() => {
    if (silentFor < SILENT_MS) reader.current?.passQuietly(Math.floor(present / 1_000) - 2);
    // Only while all is well: a reload without a server would leave the screen blank.
    if (now.value - openedAt > RELOAD_MS && silentFor < SILENT_MS) location.reload();
  }, [present]);
  return (
    <WallBoard
      t={t}
      state={state}
      now={present}
      gateway={gateway}
      name={name}
      panels={panels}
      silence={silentFor <= SILENT_MS ? null : {
        span: t.format.duration(Math.floor(silentFor / 1_000) * 1_000),
        time: t.format.time(new Date(present - silentFor)),
        tries: 1,
        stale: silentFor > STALE_MS,
      }}
    />
  );
}
