import type { VNode } from "preact";
import type { Format } from "../services/i18n/client.ts";

interface Props {
  readonly format: Format;
  readonly at: Date;
  /** The present, which decides whether the day is shown. */
  readonly now: Date;
  /** The time today and the day before; always both; or the time with milliseconds. @default short */
  readonly as?: "short" | "long" | "ms";
}

/** A moment, with day, time and zone on hover. */
export function Moment({ format, at, now, as = "short" }: Props): VNode {
  const text = as === "short"
    ? format.moment(at, now)
    : as === "long"
    ? format.dateTime(at)
    : format.timeMs(at);
  return (
    <time dateTime={at.toISOString()} title={format.full(at)} class="whitespace-nowrap">
      {text}
    </time>
  );
}
