/**
 * Messages as the pages of messages hand them to their islands: in the API's words.
 * @module
 */
import type { ApiMessageLife } from "../../../islands/message_api.ts";
import type { SpacedNumbers } from "../../../islands/message_numbers.ts";
import type { LifeStep, Message } from "../../../services/messages/mod.ts";
import { showMessage, showStep } from "../../api/v1/messages/schemas.ts";

/** A message with its life. */
export function lifeShown(
  { message, life }: { readonly message: Message; readonly life: readonly LifeStep[] },
  seesConnectors: boolean,
): ApiMessageLife {
  return {
    ...showMessage(message, seesConnectors),
    transitions: life.map((step) => showStep(step, seesConnectors)),
  };
}

/** Numbers as they are shown, those alone that are shown otherwise than they are written. */
export function numbersOf(
  numbers: readonly string[],
  spaced: (e164: string) => string,
): SpacedNumbers {
  return Object.fromEntries(
    [...new Set(numbers)].map((number) => [number, spaced(number)] as const),
  );
}
