import type { ComponentChildren, InputHTMLAttributes, VNode } from "preact";
import { cx } from "./cx.ts";
import { CONTROL, Field, type FieldBase, linksOf } from "./field.tsx";

interface Props
  extends FieldBase, Omit<InputHTMLAttributes, "class" | "id" | "label" | "name" | "size"> {
  /** After the value: "msg/s". */
  readonly unit?: ComponentChildren;
  /** For ids, keys and codes. */
  readonly mono?: boolean;
}

/** A line of text, a number, an address. */
export function TextField(props: Props): VNode {
  const { id, label, jcliKey, hint, error, beside, unit, mono = false, ...input } = props;
  const control = (
    <input
      {...input}
      {...linksOf(props)}
      class={cx(CONTROL, "h-8 touch:h-11", mono && "font-mono", unit !== undefined && "pr-14")}
    />
  );
  return (
    <Field id={id} label={label} jcliKey={jcliKey} hint={hint} error={error} beside={beside}>
      {unit === undefined ? control : (
        <div class="relative">
          {control}
          <span class="pointer-events-none absolute inset-y-0 right-2 flex items-center text-12 text-ink-3">
            {unit}
          </span>
        </div>
      )}
    </Field>
  );
}
