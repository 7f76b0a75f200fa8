import type { VNode } from "preact";
import { Button } from "../components/button.tsx";
import { type Language, LANGUAGES, speak, type Spoken } from "../services/i18n/client.ts";

interface Props {
  spoken: Spoken<"common" | "languages">;
  language: Language;
  /** Where the choice is posted as `language`. */
  action: string;
  /** The page to come back to. */
  back: string;
}

/** Changes the language before anybody is signed in: at once with a script, by its button without. */
export default function SetupLanguage({ spoken, language, action, back }: Props): VNode {
  const t = speak(spoken);
  return (
    <form method="post" action={action} class="flex items-center gap-2">
      <input type="hidden" name="back" value={back} />
      <label class="sr-only" for="language">{t("languages.label")}</label>
      <select
        id="language"
        name="language"
        class="select-arrow h-8 rounded-4 border border-line-strong bg-surface pr-7 pl-2 touch:h-11 max-sm:text-16"
        onChange={({ currentTarget }) => currentTarget.form?.requestSubmit()}
      >
        {LANGUAGES.map((each) => (
          <option key={each} value={each} lang={each} selected={each === language}>
            {t(`languages.${each}`)}
          </option>
        ))}
      </select>
      <noscript>
        <Button type="submit">{t("common.change")}</Button>
      </noscript>
    </form>
  );
}
