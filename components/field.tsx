import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";

/** What every field has. */
export interface FieldBase {
  /** Of the control; a link from the form's summary leads to it. */
  readonly id: string;
  readonly name: string;
  readonly label: ComponentChildren;
  /** The jcli key, in small mono beside its plain label. */
  readonly jcliKey?: string | undefined;
  /** What to write, under the field. */
  readonly hint?: ComponentChildren;
  /** What is wrong, with the value, and the mend: "27750000 is over 65535". */
  readonly error?: string | undefined;
  /** Beside the label: "Forgotten?". */
  readonly beside?: ComponentChildren;
}

/** The attributes that tie a control to its label, hint and error. */
export interface ControlLinks {
  readonly id: string;
  readonly "aria-invalid"?: true;
  readonly "aria-describedby"?: string;
}

/** What a control takes from its field. */
export function linksOf({ id, hint, error }: FieldBase): ControlLinks {
  const described = [
    error !== undefined && `${id}-error`,
    hint !== undefined && error === undefined && `${id}-hint`,
  ].filter((link) => link !== false);
  return {
    id,
    ...(error === undefined ? {} : { "aria-invalid": true } as const),
    ...(described.length === 0 ? {} : { "aria-describedby": described.join(" ") }),
  };
}

/** The look of inputs, selects and text areas. */
export const CONTROL: string = cx(
  "w-full min-w-0 rounded-4 border bg-surface px-2 max-sm:text-16",
  "border-line-control hover:border-ink-2 aria-invalid:border-down aria-invalid:shadow-[inset_0_0_0_1px_var(--color-down)]",
  "focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0",
  "disabled:border-line-strong disabled:bg-sunken disabled:text-ink-2",
);

/** Label above, control, hint or error below. */
export function Field(
  { id, label, jcliKey, hint, error, beside, children }: Omit<FieldBase, "name"> & {
    readonly children: ComponentChildren;
  },
): VNode {
  return (
    <div class="grid min-w-0 content-start gap-1">
      <div class="flex flex-wrap items-baseline justify-between gap-x-2">
        <label for={id} class="leading-5 font-medium">{label}</label>
        {jcliKey !== undefined && (
          <span class="font-mono text-11 leading-5 text-ink-3">{jcliKey}</span>
        )}
        {beside}
      </div>
      {children}
      {error !== undefined
        ? (
          <p id={`${id}-error`} class="flex gap-1 text-12 text-down-text">
            <Glyph tone="down" class="mt-0.5" />
            <span>{error}</span>
          </p>
        )
        : hint !== undefined && <p id={`${id}-hint`} class="text-12 text-ink-2">{hint}</p>}
    </div>
  );
}
