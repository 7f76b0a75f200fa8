import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";

interface Props {
  readonly children: ComponentChildren;
  readonly icon?: IconName;
  /** Leads somewhere; without it, it is a button that submits the form around it. */
  readonly href?: string;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly current?: boolean;
  /** The id of a dialog that it opens instead. */
  readonly opens?: string;
  readonly name?: string;
  readonly value?: string;
  readonly disabled?: boolean;
}

/** A line of a `Menu`. */
export function MenuItem(
  { children, icon, href, shortcut, danger = false, current = false, opens, ...button }: Props,
): VNode {
  const look = cx(
    "flex min-h-7 w-full items-center gap-2 rounded-4 px-2 text-left touch:min-h-11",
    "hover:bg-pressed disabled:text-ink-off disabled:hover:bg-transparent",
    danger && "text-down-text",
    current && "font-medium",
  );
  const content = (
    <>
      {icon !== undefined && <Icon name={icon} class={danger ? "" : "text-ink-3"} />}
      <span class="min-w-0 flex-1 truncate">{children}</span>
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
      {current && <Icon name="check" size="size-3.5" class="text-accent" />}
    </>
  );
  if (href !== undefined) {
    return <a href={href} class={look} {...current ? { "aria-current": "true" } : {}}>{content}</a>;
  }
  return (
    <button
      type={opens === undefined ? "submit" : "button"}
      class={look}
      {...button}
      {...opens === undefined ? {} : { command: "show-modal", commandfor: opens }}
    >
      {content}
    </button>
  );
}

/** A line between two groups of a menu. */
export function MenuLine(): VNode {
  return <hr class="my-1 border-line" />;
}
