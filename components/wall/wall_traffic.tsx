import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { axisFor, momentsBetween } from "../chart/axis.ts";
import { Lane } from "../chart/lane.tsx";
import type { Series } from "../chart/path.ts";
import { cx } from "../cx.ts";
import { WALL_STALE } from "./stale.ts";

interface Props {
  readonly t: T<"chart">;
  readonly name: string;
  readonly values: Series;
  readonly before?: Series;
  readonly from: Date;
  readonly to: Date;
  readonly events?: readonly { readonly at: Date; readonly label: string }[];
  /** The sentence that says what it shows. */
  readonly label: string;
}

/** The traffic of the last minutes, large. */
export function WallTraffic(
  { t, name, values, before, from, to, events = [], label }: Props,
): VNode {
  const span = to.getTime() - from.getTime();
  const share = (at: Date) => (at.getTime() - from.getTime()) / span;
  const known = [...values, ...before ?? []].filter((value) => value !== null);
  return (
    <section
      aria-label={name}
      class={cx("pt-24 pb-56 area-traffic", WALL_STALE)}
    >
      <Lane
        series="mt"
        values={values}
        before={before}
        axis={axisFor(Math.max(0, ...known))}
        write={(value) => t.format.number(value)}
        height="wall"
        events={events.map(({ at, label: words }) => ({ at: share(at), label: words }))}
        times={momentsBetween(from, to).map((at) => ({ at: share(at), label: t.format.clock(at) }))}
        label={label}
      />
    </section>
  );
}
