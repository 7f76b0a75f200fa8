import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { LiveValue } from "./live_value.tsx";
import { type Run, Strip } from "./strip.tsx";
import { CONNECTOR_TONES, type ConnectorStateName, TONE_WORD } from "./tone.ts";

/** A connector in the dashboard's list. */
export interface ConnectorLine {
  readonly cid: string;
  readonly href: string;
  readonly state: ConnectorStateName;
  /** The last hour. */
  readonly runs: readonly Run[];
  /** The last hour in a sentence. */
  readonly runsLabel: string;
  /** msg/s, as the language writes it; null when nothing is known. */
  readonly rate: string | null;
  /** Its limit, or null when it has none. */
  readonly limit: string | null;
}

const LINE =
  "grid grid-cols-[0.75rem_minmax(0,1fr)_auto_4rem_5.5rem] items-center gap-2 px-4 max-sm:px-3";

interface Props {
  readonly t: T<"common" | "connectorStates" | "dashboard">;
  /** The worst first. */
  readonly connectors: readonly ConnectorLine[];
}

/** Connectors at a glance: state, last hour, rate and limit. */
export function ConnectorList({ t, connectors }: Props): VNode {
  return (
    <div class="pb-2">
      <div class={cx(LINE, "h-6 border-b border-line text-11 text-ink-3")} aria-hidden="true">
        <span />
        <span>{t("dashboard.name")}</span>
        <span />
        <span class="whitespace-nowrap">{t("dashboard.lastHourColumn")}</span>
        <span class="text-right whitespace-nowrap">{t("dashboard.rateLimit")}</span>
      </div>
      <ul>
        {connectors.map(({ cid, href, state, runs, runsLabel, rate, limit }) => {
          const tone = CONNECTOR_TONES[state];
          return (
            <li key={cid} data-connector={cid}>
              <a
                href={href}
                class={cx(
                  LINE,
                  "h-8 hover:bg-hover hover:[--ground:var(--color-hover)] touch:h-11",
                )}
              >
                <Glyph tone={tone} />
                <span class="truncate" title={cid}>{cid}</span>
                <span class={cx("text-12 whitespace-nowrap", TONE_WORD[tone])}>
                  {tone === "ok"
                    ? <span class="sr-only">{t(`connectorStates.${state}`)}</span>
                    : t(`connectorStates.${state}`)}
                </span>
                <Strip runs={runs} label={runsLabel} />
                <span class="text-right whitespace-nowrap">
                  <LiveValue name={`connector.${cid}.rate`}>
                    {rate ?? t("common.notAvailable")}
                  </LiveValue>
                  {limit !== null && <span class="text-ink-3">{` / ${limit}`}</span>}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
