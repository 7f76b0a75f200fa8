import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type LaneData, TrafficLanes } from "../components/chart/traffic_lanes.tsx";
import { cx } from "../components/cx.ts";
import { speak, type Spoken } from "../services/i18n/client.ts";
import type * as Drawing from "./traffic_canvas.ts";

interface Props {
  spoken: Spoken<"chart">;
  lanes: LaneData[];
  from: Date;
  to: Date;
  period: string;
  events: { at: Date; label: string }[];
}

/** Where the cursor is, 0 to 1, and whether keys moved it there. */
interface Cursor {
  readonly share: number;
  readonly byKey: boolean;
}

/** Here, for Tailwind reads components alone. */
const CANVAS_BOX = "pointer-events-none absolute -inset-1";

/** How many steps the arrow keys go through the whole chart. */
const KEY_STEPS = 60;

/**
 * Lanes over one time axis. They come complete from the server; Chart.js, which is loaded after
 * all else, then draws the lines, and a cursor tells the values of a moment.
 */
export default function TrafficChart({ spoken, lanes, from, to, period, events }: Props): VNode {
  const t = speak(spoken);
  const root = useRef<HTMLDivElement>(null);
  const canvases = useRef<Drawing.LaneCanvases | null>(null);
  const [drawing, setDrawing] = useState<typeof Drawing | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);

  useEffect(() => {
    let gone = false;
    import("./traffic_canvas.ts").then((loaded) => {
      if (gone || root.current === null) return;
      canvases.current = new loaded.LaneCanvases(root.current, CANVAS_BOX);
      setDrawing(loaded);
    }).catch(() => {
      // The server's drawing stays: the chart is complete without the script.
    });
    return () => {
      gone = true;
      canvases.current?.destroy();
    };
  }, []);
  useEffect(() => canvases.current?.draw(lanes), [drawing, lanes]);

  const pointAt = (clientX: number) => {
    const plot = root.current?.querySelector("[data-lane]")?.getBoundingClientRect();
    if (plot === undefined || plot.width === 0) return;
    const share = (clientX - plot.left) / plot.width;
    setCursor(share < 0 || share > 1 ? null : { share, byKey: false });
  };
  const onKey = (event: KeyboardEvent) => {
    const moves: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    const by = moves[event.key];
    if (event.key === "Escape") setCursor(null);
    if (by === undefined) return;
    event.preventDefault();
    const share = Math.min(1, Math.max(0, (cursor?.share ?? 1) + by / KEY_STEPS));
    setCursor({ share, byKey: true });
  };
  const words = cursor === null || drawing === null
    ? ""
    : drawing.momentWords(t, { lanes, from, to }, cursor.share);
  return (
    <div
      ref={root}
      role="group"
      aria-label={t("chart.explore", { period })}
      tabIndex={0}
      class={cx(
        "relative rounded-4",
        drawing !== null && "[&_[data-lane]>svg>svg]:hidden [&_[data-lane]>svg>circle]:hidden",
      )}
      onPointerMove={(event) => event.pointerType !== "touch" && pointAt(event.clientX)}
      onPointerDown={(event) => pointAt(event.clientX)}
      onPointerLeave={() => setCursor(null)}
      onKeyDown={onKey}
      onBlur={() => setCursor(null)}
    >
      <TrafficLanes t={t} lanes={lanes} from={from} to={to} period={period} events={events} />
      {cursor !== null && drawing !== null && (
        <drawing.CursorLine share={cursor.share} words={words} />
      )}
      <span class="sr-only" role="status">{cursor?.byKey === true ? words : ""}</span>
    </div>
  );
}
