import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { Icon, type IconName } from "./icon.tsx";

const KINDS = {
  info: "border-info-line bg-info-soft [--ground:var(--color-info-soft)]",
  warn: "border-warn-line bg-warn-soft [--ground:var(--color-warn-soft)]",
  down: "border-down-line bg-down-soft [--ground:var(--color-down-soft)]",
  plain: "border-line-strong bg-surface",
} as const;

interface Props {
  readonly kind: keyof typeof KINDS;
  /** What is so, as a sentence: "Two changes are not persisted." */
  readonly title: ComponentChildren;
  /** What follows from it. */
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** In place of the state's shape. */
  readonly icon?: IconName;
  /** Whether it stops the work, so that a reader is interrupted. @default false */
  readonly urgent?: boolean;
  readonly id?: string;
}

/** Something to do now, on this page, with its button. */
export function Banner(
  { kind, title, children, actions, icon, urgent = false, id }: Props,
): VNode {
  const tone = kind === "plain" ? "info" : kind;
  return (
    <div
      id={id}
      role={urgent ? "alert" : "status"}
      class={cx(
        "mb-4 flex items-start gap-2 rounded-6 border px-3 py-2 text-13 leading-5 max-sm:flex-wrap",
        KINDS[kind],
      )}
    >
      {icon === undefined
        ? <Glyph tone={tone} class="mt-1" />
        : <Icon name={icon} class="mt-0.5" />}
      <div class="min-w-0 flex-1 max-sm:basis-[calc(100%-2rem)]">
        <strong class="font-semibold">{title}</strong> {children}
      </div>
      {actions !== undefined && (
        <div class="-my-0.5 -mr-1 flex flex-none flex-wrap gap-2 max-sm:m-0 max-sm:ml-5">
          {actions}
        </div>
      )}
    </div>
  );
}
