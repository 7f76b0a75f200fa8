import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";

/** How the page hears of the present. */
export type LiveState = "connecting" | "live" | "again" | "stale" | "offline";

interface Props {
  readonly t: T<"live">;
  readonly state: LiveState;
  /** When something was heard last, as the language writes it; null before the first. */
  readonly time: string | null;
}

/** The words of a live state. */
function words(t: T<"live">, state: LiveState, time: string | null): string {
  switch (state) {
    case "live":
      return time === null ? t("live.live") : t("live.liveAt", { time });
    case "stale":
      return time === null ? t("live.again") : t("live.stale", { time });
    default:
      return t(`live.${state}`);
  }
}

/** Whether the page is live: a full dot and the time, or a hollow one and what is wrong. */
export function LiveLabel({ t, state, time }: Props): VNode {
  const full = state === "live";
  return (
    <span
      class={cx(
        "inline-flex items-center gap-1.5 text-12 whitespace-nowrap",
        "before:size-1.5 before:flex-none before:rounded-full",
        full
          ? "text-ink-2 before:bg-ok"
          : state === "connecting"
          ? "text-ink-2 before:border-[1.5px] before:border-idle"
          : "text-down-text before:border-[1.5px] before:border-down",
      )}
    >
      {words(t, state, time)}
    </span>
  );
}
