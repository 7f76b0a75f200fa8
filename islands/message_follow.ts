/**
 * One message, as it is now: read again whenever the live stream says that it moved.
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { follow, keepClock } from "./live.ts";
import { api, ApiError, type ApiMessageLife } from "./message_api.ts";

/** A message that is followed. */
export type Followed =
  | { readonly kind: "loading" }
  | { readonly kind: "here"; readonly message: ApiMessageLife }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly detail: string };

/** Reads a message by its id. */
async function read(id: string): Promise<Followed> {
  try {
    return {
      kind: "here",
      message: await api<ApiMessageLife>(`/api/v1/messages/${encodeURIComponent(id)}`),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 404 ? { kind: "missing" } : { kind: "failed", detail: error.message };
  }
}

/**
 * Follows a message to its end, and beyond: a receipt may still correct it.
 * @param initial what the server read, if it did
 * @param from the live position at which it was read
 */
export function useMessage(
  id: string | null,
  initial: ApiMessageLife | null,
  from: string | null,
): { readonly followed: Signal<Followed>; readonly again: () => void } {
  const followed = useSignal<Followed>(
    initial === null ? { kind: "loading" } : { kind: "here", message: initial },
  );
  const asked = useSignal(0);
  useEffect(() => {
    if (id === null) return;
    let reading = false;
    let moved = false;
    let left = false;
    const shown = followed.peek();
    const readAgain = async () => {
      if (reading) {
        moved = true;
        return;
      }
      reading = true;
      do {
        moved = false;
        const found = await read(id);
        if (left) return;
        // What is shown is better than word of a line that is cut; the next event asks again.
        const isWorse = found.kind === "failed" && followed.peek().kind === "here";
        if (!isWorse) followed.value = found;
      } while (moved);
      reading = false;
    };
    if (shown.kind !== "here" || shown.message.id !== id || asked.peek() > 0) {
      if (shown.kind !== "here" || shown.message.id !== id) followed.value = { kind: "loading" };
      void readAgain();
    }
    const stopClock = keepClock();
    const leave = follow({
      channels: ["messages", "metrics"],
      event: (event) => {
        if (event.type === "messages.transition" && event.data.id === id) void readAgain();
      },
      missed: () => void readAgain(),
    }, from);
    return () => {
      left = true;
      stopClock();
      leave();
    };
  }, [id, asked.value]);
  return { followed, again: () => asked.value += 1 };
}
