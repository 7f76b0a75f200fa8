import type { ComponentChildren, VNode } from "preact";
import { Button } from "./button.tsx";

interface Props {
  /** What opens it names it: `commandfor`. */
  readonly id: string;
  readonly title: ComponentChildren;
  /** "Close". */
  readonly closeLabel: string;
  readonly children: ComponentChildren;
  /** Its buttons, the harmless one first. */
  readonly foot?: ComponentChildren;
  /** Whether it asks before something that can't be undone. */
  readonly alert?: boolean;
  /** Open in the page, without what a modal dialog does: for the example page. */
  readonly inline?: boolean;
}

/**
 * A native dialog: Esc closes it, the focus stays in it and returns to where it came from. A button
 * with `command="show-modal"` opens it.
 */
export function Dialog(
  { id, title, closeLabel, children, foot, alert = false, inline = false }: Props,
): VNode {
  return (
    <dialog
      id={id}
      open={inline}
      aria-labelledby={`${id}-title`}
      {...alert ? { role: "alertdialog" } as const : {}}
      class={`${
        inline ? "static" : "fixed inset-0"
      } m-auto w-[min(30rem,calc(100vw-2rem))] max-w-full rounded-8 border border-line-strong bg-raised text-ink shadow-dialog [--ground:var(--color-raised)] backdrop:bg-scrim`}
    >
      <div class="flex items-start gap-2 pt-4 pr-4 pl-6">
        <h2
          id={`${id}-title`}
          class="min-w-0 flex-1 py-1 text-16 font-semibold [overflow-wrap:anywhere]"
        >
          {title}
        </h2>
        <form method="dialog">
          <Button type="submit" kind="quiet" icon="x" label={closeLabel} formNoValidate />
        </form>
      </div>
      <div class="grid gap-3 px-6 pt-2 pb-6 leading-5">{children}</div>
      {foot !== undefined && (
        <div class="flex justify-end gap-2 border-t border-line px-4 py-3 max-sm:flex-col-reverse">
          {foot}
        </div>
      )}
    </dialog>
  );
}
