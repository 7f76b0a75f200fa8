import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { Toast } from "../components/toast.tsx";
import type { Tone } from "../components/tone.ts";
import { speak, type Spoken } from "../services/i18n/client.ts";
import { dismiss, toast, TOAST_MS, type ToastItem, toasts } from "./toast_store.ts";

interface Props {
  spoken: Spoken<"common">;
  /** What a form did before it led here. */
  initial?: { tone: Tone; title: string; text?: string }[];
}

/** The corner where results are told, politely; each stays while it is pointed at. */
export default function Toasts({ spoken, initial = [] }: Props): VNode {
  useEffect(() => initial.forEach((item) => toast(item)), []);
  return (
    <div
      aria-live="polite"
      class="pointer-events-none fixed right-4 bottom-4 z-80 grid w-[min(23.5rem,calc(100vw-2rem))] gap-2 max-sm:bottom-[calc(4.25rem+env(safe-area-inset-bottom))]"
    >
      {toasts.value.map((item) => <One key={item.id} item={item} spoken={spoken} />)}
    </div>
  );
}

function One({ item, spoken }: { item: ToastItem; spoken: Spoken<"common"> }): VNode {
  const t = speak(spoken);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(item.id), TOAST_MS);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    <div
      class="pointer-events-auto"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <Toast
        tone={item.tone}
        title={item.title}
        text={item.text}
        actions={
          <>
            {item.undo !== undefined && (
              <Button
                small
                onClick={() => {
                  item.undo?.();
                  dismiss(item.id);
                }}
              >
                {t("common.undo")}
              </Button>
            )}
            <Button
              kind="quiet"
              small
              icon="x"
              label={t("common.close")}
              onClick={() => dismiss(item.id)}
            />
          </>
        }
      />
    </div>
  );
}
