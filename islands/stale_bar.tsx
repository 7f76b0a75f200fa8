import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { isStale } from "../components/connection.ts";
import { OfflineBar } from "../components/offline_bar.tsx";
import { speak, type Spoken } from "../services/i18n/client.ts";
import { heardAt, keepClock, now, online, tryNow } from "./live.ts";

/** Above the page while its values are over 15 s old. */
export default function StaleBar({ spoken }: { spoken: Spoken<"live"> }): VNode | null {
  const t = speak(spoken);
  useEffect(() => keepClock(), []);
  if (heardAt.value === null || !isStale(heardAt.value, now.value)) return null;
  return (
    <OfflineBar
      t={t}
      offline={!online.value}
      ago={t.format.duration(Math.floor((now.value - heardAt.value) / 1_000) * 1_000)}
      time={t.format.time(new Date(heardAt.value))}
      action={
        <Button small onClick={() => tryNow.value += 1}>
          {t("live.tryNow")}
        </Button>
      }
    />
  );
}
