import type { VNode } from "preact";
import { PETAL, turned, TURNS } from "./mark.tsx";

/** Each petal again and again, smaller, from its own root. */
const SCALES = [1, 0.86, 0.72, 0.58, 0.44, 0.3, 0.16] as const;

/** The flower in outline beside the sign-in form: decoration only. */
export function Flower(): VNode {
  return (
    <svg class="w-[min(72%,40rem)] fill-none" viewBox="-1 0 34 33" aria-hidden="true">
      {TURNS.map((degrees) => (
        <g key={degrees} transform={turned(degrees)}>
          {SCALES.map((scale) => (
            <path
              key={scale}
              class={scale === 1 ? "stroke-accent" : "stroke-accent-line"}
              d={PETAL}
              transform={`translate(16 14.8) scale(${scale}) translate(-16 -14.8)`}
              stroke-width="1"
              vector-effect="non-scaling-stroke"
            />
          ))}
        </g>
      ))}
    </svg>
  );
}
