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

/** Within 3 s of the last figures a wall says that they are old, in ms. */
const SILENT_MS = 2_800;

/** Over this they must not look fresh, in ms. */
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
  // A quiet account is told no figures; for it, a line that lives is as good.
  const silence = useSilence(state.installation ? state.traffic.to : heardAt.value, openedAt);
  const present = IS_BROWSER ? serverNow.value : initial.readAt;
  useEffect(() => {
    if (silence !== null) return;
    reader.current?.passQuietly(Math.floor(present / 1_000) - 2);
    // Only while all is well: a reload without a server would leave the screen blank.
    if (now.value - openedAt > RELOAD_MS) location.reload();
  }, [present]);
  return (
    <WallBoard
      t={t}
      state={state}
      now={present}
      gateway={gateway}
      name={name}
      panels={panels}
      silence={silence === null ? null : {
        span: t.format.duration(Math.round(silence / 1_000) * 1_000),
        time: t.format.time(new Date(present - silence)),
        tries: 1,
        stale: silence > STALE_MS,
      }}
    />
  );
}

/**
 * For how long nothing came, in ms; null as long as that is no matter. Told to the moment, not at
 * the next tick of the clock.
 * @param beat changes with everything that comes
 */
function useSilence(beat: number | null, openedAt: number): number | null {
  const lastAt = useRef(openedAt);
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    lastAt.current = Date.now();
    setSilent(false);
    const timer = setTimeout(() => setSilent(true), SILENT_MS);
    return () => clearTimeout(timer);
  }, [beat]);
  return silent ? now.value - lastAt.current : null;
}
