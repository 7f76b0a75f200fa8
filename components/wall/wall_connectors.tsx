import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { cx } from "../cx.ts";
import { Glyph } from "../glyph.tsx";
import { byWorst, CONNECTOR_TONES, type ConnectorStateName, type Tone } from "../tone.ts";
import { WALL_STALE } from "./stale.ts";

/** A connector on the wall. */
export interface WallConnector {
  readonly name: string;
  readonly state: ConnectorStateName;
  /** For how long it is in a state that is not well, as the language writes it. */
  readonly span: string;
  /** msg/s. */
  readonly rate: string;
}

const ROWS: Readonly<Record<Tone, string>> = {
  down:
    "-mx-20 border-t-transparent bg-down-soft px-20 font-medium text-down-text [--ground:var(--color-down-soft)]",
  warn:
    "-mx-20 border-t-transparent bg-warn-soft px-20 font-medium text-warn-text [--ground:var(--color-warn-soft)]",
  info: "border-t-transparent font-medium text-info-text",
  ok: "border-line",
  idle: "border-line text-ink-2",
};
const MOST = 10;

interface Props {
  readonly t: T<"connectorStates" | "wall">;
  readonly connectors: readonly WallConnector[];
}

/** Connectors, the worst first; ten at most, the rest in a sentence. */
export function WallConnectors({ t, connectors }: Props): VNode {
  const sorted = connectors.toSorted(byWorst);
  const shown = sorted.length > MOST ? sorted.slice(0, MOST - 1) : sorted;
  const rest = sorted.slice(shown.length);
  const allBound = rest.every(({ state }) => state.startsWith("bound"));
  return (
    <section class={cx("pb-16 area-conns", WALL_STALE)}>
      <ul class="grid h-full auto-rows-fr">
        {shown.map(({ name, state, span, rate }) => {
          const tone = CONNECTOR_TONES[state];
          return (
            <li
              key={name}
              class={cx(
                "grid grid-cols-[calc(28*var(--spacing))_minmax(0,1fr)_auto_calc(96*var(--spacing))] items-center gap-16 border-t wall-30 first:border-t-transparent",
                ROWS[tone],
              )}
            >
              <Glyph tone={tone} size="size-26" />
              <span class="truncate">{name}</span>
              <span>
                {tone === "ok"
                  ? <span class="sr-only">{t(`connectorStates.${state}`)}</span>
                  : `${t(`connectorStates.${state}`)} ${span}`}
              </span>
              <span class="text-right font-medium">{rate}</span>
            </li>
          );
        })}
        {rest.length > 0 && (
          <li class="grid items-center border-t border-line pl-44 text-ink-2 wall-30">
            {t(allBound ? "wall.andBound" : "wall.andMore", { n: rest.length })}
          </li>
        )}
      </ul>
    </section>
  );
}
