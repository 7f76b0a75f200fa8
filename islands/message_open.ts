/// <reference lib="dom" />
/**
 * Which message is shown beside the list. It is in the URL (`open`), so that a link, "back" and a
 * page without scripts say the same.
 * @module
 */
import { type Signal, signal } from "@preact/signals";

/** The query's name. */
const OPEN = "open";

/** Undefined until the page lives; then the message's id, or null for none. */
export const opened: Signal<string | null | undefined> = signal(undefined);

/** The list's address with a message beside it, or without. */
export function addressOf(base: string, id: string | null): string {
  const url = new URL(base, "http://localhost");
  if (id === null) url.searchParams.delete(OPEN);
  else url.searchParams.set(OPEN, id);
  return url.pathname + url.search;
}

/** Shows a message beside the list, or none, without another page. */
export function openMessage(id: string | null): void {
  history.pushState(null, "", addressOf(location.href, id));
  opened.value = id;
}

/** Follows "back" and "forward" until the function that it answers is called. */
export function followHistory(initial: string | null): () => void {
  if (opened.peek() === undefined) opened.value = initial;
  const read = () => opened.value = new URLSearchParams(location.search).get(OPEN);
  addEventListener("popstate", read);
  return () => removeEventListener("popstate", read);
}

/** Whether a click asks for the link here, and not for a tab or window of its own. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey &&
    !event.altKey && !event.defaultPrevented;
}
