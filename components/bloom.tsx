import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";
import { PETAL, turned, TURNS } from "./mark.tsx";

/** The five services in the order of their petals, clockwise from the top. */
export const SERVICE_NAMES = ["jcli", "http", "postgresql", "redis", "workers"] as const;
export type ServiceName = typeof SERVICE_NAMES[number] | "stream";

/** A service as the bloom shows it. */
export interface ServiceView {
  readonly name: ServiceName;
  readonly state: "up" | "down" | "unknown";
}

const PETALS: Readonly<Record<ServiceView["state"], string>> = {
  up: "fill-ok",
  down: "fill-none stroke-down stroke-2",
  unknown: "fill-none stroke-idle stroke-[1.5]",
};

/** The sentence that always goes with the bloom. */
export function bloomWords(t: T<"services">, services: readonly ServiceView[]): string {
  const up = services.filter(({ state }) => state === "up").length;
  const others = services.filter(({ state }) => state !== "up");
  if (others.length === 0) return t("services.allUp", { up, n: services.length });
  const names = t.format.list(others.map(({ name }) => t(`services.${name}`)));
  return t("services.someDown", { up, n: services.length, names });
}

interface Props {
  readonly t: T<"services">;
  /** Five, in the order of `SERVICE_NAMES`. */
  readonly services: readonly ServiceView[];
  readonly size?: string;
  /** Whether the words stand beside it already. */
  readonly decorative?: boolean;
  readonly class?: string | undefined;
}

/** The mark whose petals are the services: filled is up, hollow is not. */
export function Bloom(
  { t, services, size = "size-5", decorative = false, class: extra }: Props,
): VNode {
  const label = decorative ? { "aria-hidden": true } as const : {
    role: "img",
    "aria-label": bloomWords(t, services),
  } as const;
  return (
    <svg class={cx("flex-none overflow-visible", size, extra)} viewBox="0 0 32 32" {...label}>
      {TURNS.map((degrees, place) => (
        <path
          key={degrees}
          class={PETALS[services[place]?.state ?? "unknown"]}
          d={PETAL}
          transform={turned(degrees)}
        />
      ))}
    </svg>
  );
}
