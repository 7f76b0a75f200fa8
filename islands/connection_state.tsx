import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { connectionState, isStale } from "../components/connection.ts";
import { LiveLabel } from "../components/live_label.tsx";
import { speak, type Spoken } from "../services/i18n/client.ts";
import { heardAt, keepClock, now, online } from "./live.ts";

/**
 * The live state in the top bar, by what `live.ts` heard. Over 15 s it marks the document
 * `data-stale`, so that every live value turns grey. Readers are told of a change, not of each
 * second.
 */
export default function ConnectionState({ spoken }: { spoken: Spoken<"live"> }): VNode {
  const t = speak(spoken);
  useEffect(() => keepClock(), []);
  const state = connectionState(heardAt.value, now.value, online.value);
  const stale = isStale(heardAt.value, now.value);
  useEffect(() => {
    document.documentElement.toggleAttribute("data-stale", stale);
  }, [stale]);
  const time = heardAt.value === null ? null : t.format.time(new Date(heardAt.value));
  return (
    <>
      <LiveLabel t={t} state={state} time={time} />
      <span class="sr-only" role="status">
        {state === "live" || state === "connecting" ? "" : t("live.again")}
      </span>
    </>
  );
}
