import type { TextareaHTMLAttributes, VNode } from "preact";
import { cx } from "./cx.ts";
import { CONTROL, Field, type FieldBase, linksOf } from "./field.tsx";

type Props =
  & FieldBase
  & Omit<TextareaHTMLAttributes, "class" | "id" | "label" | "name">;

/** Lines of text. */
export function TextArea(props: Props): VNode {
  const { id, label, jcliKey, hint, error, beside, ...area } = props;
  return (
    <Field id={id} label={label} jcliKey={jcliKey} hint={hint} error={error} beside={beside}>
      <textarea
        rows={4}
        {...area}
        {...linksOf(props)}
        class={cx(CONTROL, "resize-y py-1.5 leading-5")}
      />
    </Field>
  );
}
