import type { VNode } from "preact";
import { Banner } from "../../../../components/banner.tsx";
import { Button } from "../../../../components/button.tsx";
import { ButtonLink } from "../../../../components/button_link.tsx";
import { askTitle, effectsOf } from "../../../../components/connector/stop_dialog.tsx";
import type { ConnectorView } from "../../../../components/connector/view.ts";
import type { T } from "../../../../services/i18n/mod.ts";
import type { Asked, Done } from "../forms.ts";

/** Whether an act reached what was meant. */
function isReached({ action, outcome }: Done): boolean {
  return outcome === (action === "stop" ? "stopped" : "bound");
}

/** What a form did, a line for each connector. */
export function WhatWasDone({ t, done }: {
  readonly t: T;
  readonly done: readonly Done[];
}): VNode | null {
  if (done.length === 0) return null;
  const kind = done.every(isReached)
    ? "info"
    : done.some(({ outcome }) => outcome === "failed")
    ? "down"
    : "warn";
  const wordsOf = ({ cid, outcome }: Done) =>
    outcome === "failed" ? t("connectors.failed", { name: cid }) : t("connectors.sinceDone", {
      name: cid,
      state: t(`connectorStates.${outcome}`),
    });
  return <Banner kind={kind} title={t.format.list(done.map(wordsOf))} />;
}

/** Asks before traffic is cut, in the page itself. */
export function AskFirst({ t, asked, action, back, connectors }: {
  readonly t: T;
  readonly asked: Asked;
  /** Where the form is posted. */
  readonly action: string;
  /** The page without the question. */
  readonly back: string;
  readonly connectors: readonly ConnectorView[];
}): VNode {
  return (
    <Banner
      kind="warn"
      title={askTitle(t, asked.action, connectors)}
      urgent
      actions={
        <form method="post" action={action} class="flex flex-wrap gap-2">
          <input type="hidden" name="all-of" value={asked.action} />
          <input type="hidden" name="confirmed" value="yes" />
          {asked.cids.map((cid) => <input key={cid} type="hidden" name="cid" value={cid} />)}
          <ButtonLink small href={back}>{t("connectors.keepRunning")}</ButtonLink>
          <Button small kind="danger" type="submit">
            {t(asked.action === "stop" ? "connectors.stop" : "connectors.restart")}
          </Button>
        </form>
      }
    >
      {effectsOf(t, asked.action, connectors).map(({ text }) => text).flatMap((text, place) =>
        place === 0 ? [text] : [" ", text]
      )}
    </Banner>
  );
}
