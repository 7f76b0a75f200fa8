import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";

interface Props {
  readonly t: T<"filter">;
  /** What is filtered by. */
  readonly name?: string;
  readonly children: ComponentChildren;
  /** The URL with this choice made, or without it when it is on. */
  readonly href: string;
  /** Whether it is on. */
  readonly on?: boolean;
  /** Whether a cross says that following it removes the condition. */
  readonly removable?: boolean;
}

/** A condition of a filter. It is a link, so the filter is in the URL and needs no script. */
export function Chip({ t, name, children, href, on = false, removable = false }: Props): VNode {
  return (
    <a
      href={href}
      class={cx(
        "inline-flex h-6 items-center gap-1.5 rounded-4 border px-[7px] text-12 whitespace-nowrap touch:h-11",
        on
          ? "border-accent bg-accent-soft text-accent-text [--ground:var(--color-accent-soft)]"
          : "border-line-strong bg-surface text-ink hover:bg-hover hover:[--ground:var(--color-hover)]",
      )}
      {...on && !removable ? { "aria-current": "true" } as const : {}}
      {...removable && name !== undefined ? { title: t("filter.remove", { name }) } : {}}
    >
      {name !== undefined && <span class={on ? "" : "text-ink-2"}>{name}</span>}
      {children}
      {removable && <Icon name="x" size="size-3" />}
    </a>
  );
}
