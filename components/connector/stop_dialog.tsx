import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { Button } from "../button.tsx";
import type { Effect } from "../confirm_dialog.tsx";
import { Dialog } from "../dialog.tsx";
import { Glyph } from "../glyph.tsx";
import type { ConnectorAction, ConnectorView } from "./view.ts";

/** What these parts say. */
export type ActWords = "connectors" | "connectorStates" | "common" | "connector";

/** The question before an act that takes traffic from somebody. */
export function askTitle(
  t: T<ActWords>,
  action: ConnectorAction,
  connectors: readonly Pick<ConnectorView, "cid">[],
): string {
  const name = t.format.list(connectors.map(({ cid }) => cid));
  return t(action === "stop" ? "connectors.stopTitle" : "connectors.restartTitle", { name });
}

/** What the act does, and doesn't. */
export function effectsOf(
  t: T<ActWords>,
  action: ConnectorAction,
  connectors: readonly ConnectorView[],
): Effect[] {
  const rate = connectors.reduce((sum, { rates }) => sum + (rates?.submit ?? 0), 0);
  const effects: (Effect | false)[] = [
    {
      tone: rate > 0 ? "warn" : "info",
      text: rate > 0
        ? t("connectors.stopEffectTraffic", { rate: t.format.number(rate, 1) })
        : t("connectors.stopEffectIdle"),
    },
    action === "restart" && { tone: "info", text: t("connectors.restartEffect") },
    { tone: "ok", text: t("connectors.keptEffect") },
  ];
  return effects.filter((effect) => effect !== false);
}

interface Props {
  readonly t: T<ActWords>;
  readonly id: string;
  readonly action: ConnectorAction;
  readonly connectors: readonly ConnectorView[];
  readonly onConfirm: () => void;
}

/** Asks before traffic is cut; an island opens it. */
export function StopDialog({ t, id, action, connectors, onConfirm }: Props): VNode {
  return (
    <Dialog
      id={id}
      title={askTitle(t, action, connectors)}
      closeLabel={t("common.close")}
      alert
      foot={
        <>
          <form method="dialog" class="contents">
            <Button type="submit">{t("connectors.keepRunning")}</Button>
          </form>
          {/* Afterwards: the browser closes the dialog of a form that is still there. */}
          <form method="dialog" class="contents" onSubmit={() => setTimeout(onConfirm)}>
            <Button type="submit" kind="danger">
              {t(action === "stop" ? "connectors.stop" : "connectors.restart")}
            </Button>
          </form>
        </>
      }
    >
      <ul class="grid gap-2">
        {effectsOf(t, action, connectors).map(({ tone, text }, place) => (
          <li key={place} class="flex gap-2">
            <Glyph tone={tone} class="mt-1" />
            <span class="min-w-0 [overflow-wrap:anywhere]">{text}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
