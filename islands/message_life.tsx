import type { VNode } from "preact";
import { MessageBody, MessageFacts, MessagePill, SentBy } from "../components/message/facts.tsx";
import { MessageLifeLine } from "../components/message/life.tsx";
import { Cell, Grid } from "../components/grid.tsx";
import { PageHead } from "../components/page_head.tsx";
import { Panel } from "../components/panel.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { speak, type Spoken } from "../services/i18n/client.ts";
import { serverNow } from "./live.ts";
import type { ApiMessageLife } from "./message_api.ts";
import { useMessage } from "./message_follow.ts";
import { shownNumber, type SpacedNumbers } from "./message_numbers.ts";

/** What a message's page and panel say. */
export type MessageWords =
  | "message"
  | "messageStates"
  | "messageStateNotes"
  | "signals"
  | "compose"
  | "common"
  | "errors"
  | "messages";

interface Props {
  spoken: Spoken<MessageWords>;
  message: ApiMessageLife;
  numbers: SpacedNumbers;
  seesConnectors: boolean;
  maySend: boolean;
  /** The live position at which the server read it. */
  from: string | null;
  /** When the server did, in ms. */
  readAt: number;
}

/** The page of one message: its text, what is known of it, and its life as it happens. */
export default function MessageLife(props: Props): VNode {
  const { spoken, numbers, seesConnectors, maySend, from, readAt } = props;
  const t = speak(spoken);
  const { followed } = useMessage(props.message.id, props.message, from);
  const shown = followed.value;
  const message = shown.kind === "here" ? shown.message : props.message;
  const now = typeof document === "undefined" ? readAt : Math.max(readAt, serverNow.value);
  const number = shownNumber(message.to, numbers);
  return (
    <>
      <PageHead
        title={number}
        pill={<MessagePill t={t} message={message} />}
        sub={<SentBy t={t} message={message} now={now} />}
        actions={maySend && (
          <ButtonLink icon="send" href={`/messages/new?to=${encodeURIComponent(message.to)}`}>
            {t("message.sendAgain")}
          </ButtonLink>
        )}
      />
      <Grid>
        <Cell span="half">
          <Panel title={t("message.life")}>
            <MessageLifeLine t={t} message={message} now={now} />
          </Panel>
        </Cell>
        <Cell span="half">
          <Panel title={t("messages.text")}>
            <MessageBody t={t} message={message} />
            <div class="mt-4 border-t border-line pt-4">
              <MessageFacts t={t} message={message} seesConnectors={seesConnectors} />
            </div>
          </Panel>
        </Cell>
      </Grid>
    </>
  );
}
