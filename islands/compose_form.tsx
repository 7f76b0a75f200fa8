import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Banner } from "../components/banner.tsx";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { Cell, Grid } from "../components/grid.tsx";
import { MessageBody, MessageFacts, MessagePill } from "../components/message/facts.tsx";
import { MessageLifeLine } from "../components/message/life.tsx";
import { PartCost } from "../components/message/part_cost.tsx";
import { type Culprit, replaced } from "../components/message/replacements.ts";
import { faultWords } from "../components/message/send_faults.ts";
import { MessageText } from "../components/message_text.tsx";
import { Panel } from "../components/panel.tsx";
import { PartCounter } from "../components/part_counter.tsx";
import { TextArea } from "../components/text_area.tsx";
import { TextField } from "../components/text_field.tsx";
import { MAX_PARTS } from "../services/gateway/parts.ts";
import { speak, type Spoken, type T } from "../services/i18n/client.ts";
import { type Draft, send, type SendFault } from "./compose_send.ts";
import { follow, serverNow } from "./live.ts";
import type { ApiMessageLife } from "./message_api.ts";
import { useMessage } from "./message_follow.ts";
import { randomId } from "./random_id.ts";
import type { MessageWords } from "./message_life.tsx";
import { shownNumber } from "./message_numbers.ts";

interface Props {
  spoken: Spoken<MessageWords | "form">;
  draft: Draft;
  /** Of the server's own check, when the form came without a script. */
  faults: SendFault[];
  /** The account's own sender; null where it has none. */
  sender: string | null;
  /** Makes a second try of the same message harmless. */
  idempotencyKey: string;
  seesConnectors: boolean;
  from: string | null;
}

/**
 * What stands in the fields when the form comes to life: typed before its script was there, or kept
 * by the browser over a reload. Read before the first rendering, which writes the fields anew.
 */
function draftNow(read: Draft): Draft {
  if (typeof document === "undefined") return read;
  const of = (name: keyof Draft): string => {
    const field = document.getElementById(name);
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    return isField ? field.value : read[name];
  };
  return { to: of("to"), from: of("from"), text: of("text") };
}

/** Writes a message, says what it takes while one types, sends it and follows it to its end. */
export default function ComposeForm(props: Props): VNode {
  const { spoken, sender, seesConnectors, from } = props;
  const t = useMemo(() => speak(spoken), [spoken]);
  const draft = useSignal<Draft>(useMemo(() => draftNow(props.draft), []));
  const faults = useSignal<readonly SendFault[]>(props.faults);
  const key = useSignal(props.idempotencyKey);
  const busy = useSignal(false);
  const sent = useSignal<ApiMessageLife | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const words = faultWords(t, draft.value, faults.value);
  const { text } = draft.value;

  const change = (changes: Partial<Draft>) => {
    draft.value = { ...draft.value, ...changes };
    const changed = Object.keys(changes);
    faults.value = faults.value.filter((fault) => !changed.includes(fault));
    // Another message than the one that may have been taken already.
    key.value = randomId();
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    try {
      const answer = await send(draft.value, key.value);
      if (answer.kind === "queued") {
        faults.value = [];
        sent.value = { ...answer.message, transitions: [] };
        key.value = randomId();
        draft.value = { ...draft.value, text: "" };
      } else faults.value = answer.faults;
    } finally {
      busy.value = false;
    }
  };
  // The line is there before the first message is: nothing of its life is waited for.
  useEffect(() => follow({ channels: ["messages", "metrics"] }, from), []);
  useEffect(() => {
    // The first fault takes the focus; what stops the whole is read out by its banner.
    const first = faults.value.find((fault) => ["to", "from", "text"].includes(fault));
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`#${first}`)?.focus();
  }, [faults.value]);

  return (
    <Grid>
      <Cell span="half">
        <div class="self-start">
          <Panel label={t("compose.title")}>
            {words.whole !== undefined && <Banner kind="down" urgent title={words.whole} />}
            <form ref={form} method="post" onSubmit={submit} class="grid gap-4" noValidate>
              <input type="hidden" name="key" value={key.value} />
              <TextField
                id="to"
                name="to"
                type="tel"
                label={t("compose.to")}
                hint={t("compose.toHint")}
                error={words.to}
                value={draft.value.to}
                autocomplete="off"
                required
                onInput={(event) => change({ to: event.currentTarget.value })}
              />
              <TextField
                id="from"
                name="from"
                label={t("compose.from")}
                hint={sender === null
                  ? t("compose.fromHintNone")
                  : t("compose.fromHint", { sender })}
                error={words.from}
                value={draft.value.from}
                autocomplete="off"
                maxLength={16}
                onInput={(event) => change({ from: event.currentTarget.value })}
              />
              <TextArea
                id="text"
                name="text"
                label={t("compose.text")}
                error={words.text}
                rows={6}
                value={text}
                maxLength={2_000}
                required
                dir="auto"
                onInput={(event) => change({ text: event.currentTarget.value })}
              />
              <PartCounter t={t} text={text} most={MAX_PARTS} />
              <PartCost
                t={t}
                text={text}
                onReplace={(culprits: readonly Culprit[]) => {
                  change({ text: replaced(text, culprits) });
                  form.current?.querySelector<HTMLElement>("#text")?.focus();
                }}
              />
              <div>
                <Button
                  type="submit"
                  kind="primary"
                  icon="send"
                  aria-disabled={busy.value}
                  aria-busy={busy.value}
                >
                  {t("compose.submit")}
                </Button>
              </div>
            </form>
          </Panel>
        </div>
      </Cell>
      <Cell span="half">
        <div class="grid content-start gap-4">
          <Preview t={t} text={text} />
          {sent.value !== null && (
            <Follow
              key={sent.value.id}
              t={t}
              message={sent.value}
              seesConnectors={seesConnectors}
              from={from}
            />
          )}
        </div>
      </Cell>
    </Grid>
  );
}

function Preview({ t, text }: { readonly t: T<"compose">; readonly text: string }): VNode {
  return (
    <Panel title={t("compose.preview")}>
      {text === ""
        ? <p class="text-ink-3">{t("compose.emptyText")}</p>
        : <MessageText t={t} text={text} />}
      <p class="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
        <span>
          <span class="rounded-2 bg-info-soft px-1 shadow-[0_0_0_1px_var(--color-info-line)]">
            €
          </span>{" "}
          {t("compose.legendExtended")}
        </span>
        <span>
          <span class="rounded-2 bg-warn-soft px-1 shadow-[0_0_0_1px_var(--color-warn-line)]">
            í
          </span>{" "}
          {t("compose.legendUnicode")}
        </span>
      </p>
    </Panel>
  );
}

/** What was sent, to its end. */
function Follow({ t, message: begun, seesConnectors, from }: {
  readonly t: T<MessageWords>;
  readonly message: ApiMessageLife;
  readonly seesConnectors: boolean;
  readonly from: string | null;
}): VNode {
  const { followed, again } = useMessage(begun.id, null, from);
  const shown = followed.value;
  const message = shown.kind === "here" ? shown.message : begun;
  const number = shownNumber(message.to, {});
  return (
    <Panel
      title={number}
      ruled
      actions={
        <>
          <MessagePill t={t} message={message} />
          <ButtonLink small kind="quiet" href={`/messages/${message.id}`}>
            {t("message.openPage")}
          </ButtonLink>
        </>
      }
    >
      <p class="sr-only" role="status">{t("compose.sentTitle", { number })}</p>
      <MessageBody t={t} message={message} />
      <div class="mt-3 border-t border-line pt-3">
        <MessageFacts t={t} message={message} seesConnectors={seesConnectors} />
      </div>
      <div class="mt-3 border-t border-line pt-3">
        {shown.kind === "failed"
          ? (
            <EmptyState
              kind="error"
              title={t("errors.panelTitle", { name: t("message.life") })}
              actions={<Button icon="restart" onClick={again}>{t("errors.retry")}</Button>}
            >
              {shown.detail}
            </EmptyState>
          )
          : <MessageLifeLine t={t} message={message} now={serverNow.value} />}
      </div>
    </Panel>
  );
}
