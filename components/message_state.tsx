import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { StateWord } from "./state_word.tsx";
import { MESSAGE_TONES, type MessageStateName } from "./tone.ts";

interface Props {
  readonly t: T<"messageStates">;
  readonly state: MessageStateName;
}

/** A message's state in a row. */
export function MessageState({ t, state }: Props): VNode {
  return <StateWord tone={MESSAGE_TONES[state]}>{t(`messageStates.${state}`)}</StateWord>;
}
