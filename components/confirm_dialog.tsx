import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Button } from "./button.tsx";
import { CONTROL } from "./field.tsx";
import { Dialog } from "./dialog.tsx";
import { Glyph } from "./glyph.tsx";
import type { Tone } from "./tone.ts";

/** What the act does, or doesn't. */
export interface Effect {
  readonly tone: Tone;
  readonly text: ComponentChildren;
}

interface Props {
  readonly t: T<"common">;
  readonly id: string;
  /** A question with the object: "Delete connector orsel_fr_main?". */
  readonly title: string;
  readonly effects: readonly Effect[];
  /** Where the form is posted. */
  readonly action: string;
  /** The verb with its object: "Delete connector". */
  readonly verb: string;
  /** The harmless way out. @default "Keep it" */
  readonly keep?: string;
  /** Whether it destroys. @default true */
  readonly danger?: boolean;
  /** What must be typed first, where traffic is touched. */
  readonly typed?: string;
  /** Hidden fields, such as a token. */
  readonly hidden?: ComponentChildren;
  readonly inline?: boolean;
}

/** Lists the effects of what can't be undone, and asks. Needs no script but to open. */
export function ConfirmDialog(
  { t, id, title, effects, action, verb, keep, danger = true, typed, hidden, inline }: Props,
): VNode {
  return (
    <Dialog
      id={id}
      title={title}
      closeLabel={t("common.close")}
      alert
      inline={inline ?? false}
      foot={
        <>
          <form method="dialog" class="contents">
            <Button type="submit">{keep ?? t("common.keep")}</Button>
          </form>
          <Button type="submit" kind={danger ? "danger" : "primary"} form={`${id}-form`}>
            {verb}
          </Button>
        </>
      }
    >
      <ul class="grid gap-2">
        {effects.map(({ tone, text }, place) => (
          <li key={place} class="flex gap-2">
            <Glyph tone={tone} class="mt-1" />
            <span class="min-w-0 [overflow-wrap:anywhere]">{text}</span>
          </li>
        ))}
      </ul>
      <form id={`${id}-form`} method="post" action={action}>
        {hidden}
        {typed !== undefined && (
          <label class="grid gap-1 pt-1">
            <span>
              {t.parts("common.confirmType", {
                name: <b class="font-medium [overflow-wrap:anywhere]">{typed}</b>,
              })}
            </span>
            <input
              name="typed"
              required
              pattern={escapePattern(typed)}
              title={typed}
              autocomplete="off"
              spellcheck={false}
              class={`${CONTROL} h-8 touch:h-11`}
            />
          </label>
        )}
      </form>
    </Dialog>
  );
}

/**
 * A text as a pattern that only itself matches. Browsers read it under the `v` flag, which refuses
 * a needless escape outside of a class.
 */
export function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
