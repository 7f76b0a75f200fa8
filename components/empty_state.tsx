import type { ComponentChildren, VNode } from "preact";
import { Glyph } from "./glyph.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Mark } from "./mark.tsx";

interface Props {
  /**
   * Nothing was ever here; something is, but the filter hides it; or it is good that nothing is;
   * or it can't be shown, for a reason of its own.
   */
  readonly kind: "first" | "filtered" | "good" | "error" | "forbidden" | "missing";
  readonly title: string;
  /** What it is for and the first step, in two sentences. */
  readonly children?: ComponentChildren;
  /** One button. */
  readonly actions?: ComponentChildren;
  /** The level of its heading. @default 3 */
  readonly level?: 1 | 2 | 3;
}

const ICONS: Partial<Record<Props["kind"], IconName>> = {
  filtered: "filter",
  forbidden: "lock",
  missing: "search",
};

/** In place of what isn't there. */
export function EmptyState({ kind, title, children, actions, level = 3 }: Props): VNode {
  const icon = ICONS[kind];
  const Heading = `h${level}` as const;
  return (
    <div
      class="grid justify-items-center gap-2 px-6 py-8 text-center"
      {...kind === "error" ? { role: "alert" } as const : {}}
    >
      {kind === "first" && <Mark size="size-8" outline />}
      {kind === "good" && <Glyph tone="ok" size="size-6" />}
      {kind === "error" && <Glyph tone="down" size="size-6" />}
      {icon !== undefined && <Icon name={icon} size="size-6" class="text-ink-2" />}
      <Heading class={level === 1 ? "text-20 font-semibold" : "font-semibold"}>{title}</Heading>
      {children !== undefined && (
        <p class="max-w-[46ch] leading-5 [overflow-wrap:anywhere] text-ink-2">{children}</p>
      )}
      {actions !== undefined && (
        <div class="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
