import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import type { LaneData } from "./traffic_lanes.tsx";

/** The cursor over all lanes; it is nowhere before somebody points, so a script sets its place. */
export function CursorLine({ share, words }: { share: number; words: string }): VNode {
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

/** The values of a moment, `share` (0 to 1) of the way through the chart. */
export function momentWords(
  t: T<"chart">,
  { lanes, from, to }: {
    readonly lanes: readonly LaneData[];
    readonly from: Date;
    readonly to: Date;
  },
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
