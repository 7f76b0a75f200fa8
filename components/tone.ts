/**
 * The five ways something can be. A tone always comes with a shape and a word.
 * @module
 */
import type { KeyOf } from "../services/i18n/client.ts";

/** Disc, triangle, crossed square, half disc, barred ring. */
export type Tone = "ok" | "warn" | "down" | "info" | "idle";

/** Colour of a tone's glyph. */
export const TONE_GLYPH: Readonly<Record<Tone, string>> = {
  ok: "text-ok",
  warn: "text-warn",
  down: "text-down",
  info: "text-info",
  idle: "text-idle",
};

/** Colour of a tone's word in a row: a quiet one when all is well. */
export const TONE_WORD: Readonly<Record<Tone, string>> = {
  ok: "text-ink",
  warn: "text-warn-text",
  down: "text-down-text font-medium",
  info: "text-info-text",
  idle: "text-ink-2",
};

/** Ground and text of a tone where it stands on a ground of its own. */
export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  ok: "bg-ok-soft text-ok-text [--ground:var(--color-ok-soft)]",
  warn: "bg-warn-soft text-warn-text [--ground:var(--color-warn-soft)]",
  down: "bg-down-soft text-down-text [--ground:var(--color-down-soft)]",
  info: "bg-info-soft text-info-text [--ground:var(--color-info-soft)]",
  idle: "bg-idle-soft text-idle-text [--ground:var(--color-idle-soft)]",
};

/** States of an MT message, and `received` of an MO. */
export type MessageStateName = keyof typeof MESSAGE_TONES;

export const MESSAGE_TONES = {
  queued: "idle",
  sending: "info",
  accepted: "info",
  sent: "info",
  delivered: "ok",
  undelivered: "down",
  expired: "down",
  rejected: "down",
  failed: "down",
  uncertain: "warn",
  unconfirmed: "idle",
  received: "ok",
} as const satisfies Readonly<Record<string, Tone>>;

/** States of a connector as pages name them. */
export type ConnectorStateName = keyof typeof CONNECTOR_TONES;

export const CONNECTOR_TONES = {
  down: "down",
  throttled: "warn",
  binding: "info",
  unknown: "idle",
  bound: "ok",
  boundTrx: "ok",
  boundTx: "ok",
  boundRx: "ok",
  stopped: "idle",
  removed: "idle",
} as const satisfies Readonly<Record<string, Tone>>;

/** The order in which connectors are listed: what is wrong comes first. */
const CONNECTOR_ORDER = Object.keys(CONNECTOR_TONES);

/** Compares two connectors for a list: the worse first, then by name. */
export function byWorst(
  left: { readonly name: string; readonly state: ConnectorStateName },
  right: { readonly name: string; readonly state: ConnectorStateName },
): number {
  const rank = (state: ConnectorStateName) =>
    state.startsWith("bound") ? CONNECTOR_ORDER.indexOf("bound") : CONNECTOR_ORDER.indexOf(state);
  return rank(left.state) - rank(right.state) || left.name.localeCompare(right.name);
}

/** The words of a connector's state, told apart by how it is bound where that is known. */
export function connectorStateOf(
  state: "bound" | "binding" | "down" | "stopped",
  session: string,
): ConnectorStateName {
  if (state !== "bound") return state;
  const how = { BOUND_TRX: "boundTrx", BOUND_TX: "boundTx", BOUND_RX: "boundRx" } as const;
  return Object.entries(how).find(([name]) => name === session)?.[1] ?? "bound";
}

/** The key of what moved a message, as its life names it; null for one that we don't know. */
export function signalKey(signal: string): KeyOf<"signals"> | null {
  const name = signal.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return SIGNAL_KEYS.find((key) => key === `signals.${name}`) ?? null;
}

const SIGNAL_KEYS: readonly KeyOf<"signals">[] = [
  "signals.request",
  "signals.lease",
  "signals.accept",
  "signals.defer",
  "signals.refuse",
  "signals.lose",
  "signals.giveUp",
  "signals.timeOut",
  "signals.submitted",
  "signals.submitRetried",
  "signals.submitFailed",
  "signals.receiptEnroute",
  "signals.receiptDelivered",
  "signals.receiptUndelivered",
  "signals.receiptExpired",
  "signals.receiptRejected",
  "signals.receiptDeleted",
];
