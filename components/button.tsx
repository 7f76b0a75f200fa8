import type { ButtonHTMLAttributes, ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";

/** A view has one primary button at most; what destroys is plain until the dialog. */
export type ButtonKind = "plain" | "primary" | "danger" | "quiet";

/** How a button looks; shared by `Button`, `ButtonLink` and `MenuButton`. */
export interface ButtonLook {
  /** @default plain */
  readonly kind?: ButtonKind | undefined;
  /** For rows and panel heads. @default false */
  readonly small?: boolean | undefined;
  readonly icon?: IconName | undefined;
  /** After the words, such as a chevron. */
  readonly iconAfter?: IconName | undefined;
  readonly class?: string | undefined;
}

const KINDS: Readonly<Record<ButtonKind, string>> = {
  plain:
    "border-line-strong bg-surface text-ink hover:border-line-hover hover:bg-hover active:bg-pressed",
  primary:
    "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover active:bg-accent-pressed",
  danger: "border-down bg-down text-on-down hover:border-down-text hover:bg-down-text",
  quiet: "border-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-pressed",
};

/** The classes of a button. */
export function buttonClass(
  { kind = "plain", small = false, class: extra }: ButtonLook,
  iconOnly = false,
): string {
  return cx(
    "group/button inline-flex flex-none items-center justify-center gap-1.5 rounded-4 border font-medium",
    "whitespace-nowrap transition-colors",
    "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-off",
    small
      ? cx("min-h-6 text-12 pointer-coarse:min-h-11", iconOnly ? "w-6 pointer-coarse:w-11" : "px-2")
      : cx("min-h-8 touch:min-h-11", iconOnly ? "w-8 touch:w-11" : "px-3"),
    KINDS[kind],
    extra,
  );
}

/** What stands in a button. */
export function ButtonContent(
  { icon, iconAfter, kind, children, small }: ButtonLook & {
    readonly children?: ComponentChildren;
  },
): VNode {
  const quiet = kind === "primary" || kind === "danger"
    ? ""
    : "text-ink-2 group-disabled/button:text-ink-off";
  const size = small === true ? "size-3.5" : "size-4";
  return (
    <>
      {icon !== undefined && <Icon name={icon} size={size} class={quiet} />}
      {children}
      {iconAfter !== undefined && <Icon name={iconAfter} size={size} class={quiet} />}
    </>
  );
}

interface Props extends ButtonLook, Omit<ButtonHTMLAttributes, "class" | "icon" | "label"> {
  readonly children?: ComponentChildren;
  /** Of a button that has an icon alone: its name for readers, and its title. */
  readonly label?: string | undefined;
}

/** A button: a verb, with its object where it isn't plain. `type` is `button` unless said. */
export function Button(
  { kind, small, icon, iconAfter, class: extra, label, children, type = "button", ...rest }: Props,
): VNode {
  return (
    <button
      {...rest}
      type={type}
      class={buttonClass({ kind, small, class: extra }, children === undefined)}
      {...label === undefined ? {} : { "aria-label": label, title: label }}
    >
      <ButtonContent kind={kind} small={small} icon={icon} iconAfter={iconAfter}>
        {children}
      </ButtonContent>
    </button>
  );
}
