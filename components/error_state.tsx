import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { ButtonLink } from "./button_link.tsx";
import { EmptyState } from "./empty_state.tsx";

interface Props {
  readonly t: T<"errors">;
  /** What could not be read: the name of the panel. */
  readonly name: string;
  /** What happened, with the value: "PostgreSQL took longer than 5 s." */
  readonly text: string;
  /** The same page again. */
  readonly retryHref: string;
}

/** An error stays in its panel; the page lives on. */
export function ErrorState({ t, name, text, retryHref }: Props): VNode {
  return (
    <EmptyState
      kind="error"
      title={t("errors.panelTitle", { name })}
      actions={<ButtonLink icon="restart" href={retryHref}>{t("errors.retry")}</ButtonLink>}
    >
      {text}
    </EmptyState>
  );
}
