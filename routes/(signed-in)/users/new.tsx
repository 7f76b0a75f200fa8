import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import { Button } from "../../../components/button.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { FieldGroup } from "../../../components/field_group.tsx";
import { Panel } from "../../../components/panel.tsx";
import { PasswordField } from "../../../components/password_field.tsx";
import { SelectField } from "../../../components/select_field.tsx";
import type { Account, Role } from "../../../services/accounts/mod.ts";
import { grantableRoles } from "../../../services/auth/mod.ts";
import { type Faults, fieldOf, isFaulty, passwordFault } from "../../forms.ts";
import { languageOf, requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { FaultSummary, UserFields } from "./(_parts)/user_fields.tsx";
import {
  choicesOf,
  fieldFaults,
  refusedFields,
  type UserFields as Fields,
  userFieldsOf,
} from "./user_form.ts";
import type { Context } from "fresh";
import type { State } from "../../state.ts";

interface NewUserForm {
  readonly shell: Shell;
  readonly fields: Fields;
  readonly faults: Faults;
  readonly roles: readonly Role[];
  readonly accounts: readonly Account[];
}

async function gather(
  ctx: Context<State>,
  fields: Fields,
  faults: Faults = {},
): Promise<NewUserForm> {
  const principal = requirePage(ctx, "users:write");
  const t = wordsOf(ctx);
  const crumbs = [{ label: t("users.title"), href: "/users" }, { label: t("users.addTitle") }];
  return {
    shell: await shellOf(ctx, { current: "users", crumbs }),
    fields,
    faults,
    roles: grantableRoles(principal.role),
    accounts: await ctx.state.services.accounts.list(principal.scope),
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    const { accountId } = requirePage(ctx, "users:write");
    const language = languageOf(ctx);
    return page(await gather(ctx, { name: "", email: "", role: "client", language, accountId }));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "users:write");
    const t = wordsOf(ctx);
    const form = await ctx.req.formData();
    const fields = userFieldsOf(form);
    const password = fieldOf(form, "password");
    const wrong = passwordFault(t, t("users.password"), password);
    let faults: Faults = {
      ...fieldFaults(t, fields),
      ...(wrong === null ? {} : { password: wrong }),
    };
    const choices = choicesOf(fields);
    if (choices === null) faults = { ...faults, role: t("form.choose") };
    if (!isFaulty(faults) && choices !== null) {
      const { accountId, email, name } = fields;
      try {
        const user = await ctx.state.services.users.create({ ip: ctx.state.ip, principal }, {
          ...choices,
          accountId: accountId === "" ? principal.accountId : accountId,
          email,
          name,
          password,
        });
        return ctx.redirect(`/users/${user.id}?done=created`, 303);
      } catch (error) {
        faults = refusedFields(t, error, fields);
      }
    }
    return page(await gather(ctx, fields, faults), { status: 422 });
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { accounts, faults, fields, roles, shell } = data;
  const labels = {
    name: t("users.name"),
    email: t("users.email"),
    role: t("users.role"),
    password: t("users.password"),
    accountId: t("users.account"),
  };
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("users.addTitle") })}</title>
      </Head>
      <form method="post" class="grid max-w-180 gap-4" novalidate>
        <FaultSummary t={t} faults={faults} labels={labels} />
        <Panel title={t("users.addTitle")} ruled>
          <UserFields t={t} fields={fields} faults={faults} roles={roles} />
          <div class="mt-4">
            <FieldGroup>
              {accounts.length > 1 && (
                <SelectField
                  id="accountId"
                  name="accountId"
                  label={t("users.account")}
                  value={fields.accountId}
                  error={faults["accountId"]}
                  choices={accounts.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
              <PasswordField
                t={t}
                id="password"
                name="password"
                label={t("users.password")}
                hint={t("users.passwordHint")}
                error={faults["password"]}
                autocomplete="new-password"
                required
              />
            </FieldGroup>
          </div>
        </Panel>
        <div class="flex flex-wrap gap-2">
          <Button type="submit" kind="primary">{t("users.add")}</Button>
          <ButtonLink kind="quiet" href="/users">{t("common.cancel")}</ButtonLink>
        </div>
      </form>
    </AppShell>
  );
});
