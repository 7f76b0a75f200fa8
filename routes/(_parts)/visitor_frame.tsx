import { Head } from "fresh/runtime";
import type { ComponentChildren, VNode } from "preact";
import { SignInFrame } from "../../components/sign_in_frame.tsx";
import Behaviours from "../../islands/behaviours.tsx";
import SetupLanguage from "../../islands/setup_language.tsx";
import ThemeSwitch from "../../islands/theme_switch.tsx";
import type { T } from "../../services/i18n/mod.ts";
import { themeOf } from "../appearance.ts";

interface Props {
  readonly t: T;
  readonly req: Request;
  /** Of the page, for the window. */
  readonly title: string;
  /** Where a change of language leads back to. */
  readonly back: string;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

const NO_KEYS = { dashboard: "/", connectors: null, messages: null, compose: null };

/** A page for who is not signed in, with the choice of language and theme. */
export function VisitorFrame({ t, req, title, back, wide = false, children }: Props): VNode {
  return (
    <SignInFrame
      t={t}
      gateway=""
      wide={wide}
      tools={
        <>
          <SetupLanguage
            spoken={t.spoken("common", "languages")}
            language={t.language}
            action="/preferences"
            back={back}
          />
          <ThemeSwitch spoken={t.spoken("theme")} theme={themeOf(req)} action="/preferences" />
        </>
      }
    >
      <Head>
        <title>{t("app.title", { page: title })}</title>
      </Head>
      {children}
      <Behaviours keys={NO_KEYS} />
    </SignInFrame>
  );
}
