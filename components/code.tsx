import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Button } from "./button.tsx";

/** A name as the gateway spells it, in a sentence. */
export function Mono({ children }: { readonly children: ComponentChildren }): VNode {
  return <span class="font-mono text-[0.923em]">{children}</span>;
}

/** Lines as they came. */
export function Code({ children, label }: {
  readonly children: ComponentChildren;
  /** Says what it is, since it can be scrolled by keyboard. */
  readonly label: string;
}): VNode {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      class="overflow-auto rounded-4 border border-line bg-sunken p-3 font-mono text-12 leading-5"
    >
      {children}
    </pre>
  );
}

/** A value to take along: an id, a key, an address. */
export function Copyable({ t, value, label }: {
  readonly t: T<"common">;
  readonly value: string;
  readonly label: string;
}): VNode {
  return (
    <span class="inline-flex max-w-full min-w-0 items-center gap-1">
      <span class="min-w-0 truncate font-mono text-12" title={value}>{value}</span>
      <Button
        kind="quiet"
        small
        icon="copy"
        label={label}
        data-copy={value}
        data-copied={t("common.copied")}
      />
    </span>
  );
}
