import type { ComponentChildren, VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { Bloom, type ServiceView } from "../bloom.tsx";
import { cx } from "../cx.ts";
import { Icon } from "../icon.tsx";
import { Mark } from "../mark.tsx";

/** Nothing was heard for over 3 s. */
export interface WallSilence {
  /** For how long, as the language writes it. */
  readonly span: string;
  /** The time of the figures. */
  readonly time: string;
  /** Which try to connect this is. */
  readonly tries: number;
  /** Whether it is over 15 s, so that the figures must not look fresh. */
  readonly stale: boolean;
}

interface Props {
  readonly t: T<"services" | "wall">;
  readonly gateway: string;
  /** Where it hangs: "Operations room". */
  readonly name: string;
  /** None when the wall does not show them. */
  readonly services: readonly ServiceView[];
  /** The present time of day. */
  readonly clock: string;
  readonly silence: WallSilence | null;
  /** `WallNow`, `WallTraffic`, `WallConnectors`, `WallFigures`, `WallAlerts`, each in its area. */
  readonly children: ComponentChildren;
}

/**
 * A screen read from 5 m. Spacing is redefined as a 1,920th of its width, so `h-96` is 96 px on
 * 1080p and 192 on 4K. Nothing scrolls, nothing can be pressed.
 */
export function WallFrame(
  { t, gateway, name, services, clock, silence, children }: Props,
): VNode {
  const up = services.filter(({ state }) => state === "up").length;
  return (
    <main
      class={cx(
        "wall-grid h-screen w-screen animate-drift overflow-hidden bg-page px-48 text-ink wall-28 leading-[1.25] [--ground:var(--color-page)] [--spacing:calc(100vw/1920)]",
        silence !== null && "wall-grid-silent",
      )}
      {...silence?.stale === true ? { "data-stale": true } : {}}
    >
      <header class="flex items-center gap-20 area-head">
        <Mark size="size-48" />
        <h1 class="font-semibold wall-36">{gateway}</h1>
        <p class="min-w-0 flex-1 truncate text-ink-2">{name}</p>
        {services.length > 0 && (
          <p class="mr-40 flex items-center gap-12 text-ink-2 stale:opacity-55 stale:grayscale">
            <Bloom t={t} services={services} size="size-40" />
            <span aria-hidden="true">{t("services.short", { up, n: services.length })}</span>
          </p>
        )}
        <p
          class={cx(
            "flex items-center gap-16 font-medium wall-44",
            "before:size-16 before:rounded-full",
            silence === null
              ? "before:bg-ok"
              : "text-warn-text before:border-[calc(3*var(--spacing))] before:border-warn",
          )}
        >
          {clock}
        </p>
      </header>
      {silence !== null && (
        <p
          role="alert"
          class="-mx-48 mb-24 flex items-center gap-20 bg-warn px-48 text-[#1a1204] wall-36 area-silent"
        >
          <Icon name="offline" size="size-44" />
          <strong class="font-semibold">{t("wall.noData", { span: silence.span })}</strong>
          {t("wall.figuresFrom", { time: silence.time, n: silence.tries })}
        </p>
      )}
      {children}
    </main>
  );
}
