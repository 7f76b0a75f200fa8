import type { InputHTMLAttributes, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { CONTROL, Field, type FieldBase, linksOf } from "./field.tsx";

interface Props
  extends
    FieldBase,
    Omit<InputHTMLAttributes, "class" | "id" | "label" | "name" | "size" | "type" | "value"> {
  readonly t: T<"form">;
}

/**
 * A secret that is written and never read back: there is no `value`. The eye shows what is typed
 * (`islands/behaviours`).
 */
export function PasswordField(props: Props): VNode {
  const { t, id, label, jcliKey, hint, error, beside, ...input } = props;
  return (
    <Field id={id} label={label} jcliKey={jcliKey} hint={hint} error={error} beside={beside}>
      <div class="relative">
        <input
          autocomplete="off"
          {...input}
          {...linksOf(props)}
          type="password"
          class={cx(CONTROL, "h-8 pr-9 touch:h-11 touch:pr-12")}
        />
        <Button
          kind="quiet"
          icon="eye"
          class="absolute top-0 right-0"
          label={t("form.showPassword")}
          data-reveal={id}
          data-reveal-hide={t("form.hidePassword")}
          aria-pressed={false}
        />
      </div>
    </Field>
  );
}
