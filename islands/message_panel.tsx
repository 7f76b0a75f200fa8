import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { MessageBody, MessageFacts, MessagePill, SentBy } from "../components/message/facts.tsx";
import { MessageLifeLine } from "../components/message/life.tsx";
import { SidePanel, SideSection } from "../components/side_panel.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { speak, type Spoken } from "../services/i18n/client.ts";
import { serverNow } from "./live.ts";
import type { ApiMessageLife } from "./message_api.ts";
import { useMessage } from "./message_follow.ts";
import type { MessageWords } from "./message_life.tsx";
import { shownNumber, type SpacedNumbers } from "./message_numbers.ts";
import { addressOf, followHistory, isPlainClick, opened, openMessage } from "./message_open.ts";

interface Props {
  spoken: Spoken<MessageWords | "table">;
  /** What the URL opens; null for none, or one that the user has not. */
  message: ApiMessageLife | null;
  open: string | null;
  numbers: SpacedNumbers;
  /** The list's own address. */
  base: string;
  seesConnectors: boolean;
  maySend: boolean;
  from: string | null;
  readAt: number;
}

/** One message beside the list, with its life as it happens. */
export default function MessagePanel(props: Props): VNode | null {
  const { spoken, numbers, base, seesConnectors, maySend, from, readAt } = props;
  const t = speak(spoken);
  const id = opened.value === undefined ? props.open : opened.value;
  useEffect(() => followHistory(props.open), []);
  const { followed, again } = useMessage(id, props.message, from);
  if (id === null) return null;
  const shown = followed.value;
  const message = shown.kind === "here" && shown.message.id === id ? shown.message : null;
  const now = typeof document === "undefined" ? readAt : Math.max(readAt, serverNow.value);
  const close = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-close]") : null;
    if (link === null || !isPlainClick(event)) return;
    event.preventDefault();
    const row = document.querySelector<HTMLElement>(`a[href*="open=${id}"]`);
    openMessage(null);
    row?.focus();
  };
  return (
    <div class="contents" onClick={close}>
      <SidePanel
        title={message === null ? t("messages.title") : shownNumber(message.to, numbers)}
        pill={message !== null && <MessagePill t={t} message={message} />}
        sub={message !== null && <SentBy t={t} message={message} now={now} />}
        closeHref={addressOf(base, null)}
        closeLabel={t("message.close")}
        foot={message !== null && (
          <>
            {maySend && (
              <ButtonLink icon="send" href={`/messages/new?to=${encodeURIComponent(message.to)}`}>
                {t("message.sendAgain")}
              </ButtonLink>
            )}
            <ButtonLink kind="quiet" class="ml-auto" href={`/messages/${id}`}>
              {t("message.openPage")}
            </ButtonLink>
          </>
        )}
      >
        {message !== null
          ? (
            <>
              <div class="mt-2">
                <MessageBody t={t} message={message} />
              </div>
              <SideSection>
                <MessageFacts t={t} message={message} seesConnectors={seesConnectors} />
              </SideSection>
              <SideSection title={t("message.life")}>
                <MessageLifeLine t={t} message={message} now={now} />
              </SideSection>
            </>
          )
          : shown.kind === "missing"
          ? (
            <EmptyState kind="missing" title={t("errors.notFoundTitle")}>
              {t("errors.notFoundText")}
            </EmptyState>
          )
          : shown.kind === "failed"
          ? (
            <EmptyState
              kind="error"
              title={t("errors.panelTitle", { name: t("messages.title") })}
              actions={<Button icon="restart" onClick={again}>{t("errors.retry")}</Button>}
            >
              {shown.detail}
            </EmptyState>
          )
          : <SkeletonRows t={t} rows={6} columns={2} />}
      </SidePanel>
    </div>
  );
}
