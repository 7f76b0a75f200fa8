import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { speak, type Spoken } from "../services/i18n/client.ts";

interface Props {
  spoken: Spoken<"theme">;
  /** What the user chose; null follows the system. */
  theme: "light" | "dark" | null;
  /** Where the choice is posted as `theme`; the server answers by its cookie. */
  action: string;
}

/** Changes between light and dark, at once with a script and by the form without. */
export default function ThemeSwitch({ spoken, theme, action }: Props): VNode {
  const t = speak(spoken);
  const [shown, setShown] = useState(theme ?? "light");
  useEffect(() => {
    if (theme === null && matchMedia("(prefers-color-scheme: dark)").matches) setShown("dark");
  }, []);
  const next = shown === "light" ? "dark" : "light";
  const change = async (event: SubmitEvent) => {
    event.preventDefault();
    document.documentElement.dataset["theme"] = next;
    setShown(next);
    try {
      await fetch(action, { method: "POST", body: new URLSearchParams({ theme: next }) });
    } catch {
      // Offline: the page shows the theme all the same, and the next change is kept.
    }
  };
  return (
    <form method="post" action={action} onSubmit={change}>
      <input type="hidden" name="theme" value={next} />
      <Button
        type="submit"
        kind="quiet"
        icon={shown === "light" ? "sun" : "moon"}
        label={t(shown === "light" ? "theme.nowLight" : "theme.nowDark")}
      />
    </form>
  );
}
