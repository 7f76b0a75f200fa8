import type { Context } from "fresh";
import { page } from "fresh";
import { Head } from "fresh/runtime";
import type { VNode } from "preact";
import { AppShell } from "../../../components/app_shell.tsx";
import { Banner } from "../../../components/banner.tsx";
import { Button } from "../../../components/button.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { Cell, Grid } from "../../../components/grid.tsx";
import { KeyValues } from "../../../components/key_values.tsx";
import { Moment } from "../../../components/moment.tsx";
import { PageHead } from "../../../components/page_head.tsx";
import { Panel } from "../../../components/panel.tsx";
import { PasswordField } from "../../../components/password_field.tsx";
import { Pill } from "../../../components/pill.tsx";
import type { Role } from "../../../services/accounts/mod.ts";
import { can, grantableRoles, type User } from "../../../services/auth/mod.ts";
import { NotFoundError } from "../../../services/errors/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { DoneNotice } from "../../(_parts)/done_notice.tsx";
import { type Faults, isId } from "../../forms.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define, type State } from "../../state.ts";
import { FaultSummary, UserFields } from "./(_parts)/user_fields.tsx";
import { act, DONE, type Done, mayChange, storedFields } from "./user_acts.ts";
import type { UserFields as Fields } from "./user_form.ts";

interface UserPage {
  readonly shell: Shell;
  readonly user: User;
  readonly account: string;
  readonly fields: Fields;
  readonly faults: Faults;
  readonly roles: readonly Role[];
  readonly own: boolean;
  readonly may: boolean;
  readonly done: Done | null;
}

/** @throws {NotFoundError} for what is no id, as for an id of nobody */
async function readUser(ctx: Context<State>, permission: "users:read" | "users:write") {
  const principal = requirePage(ctx, permission);
  const id = ctx.params["id"] ?? "";
  if (!isId(id)) throw new NotFoundError("There is no such user");
  return { principal, user: await ctx.state.services.users.read(principal, id) };
}

async function gather(
  ctx: Context<State>,
  shown?: { readonly fields: Fields; readonly faults: Faults },
): Promise<UserPage> {
  const { principal, user } = await readUser(ctx, "users:read");
  const t = wordsOf(ctx);
  const crumbs = [{ label: t("users.title"), href: "/users" }, { label: user.name }];
  const accounts = await ctx.state.services.accounts.list(principal.scope);
  const own = user.id === principal.userId;
  return {
    shell: await shellOf(ctx, { current: "users", crumbs, detail: true }),
    user,
    account: accounts.find(({ id }) => id === user.accountId)?.name ?? "",
    fields: shown?.fields ?? storedFields(user),
    faults: shown?.faults ?? {},
    roles: own ? [user.role] : grantableRoles(principal.role),
    own,
    may: can(principal, "users:write") && mayChange(principal, user),
    done: DONE.find((each) => each === ctx.url.searchParams.get("done")) ?? null,
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await gather(ctx));
  },
  async POST(ctx) {
    const { principal, user } = await readUser(ctx, "users:write");
    const outcome = await act(ctx, principal, user, await ctx.req.formData());
    if ("done" in outcome) return ctx.redirect(`/users/${user.id}?done=${outcome.done}`, 303);
    return page(await gather(ctx, outcome), { status: 422 });
  },
});

function doneWords(t: T, done: Done, name: string): string {
  switch (done) {
    case "created":
      return t("users.created", { name });
    case "saved":
      return t("users.saved");
    case "password":
      return t("users.passwordSet");
    case "disabled":
      return t("users.disabledDone", { name });
    case "enabled":
      return t("users.enabledDone", { name });
    case "reset":
      return t("users.resetDone");
  }
}

/** Everything that takes access or gives it back; each asks first where it takes. */
function AccessPanel({ t, data }: { readonly t: T; readonly data: UserPage }): VNode {
  const { faults, user } = data;
  const action = `/users/${user.id}`;
  return (
    <Panel title={t("users.access")} ruled>
      <form method="post" action={action} class="grid max-w-80 gap-3" novalidate>
        <PasswordField
          t={t}
          id="password"
          name="password"
          label={t("users.passwordTitle")}
          hint={t("users.passwordEffect")}
          error={faults["password"]}
          autocomplete="new-password"
          required
        />
        <div>
          <Button type="submit" name="act" value="password">{t("users.setPassword")}</Button>
        </div>
      </form>
      <div class="mt-4 flex flex-wrap gap-2 border-t border-line pt-4">
        {user.secondFactor && (
          <Button command="show-modal" commandfor="reset">{t("users.resetSecondFactor")}</Button>
        )}
        {user.status === "active"
          ? <Button command="show-modal" commandfor="disable">{t("users.disableVerb")}</Button>
          : (
            <form method="post" action={action}>
              <Button type="submit" name="act" value="enable">{t("users.enable")}</Button>
            </form>
          )}
      </div>
      <ConfirmDialog
        t={t}
        id="disable"
        title={t("users.disableTitle", { name: user.name })}
        effects={[
          { tone: "down", text: t("users.disableEffect") },
          { tone: "info", text: t("users.disableEffectKept") },
        ]}
        action={action}
        verb={t("users.disableVerb")}
        hidden={<input type="hidden" name="act" value="disable" />}
      />
      <ConfirmDialog
        t={t}
        id="reset"
        title={t("users.resetTitle", { name: user.name })}
        effects={[{ tone: "warn", text: t("users.resetEffect") }]}
        action={action}
        verb={t("users.resetSecondFactor")}
        hidden={<input type="hidden" name="act" value="reset" />}
      />
    </Panel>
  );
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { account, done, faults, fields, may, own, roles, shell, user } = data;
  const labels = {
    name: t("users.name"),
    email: t("users.email"),
    role: t("users.role"),
    password: t("users.passwordTitle"),
  };
  const now = new Date();
  const at = (moment: Date) => <Moment format={t.format} at={moment} now={now} as="long" />;
  const facts = [
    { key: "account", label: t("users.account"), value: account },
    { key: "email", label: t("users.email"), value: user.email },
    { key: "role", label: t("users.role"), value: t(`roles.${user.role}`) },
    {
      key: "factor",
      label: t("users.secondFactor"),
      value: t(user.secondFactor ? "form.on" : "form.off"),
    },
    {
      key: "seen",
      label: t("users.lastSeen"),
      value: user.lastLoginAt === null ? t("users.never") : at(user.lastLoginAt),
    },
    { key: "added", label: t("users.added"), value: at(user.createdAt) },
  ];
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: user.name })}</title>
      </Head>
      <DoneNotice text={done === null ? null : doneWords(t, done, user.name)} />
      {!may && <Banner kind="info" title={t("users.aboveYou", { name: user.name })} />}
      <FaultSummary t={t} faults={faults} labels={labels} />
      <PageHead
        title={user.name}
        pill={
          <Pill tone={user.status === "active" ? "ok" : "idle"}>
            {t(`userStates.${user.status}`)}
          </Pill>
        }
        sub={t(`roleNotes.${user.role}`)}
      />
      <Grid>
        {may && (
          <Cell span="twoThirds">
            <div class="grid content-start gap-4">
              <form method="post" action={`/users/${user.id}`} novalidate>
                <Panel title={t("users.personal")} ruled>
                  <UserFields t={t} fields={fields} faults={faults} roles={roles} />
                  {own && <p class="mt-3 text-12 text-ink-2">{t("users.ownRole")}</p>}
                  <div class="mt-4">
                    <Button type="submit" kind="primary" name="act" value="save">
                      {t("common.save")}
                    </Button>
                  </div>
                </Panel>
              </form>
              {!own && <AccessPanel t={t} data={data} />}
            </div>
          </Cell>
        )}
        <Cell span={may ? "side" : "full"}>
          <div>
            <Panel title={t("common.details")} ruled>
              <KeyValues items={facts} />
            </Panel>
          </div>
        </Cell>
      </Grid>
    </AppShell>
  );
});
