import type { ComponentChildren, VNode } from "preact";
import { ButtonLink } from "../../components/button_link.tsx";
import { Mono } from "../../components/code.tsx";
import { StateWord } from "../../components/state_word.tsx";
import type { Tone } from "../../components/tone.ts";
import type { DependencyHealth } from "../../services/metrics/mod.ts";
import type { T } from "../../services/i18n/mod.ts";

/** How far the installation is. */
export interface Progress {
  /** jcli and HTTP API. */
  readonly gateway: readonly DependencyHealth[];
  readonly connectors: { readonly all: number; readonly bound: number };
  readonly hasMessage: boolean;
}

interface StepProps {
  readonly t: T;
  readonly place: number;
  readonly title: string;
  readonly tone: Tone;
  readonly word: string;
  readonly children: ComponentChildren;
}

function Step({ t, place, title, tone, word, children }: StepProps): VNode {
  return (
    <li class="border-t border-line py-4">
      <p class="text-12 text-ink-2">{t("setup.stepOf", { step: place, steps: 4 })}</p>
      <div class="flex flex-wrap items-center justify-between gap-x-4">
        <h2 class="text-14 font-semibold">{title}</h2>
        <StateWord tone={tone}>{word}</StateWord>
      </div>
      <div class="mt-1 grid gap-2 leading-5 text-ink-2">{children}</div>
    </li>
  );
}

function GatewayStep({ t, gateway }: { readonly t: T; readonly gateway: Progress["gateway"] }) {
  const names = { jcli: t("services.jcli"), "gateway-http": t("services.http") } as const;
  const up = gateway.length > 0 && gateway.every(({ state }) => state === "up");
  return (
    <Step
      t={t}
      place={2}
      title={t("setup.gatewayTitle")}
      tone={up ? "ok" : "down"}
      word={t(up ? "services.up" : "services.down")}
    >
      <p>{t("setup.gatewayText")}</p>
      <ul class="grid gap-1">
        {(["jcli", "gateway-http"] as const).map((each) => {
          const found = gateway.find(({ name }) => name === each);
          const name = names[each];
          return (
            <li key={each}>
              <StateWord
                tone={found?.state === "up" ? "ok" : "down"}
                class="whitespace-normal [overflow-wrap:anywhere]"
              >
                {found?.state === "up" ? t("setup.serviceUp", { name }) : t("setup.serviceDown", {
                  name,
                  reason: found?.detail ?? t("setup.noReason"),
                })}
              </StateWord>
            </li>
          );
        })}
      </ul>
      {!up && (
        <p>
          {t("setup.gatewayHint")}{" "}
          {t.parts("setup.doctorHint", { command: <Mono>deno task doctor</Mono> })}
        </p>
      )}
    </Step>
  );
}

/** What comes after the first user: gateway, connector, first message, each as it is now. */
export function WelcomeSteps(
  { t, progress }: { readonly t: T; readonly progress: Progress },
): VNode {
  const { connectors, gateway, hasMessage } = progress;
  const bound = connectors.bound > 0;
  return (
    <>
      <ol class="border-b border-line">
        <Step
          t={t}
          place={1}
          title={t("setup.stepUser")}
          tone="ok"
          word={t("setup.done")}
        >
          <p>{t("setup.userText")}</p>
        </Step>
        <GatewayStep t={t} gateway={gateway} />
        <Step
          t={t}
          place={3}
          title={t("setup.connectorTitle")}
          tone={bound ? "ok" : "idle"}
          word={t(bound ? "setup.done" : "setup.toDo")}
        >
          <p>
            {connectors.all === 0
              ? t("setup.connectorNone")
              : `${t("setup.connectorFound", { n: connectors.all })} ${
                t("setup.connectorBound", { n: connectors.bound })
              }`}
          </p>
          <div>
            <ButtonLink href="/connectors" icon="plug">{t("setup.connectorOpen")}</ButtonLink>
          </div>
        </Step>
        <Step
          t={t}
          place={4}
          title={t("setup.messageTitle")}
          tone={hasMessage ? "ok" : "idle"}
          word={t(hasMessage ? "setup.done" : "setup.toDo")}
        >
          <p>{t(hasMessage ? "setup.messageSent" : "setup.messageText")}</p>
          <div>
            <ButtonLink href="/messages/new" icon="send">{t("setup.messageOpen")}</ButtonLink>
          </div>
        </Step>
      </ol>
      <div class="mt-4 flex flex-wrap gap-2">
        <ButtonLink kind="primary" href="/">{t("setup.finish")}</ButtonLink>
        <ButtonLink kind="quiet" icon="restart" href="/welcome">{t("common.refresh")}</ButtonLink>
      </div>
    </>
  );
}
