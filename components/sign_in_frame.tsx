import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Flower } from "./flower.tsx";
import { Mark } from "./mark.tsx";

interface Props {
  readonly t: T<"app">;
  /** The gateway's name, at the foot. */
  readonly gateway: string;
  /** Language and theme, at the foot. */
  readonly tools?: ComponentChildren;
  /** Wider, for the first visit. */
  readonly wide?: boolean;
  /** The form. */
  readonly children: ComponentChildren;
}

/** The page before the sign-in: the form, and beside it the flower, from 1,024 px on. */
export function SignInFrame({ t, gateway, tools, wide = false, children }: Props): VNode {
  return (
    <div class="grid min-h-dvh lg:grid-cols-[minmax(30rem,5fr)_7fr]">
      <div class="flex flex-col bg-surface px-8 py-6 max-sm:px-4">
        <header class="flex items-center gap-2 text-14 font-semibold">
          <Mark />
          {t("app.name")}
        </header>
        <main id="content" tabIndex={-1} class="grid flex-1 place-items-center py-8">
          <div class={`w-full ${wide ? "max-w-120" : "max-w-[21.5rem]"}`}>{children}</div>
        </main>
        <footer class="flex flex-wrap items-center gap-2">
          {tools}
          <span class="ml-auto text-12 text-ink-3">{gateway}</span>
        </footer>
      </div>
      <div class="grid place-items-center border-l border-line-strong bg-page max-lg:hidden">
        <Flower />
      </div>
    </div>
  );
}
