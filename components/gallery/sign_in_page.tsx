import type { VNode } from "preact";
import { LANGUAGES, type T } from "../../services/i18n/client.ts";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { PasswordField } from "../password_field.tsx";
import { SignInFrame } from "../sign_in_frame.tsx";
import { TextField } from "../text_field.tsx";
import { SAID } from "./samples.ts";

/** The sign-in, with a wrong password. */
export function SignInPage({ t, wrong }: { readonly t: T; readonly wrong: boolean }): VNode {
  return (
    <SignInFrame
      t={t}
      gateway={SAID.gateway}
      tools={
        <label class="flex items-center gap-2">
          <span class="sr-only">{t("languages.label")}</span>
          <select class="select-arrow h-8 rounded-4 border border-line-strong bg-surface pr-7 pl-2 touch:h-11">
            {LANGUAGES.map((language) => (
              <option key={language} selected={language === t.language}>
                {t(`languages.${language}`)}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <form method="post" class="grid gap-4">
        <h1 class="text-20 font-semibold">{t("signIn.title")}</h1>
        <TextField
          id="email"
          name="email"
          type="email"
          label={t("signIn.email")}
          value={SAID.email}
          autocomplete="username"
          required
        />
        <PasswordField
          t={t}
          id="password"
          name="password"
          label={t("signIn.password")}
          autocomplete="current-password"
          required
          beside={<a href="#" class="link touch:-my-3 touch:py-3">{t("signIn.forgotten")}</a>}
          error={wrong ? t("signIn.wrong", { n: 3 }) : undefined}
        />
        <Checkbox name="stay" label={t("signIn.stay")} checked />
        <Button type="submit" kind="primary">{t("signIn.submit")}</Button>
        <p class="text-ink-2">{t("signIn.secondFactorNote")}</p>
      </form>
    </SignInFrame>
  );
}
