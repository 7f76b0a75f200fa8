import type { Context } from "fresh";
import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import type { VNode } from "preact";
import { AppShell } from "../../../components/app_shell.tsx";
import { Button } from "../../../components/button.tsx";
import { FieldGroup } from "../../../components/field_group.tsx";
import { KeyValues } from "../../../components/key_values.tsx";
import { Panel } from "../../../components/panel.tsx";
import { PasswordField } from "../../../components/password_field.tsx";
import { SelectField } from "../../../components/select_field.tsx";
import { TextField } from "../../../components/text_field.tsx";
import {
  MIN_PASSWORD_LENGTH,
  type Profile,
  THEMES,
  type UserPrincipal,
} from "../../../services/auth/mod.ts";
import { LANGUAGES, type T } from "../../../services/i18n/mod.ts";
import { DoneNotice } from "../../(_parts)/done_notice.tsx";
import { keepTheme } from "../../appearance.ts";
import type { Faults } from "../../forms.ts";
import { dropSession } from "../../middleware/mod.ts";
import { principalOf, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define, type State } from "../../state.ts";
import { SecondFactorPanel } from "./(_parts)/second_factor_panel.tsx";
import { type OwnSession, SessionsPanel } from "./(_parts)/sessions_panel.tsx";
import { act, DONE, type Done, type Enrolment } from "./profile_acts.ts";

interface ProfilePage {
  readonly shell: Shell;
  readonly profile: Profile;
  readonly factor: { readonly enabledAt: Date | null; readonly recoveryCodesLeft: number };
  readonly sessions: readonly OwnSession[];
  readonly faults: Faults;
  readonly enrolment: Enrolment | null;
  readonly codes: readonly string[] | null;
  readonly done: Done | null;
}

/** @throws {HttpError} 403 for a program: a profile is a person's own */
function ownerOf(ctx: Context<State>): UserPrincipal {
  const principal = principalOf(ctx);
  if (principal.kind !== "user") throw new HttpError(403);
  return principal;
}

async function gather(
  ctx: Context<State>,
  more: Partial<Pick<ProfilePage, "faults" | "enrolment" | "codes">> = {},
): Promise<ProfilePage> {
  const principal = ownerOf(ctx);
  const { profiles, secondFactor } = ctx.state.services;
  const t = wordsOf(ctx);
  const crumbs = [{ label: t("profile.title") }];
  const [shell, profile, factor, sessions] = await Promise.all([
    shellOf(ctx, { current: null, crumbs }),
    profiles.read(principal),
    secondFactor.status(principal),
    profiles.sessions(principal),
  ]);
  const done = DONE.find((each) => each === ctx.url.searchParams.get("done")) ?? null;
  return {
    shell,
    profile,
    factor,
    sessions,
    faults: {},
    enrolment: null,
    codes: null,
    done,
    ...more,
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await gather(ctx));
  },
  async POST(ctx) {
    const outcome = await act(ctx, ownerOf(ctx), await ctx.req.formData());
    switch (outcome.kind) {
      case "done": {
        const response = ctx.redirect(`/profile?done=${outcome.done}`, 303);
        if (outcome.theme !== undefined) keepTheme(response.headers, ctx.url, outcome.theme);
        return response;
      }
      case "everywhere": {
        const response = ctx.redirect("/sign-in?out=everywhere", 303);
        dropSession(response.headers);
        return response;
      }
      case "faults": {
        const { enrolment = null, faults } = outcome;
        return page(await gather(ctx, { faults, enrolment }), { status: 422 });
      }
      // No redirect for the two: they are shown this once.
      case "enrolment":
        return page(await gather(ctx, { enrolment: outcome.enrolment }));
      case "codes":
        return page(await gather(ctx, { codes: outcome.codes }));
    }
  },
});

const DONE_KEYS = {
  saved: "profile.saved",
  password: "profile.passwordChanged",
  off: "profile.factorTurnedOff",
  session: "profile.sessionEnded",
  sessions: "profile.othersEnded",
} as const;

function Personal(
  { t, profile, faults }: { readonly t: T; readonly profile: Profile; readonly faults: Faults },
): VNode {
  const { account, user } = profile;
  return (
    <form method="post" action="/profile" novalidate>
      <Panel title={t("profile.personal")} ruled>
        <div class="mb-4">
          <KeyValues
            items={[
              { key: "email", label: t("profile.email"), value: user.email },
              { key: "role", label: t("users.role"), value: t(`roles.${user.role}`) },
              { key: "account", label: t("profile.account"), value: account.name },
            ]}
          />
        </div>
        <FieldGroup>
          <TextField
            id="name"
            name="name"
            label={t("profile.name")}
            value={user.name}
            error={faults["name"]}
            maxLength={120}
            autocomplete="name"
            required
          />
          <SelectField
            id="language"
            name="language"
            label={t("profile.language")}
            value={user.language}
            choices={LANGUAGES.map((each) => ({ value: each, label: t(`languages.${each}`) }))}
          />
          <SelectField
            id="theme"
            name="theme"
            label={t("profile.theme")}
            value={user.theme}
            choices={THEMES.map((each) => ({ value: each, label: t(`theme.${each}`) }))}
          />
        </FieldGroup>
        <div class="mt-4">
          <Button type="submit" kind="primary" name="act" value="save">{t("common.save")}</Button>
        </div>
      </Panel>
    </form>
  );
}

function Password({ t, faults }: { readonly t: T; readonly faults: Faults }): VNode {
  return (
    <form method="post" action="/profile" novalidate>
      <Panel title={t("profile.passwordTitle")} ruled>
        <FieldGroup>
          <PasswordField
            t={t}
            id="currentPassword"
            name="currentPassword"
            label={t("profile.currentPassword")}
            error={faults["currentPassword"]}
            autocomplete="current-password"
            required
          />
          <PasswordField
            t={t}
            id="newPassword"
            name="newPassword"
            label={t("profile.newPassword")}
            hint={t("profile.newPasswordHint", { n: MIN_PASSWORD_LENGTH })}
            error={faults["newPassword"]}
            autocomplete="new-password"
            required
          />
        </FieldGroup>
        <div class="mt-4">
          <Button type="submit" name="act" value="password">{t("profile.changePassword")}</Button>
        </div>
      </Panel>
    </form>
  );
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { codes, done, enrolment, factor, faults, profile, sessions, shell } = data;
  const shown = done !== null
    ? t(DONE_KEYS[done])
    : codes !== null
    ? t("profile.factorTurnedOn")
    : null;
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("profile.title") })}</title>
      </Head>
      <DoneNotice text={shown} />
      <div class="grid max-w-200 gap-4">
        <Personal t={t} profile={profile} faults={faults} />
        <Password t={t} faults={faults} />
        <SecondFactorPanel
          t={t}
          status={factor}
          enrolment={enrolment}
          codes={codes}
          faults={faults}
        />
        <SessionsPanel t={t} sessions={sessions} />
      </div>
    </AppShell>
  );
});
