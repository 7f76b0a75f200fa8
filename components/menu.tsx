import type { ComponentChildren, VNode } from "preact";
import { buttonClass, ButtonContent, type ButtonLook } from "./button.tsx";
import { cx } from "./cx.ts";

interface Props extends ButtonLook {
  /** Words of the button; absent when an icon is enough. */
  readonly children?: ComponentChildren;
  /** Of a button that has an icon alone, or words that say too little. */
  readonly label?: string | undefined;
  /** `MenuItem`s and `MenuLine`s. */
  readonly items: ComponentChildren;
  /** On which side of the button it hangs. @default end */
  readonly align?: "start" | "end";
  /** Wider, for forms. */
  readonly wide?: boolean;
}

/**
 * A list behind a button. It opens by itself without a script; with one (`islands/behaviours`), Esc
 * and a click elsewhere close it.
 */
export function Menu(
  {
    children,
    label,
    items,
    align = "end",
    wide = false,
    kind,
    small,
    icon,
    iconAfter,
    class: extra,
  }: Props,
): VNode {
  return (
    <details class="group/menu relative" data-menu>
      <summary
        class={cx(
          buttonClass({ kind, small, class: extra }, children === undefined),
          "group-open/menu:bg-pressed",
        )}
        {...label === undefined ? {} : { "aria-label": label, title: label }}
      >
        <ButtonContent kind={kind} small={small} icon={icon} iconAfter={iconAfter}>
          {children}
        </ButtonContent>
      </summary>
      <div
        class={cx(
          "absolute top-full z-40 mt-1 max-w-[calc(100vw-1.5rem)] rounded-6 border border-line-strong bg-raised shadow-menu",
          align === "end" ? "right-0" : "left-0",
          wide
            ? "w-80 p-4 max-sm:fixed max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:w-full max-sm:max-w-full max-sm:rounded-b-none"
            : "min-w-52 p-1",
        )}
      >
        {items}
      </div>
    </details>
  );
}
