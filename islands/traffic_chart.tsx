import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type LaneData, TrafficLanes } from "../components/chart/traffic_lanes.tsx";
import { cx } from "../components/cx.ts";
import { speak, type Spoken } from "../services/i18n/client.ts";
import type { LaneCanvases } from "./traffic_canvas.ts";

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
  const canvases = useRef<LaneCanvases | null>(null);
  const [drawn, setDrawn] = useState(false);
  const [cursor, setCursor] = useState<Cursor | null>(null);

  useEffect(() => {
    let gone = false;
    import("./traffic_canvas.ts").then(({ LaneCanvases }) => {
      if (gone || root.current === null) return;
      canvases.current = new LaneCanvases(root.current, CANVAS_BOX);
      setDrawn(true);
    }).catch(() => {
      // The server's drawing stays: the chart is complete without the script.
    });
    return () => {
      gone = true;
      canvases.current?.destroy();
    };
  }, []);
  useEffect(() => canvases.current?.draw(lanes), [drawn, lanes]);

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
  const words = cursor === null ? "" : momentWords(t, { lanes, from, to }, cursor.share);
  return (
    <div
      ref={root}
      role="group"
      aria-label={t("chart.explore", { period })}
      tabIndex={0}
      class={cx(
        "relative rounded-4",
        drawn && "[&_[data-lane]>svg>svg]:hidden [&_[data-lane]>svg>circle]:hidden",
      )}
      onPointerMove={(event) => event.pointerType !== "touch" && pointAt(event.clientX)}
      onPointerDown={(event) => pointAt(event.clientX)}
      onPointerLeave={() => setCursor(null)}
      onKeyDown={onKey}
      onBlur={() => setCursor(null)}
    >
      <TrafficLanes t={t} lanes={lanes} from={from} to={to} period={period} events={events} />
      {cursor !== null && <Line share={cursor.share} words={words} />}
      <span class="sr-only" role="status">{cursor?.byKey === true ? words : ""}</span>
    </div>
  );
}

/** The cursor over all lanes; it is nowhere before somebody points, so its place is set by script. */
function Line({ share, words }: { share: number; words: string }): VNode {
  return (
    <div class="pointer-events-none absolute inset-y-0 right-0 left-9" aria-hidden="true">
      <div
        class="absolute top-4 bottom-6 border-l border-ink-2"
        style={{ left: `${share * 100}%` }}
      />
      <p
        class="absolute -top-1 rounded-4 border border-line-strong bg-raised px-2 py-0.5 text-12 whitespace-nowrap shadow-menu"
        style={share > 0.5
          ? { right: `calc(${(1 - share) * 100}% + 6px)` }
          : { left: `calc(${share * 100}% + 6px)` }}
      >
        {words}
      </p>
    </div>
  );
}

function momentWords(
  t: ReturnType<typeof speak<"chart">>,
  { lanes, from, to }: Pick<Props, "lanes" | "from" | "to">,
  share: number,
): string {
  const span = to.getTime() - from.getTime();
  const at = new Date(from.getTime() + share * span);
  const values = lanes.map(({ name, values, kind }) => {
    const last = values.length - 1;
    const place = kind === "bars"
      ? Math.min(last, Math.floor(share * values.length))
      : Math.round(share * last);
    const value = values[place] ?? null;
    return `${name} ${value === null ? t("chart.gap") : t.format.number(value, 1)}`;
  });
  return t("chart.cursor", {
    time: span > 2 * 86_400_000
      ? t.format.day(at, to)
      : span > 3_600_000
      ? t.format.clock(at)
      : t.format.time(at),
    values: values.join(", "),
  });
}
