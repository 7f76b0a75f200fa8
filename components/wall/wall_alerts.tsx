import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { cx } from "../cx.ts";
import { Glyph } from "../glyph.tsx";
import { TONE_SOFT } from "../tone.ts";
import { WALL_STALE } from "./stale.ts";

/** An alert on the wall. */
export interface WallAlert {
  readonly id: string;
  readonly tone: "down" | "warn";
  readonly title: string;
  readonly text?: string;
  /** Since when. */
  readonly time: string;
}

const MOST = 2;

interface Props {
  readonly t: T<"wall">;
  /** The worst first. */
  readonly alerts: readonly WallAlert[];
}

/** The two worst alerts at the foot of the wall; the rest is counted. */
export function WallAlerts({ t, alerts }: Props): VNode {
  const rest = alerts.length - MOST;
  return (
    <section
      aria-live="polite"
      class={cx("-mx-48 grid auto-cols-fr grid-flow-col area-alerts", WALL_STALE)}
    >
      {alerts.length === 0 && (
        <p class="flex items-center gap-16 border-t border-line-strong px-48 text-ink-2">
          <Glyph tone="ok" size="size-26" />
          {t("wall.noAlert")}
        </p>
      )}
      {alerts.slice(0, MOST).map(({ id, tone, title, text, time }, place) => (
        <p
          key={id}
          class={cx(
            "flex min-w-0 items-center gap-16 px-48 whitespace-nowrap",
            TONE_SOFT[tone],
          )}
        >
          <Glyph tone={tone} size="size-26" />
          <strong class="max-w-3/4 flex-none truncate font-semibold">{title}</strong>
          {text !== undefined && <span class="truncate">{text}</span>}
          <span class="ml-auto pl-16">
            {place === MOST - 1 && rest > 0 ? t("wall.andMore", { n: rest }) : time}
          </span>
        </p>
      ))}
    </section>
  );
}
