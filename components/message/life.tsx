import type { VNode } from "preact";
import type { ApiMessageLife, ApiStep } from "../../islands/message_api.ts";
import type { T } from "../../services/i18n/client.ts";
import { Mono } from "../code.tsx";
import { Moment } from "../moment.tsx";
import { TimeLine, type TimeLineStep } from "../time_line.tsx";
import { MESSAGE_TONES, signalKey, type Tone } from "../tone.ts";

/** What this part says. */
export type LifeWords = "message" | "messageStates" | "messageStateNotes" | "signals";

/** States that close a message. */
const CLOSED: readonly string[] = [
  "delivered",
  "undelivered",
  "expired",
  "rejected",
  "failed",
  "unconfirmed",
];

/** Whether nothing more is expected. */
export function isClosed(state: string): boolean {
  return CLOSED.includes(state);
}

/** Said elsewhere on the page, or our own book-keeping. */
const UNSAID = ["started_at", "attempt", "text"];

/** The gateway's words of a step as they came: `level:2 message_status:DELIVRD`. */
export function rawWords({ detail }: ApiStep): string {
  return Object.entries(detail)
    .filter(([key, value]) => !UNSAID.includes(key) && value !== null && value !== "")
    .map(([key, value]) => `${key}:${String(value)}`)
    .join(" ");
}

interface Props {
  readonly t: T<LifeWords>;
  readonly message: ApiMessageLife;
  /** The present, in ms. */
  readonly now: number;
}

function detailOf(t: T<LifeWords>, steps: readonly ApiStep[], place: number): VNode | undefined {
  const step = steps[place];
  const before = steps[place - 1];
  if (step === undefined) return undefined;
  const raw = rawWords(step);
  const span = before === undefined
    ? null
    : new Date(step.at).getTime() - new Date(before.at).getTime();
  const notes = [
    span === null || span <= 0 ? null : t("message.afterSpan", { span: t.format.duration(span) }),
    before !== undefined && isClosed(before.state)
      ? t("message.correction", { state: t(`messageStates.${before.state}`) })
      : null,
  ].filter((note) => note !== null);
  if (notes.length === 0 && raw === "") return undefined;
  return (
    <>
      {notes.join(", ")}
      {raw !== "" && (
        <span class="block">
          <Mono>{raw}</Mono>
        </span>
      )}
    </>
  );
}

/** One message's life, oldest first; while it lasts, its last step says what is waited for. */
export function MessageLifeLine({ t, message, now }: Props): VNode {
  const { state, transitions } = message;
  const steps = transitions.map((step, place): TimeLineStep => {
    const key = signalKey(step.signal);
    return {
      key: `${step.at} ${step.signal} ${place}`,
      tone: MESSAGE_TONES[step.state],
      title: key === null ? step.signal : t(key),
      time: <Moment format={t.format} at={new Date(step.at)} now={new Date(now)} as="ms" />,
      detail: detailOf(t, transitions, place),
    };
  });
  const tone: Tone = state === "uncertain" ? "warn" : "idle";
  const waits: TimeLineStep[] = isClosed(state) ? [] : [{
    key: "waits",
    tone,
    title: <span class="text-ink-2">{t(`messageStateNotes.${state}`)}</span>,
    time: t.format.duration(
      Math.max(0, Math.floor((now - new Date(message.state_since).getTime()) / 1_000) * 1_000),
    ),
  }];
  return (
    <TimeLine
      label={t(isClosed(state) ? "message.life" : "message.lifeLive")}
      live
      steps={[...steps, ...waits]}
    />
  );
}
