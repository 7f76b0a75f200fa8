import type { AnchorHTMLAttributes, ComponentChildren, VNode } from "preact";
import { buttonClass, ButtonContent, type ButtonLook } from "./button.tsx";

interface Props extends ButtonLook, Omit<AnchorHTMLAttributes, "class" | "icon" | "label"> {
  readonly href: string;
  readonly children?: ComponentChildren;
  readonly label?: string | undefined;
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink(
  { kind, small, icon, iconAfter, class: extra, label, children, ...rest }: Props,
): VNode {
  return (
    <a
      {...rest}
      class={buttonClass({ kind, small, class: extra }, children === undefined)}
      {...label === undefined ? {} : { "aria-label": label, title: label }}
    >
      <ButtonContent kind={kind} small={small} icon={icon} iconAfter={iconAfter}>
        {children}
      </ButtonContent>
    </a>
  );
}
