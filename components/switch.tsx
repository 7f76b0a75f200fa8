import type { ComponentChildren, InputHTMLAttributes, VNode } from "preact";

interface Props extends Omit<InputHTMLAttributes, "class" | "label" | "type"> {
  readonly label: ComponentChildren;
}

/** Something that is on or off at once; what is saved later is a `Checkbox`. */
export function Switch({ label, ...input }: Props): VNode {
  return (
    <label class="inline-flex min-h-6 cursor-pointer items-center gap-2 touch:min-h-11">
      <input
        {...input}
        type="checkbox"
        role="switch"
        class="thumb h-4 w-7 flex-none cursor-[inherit] rounded-full border border-line-control bg-surface checked:border-accent checked:bg-accent"
      />
      {label}
    </label>
  );
}
