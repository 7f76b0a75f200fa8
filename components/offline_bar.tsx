import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Banner } from "./banner.tsx";

interface Props {
  readonly t: T<"live">;
  /** No network at all, or no answer. */
  readonly offline: boolean;
  /** For how long, as the language writes it. */
  readonly ago: string;
  /** The time of the figures. */
  readonly time: string;
  /** The button that tries at once. */
  readonly action?: ComponentChildren;
}

/** Says above a page that its figures are old, and that nothing is lost. */
export function OfflineBar({ t, offline, ago, time, action }: Props): VNode {
  return (
    <Banner
      kind="warn"
      icon="offline"
      title={t(offline ? "live.offlineTitle" : "live.barTitle")}
      actions={action}
    >
      {offline ? t("live.offlineText", { time }) : t("live.barText", { ago, time })}
    </Banner>
  );
}
