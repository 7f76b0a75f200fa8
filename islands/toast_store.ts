/**
 * Results of what was just done, for any island to tell.
 * @module
 */
import { type Signal, signal } from "@preact/signals";
import type { Tone } from "../components/tone.ts";

/** A result. */
export interface ToastItem {
  readonly id: number;
  readonly tone: Tone;
  readonly title: string;
  readonly text?: string;
  /** What takes it back, where it can be. */
  readonly undo?: () => void;
}

/** What is shown, oldest first. */
export const toasts: Signal<readonly ToastItem[]> = signal([]);

/** How long a toast stays, unless the pointer or the focus is on it. */
export const TOAST_MS = 6_000;

/** More than this would cover the page: the oldest goes. */
const MOST = 4;

let last = 0;

/** Shows a result; answers its id. */
export function toast(item: Omit<ToastItem, "id">): number {
  last += 1;
  toasts.value = [...toasts.value, { ...item, id: last }].slice(-MOST);
  return last;
}

/** Takes a toast away; nothing happens when it is gone already. */
export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((item) => item.id !== id);
}
