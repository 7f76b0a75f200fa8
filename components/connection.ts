/**
 * What the last sign of life says of the connection, by ui.md: over 3 s it is being made again,
 * over 15 s the values are old.
 * @module
 */
import type { LiveState } from "./live_label.tsx";

const AGAIN_AFTER_MS = 3_000;
const STALE_AFTER_MS = 15_000;

/**
 * @param heardAt when something was heard last, in ms; null before the first
 * @param now the present, in ms
 * @param online what the browser says of the network
 */
export function connectionState(heardAt: number | null, now: number, online: boolean): LiveState {
  if (heardAt === null) return online ? "connecting" : "offline";
  const silent = now - heardAt;
  if (silent <= AGAIN_AFTER_MS) return "live";
  if (silent > STALE_AFTER_MS) return online ? "stale" : "offline";
  return online ? "again" : "offline";
}

/** Whether values are too old to be shown as fresh. */
export function isStale(heardAt: number | null, now: number): boolean {
  return heardAt !== null && now - heardAt > STALE_AFTER_MS;
}
