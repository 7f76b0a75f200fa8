import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { StateWord } from "./state_word.tsx";
import { CONNECTOR_TONES, type ConnectorStateName } from "./tone.ts";

interface Props {
  readonly t: T<"connectorStates">;
  readonly state: ConnectorStateName;
}

/** A connector's state in a row. */
export function ConnectorState({ t, state }: Props): VNode {
  return <StateWord tone={CONNECTOR_TONES[state]}>{t(`connectorStates.${state}`)}</StateWord>;
}
