import type { SelectHTMLAttributes, VNode } from "preact";
import { cx } from "./cx.ts";
import { CONTROL, Field, type FieldBase, linksOf } from "./field.tsx";

/** A choice of a select. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Props
  extends FieldBase, Omit<SelectHTMLAttributes, "class" | "id" | "label" | "name" | "value"> {
  readonly choices: readonly Choice[];
  readonly value?: string | null;
}

/** One of a list. */
export function SelectField(props: Props): VNode {
  const { id, label, jcliKey, hint, error, beside, choices, value, ...select } = props;
  return (
    <Field id={id} label={label} jcliKey={jcliKey} hint={hint} error={error} beside={beside}>
      <select
        {...select}
        {...linksOf(props)}
        class={cx(CONTROL, "select-arrow h-8 pr-7 touch:h-11")}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
