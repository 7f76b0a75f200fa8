import type { VNode } from "preact";
import { LiveValue } from "./live_value.tsx";
import { Meter } from "./meter.tsx";

interface Props {
  /** What an island finds it by. */
  readonly name?: string;
  /** As the language writes them. */
  readonly rate: string;
  readonly limit: string | null;
  /** 0 to 1; null without a limit. */
  readonly share: number | null;
  readonly label: string;
}

/** A rate with its limit, and the share in use under it. */
export function RateMeter({ name, rate, limit, share, label }: Props): VNode {
  return (
    <span class="block w-22">
      <span class="mb-1 block text-right whitespace-nowrap">
        <LiveValue {...name === undefined ? {} : { name }}>{rate}</LiveValue>
        {limit !== null && <span class="text-ink-3">{` / ${limit}`}</span>}
      </span>
      {share !== null && <Meter share={share} label={label} />}
    </span>
  );
}
