import type { Context } from "fresh";
import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import type { VNode } from "preact";
import { AppShell } from "../../../components/app_shell.tsx";
import { Banner } from "../../../components/banner.tsx";
import { Button } from "../../../components/button.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { Checkbox } from "../../../components/checkbox.tsx";
import { Copyable } from "../../../components/code.tsx";
import { Glyph } from "../../../components/glyph.tsx";
import { Panel } from "../../../components/panel.tsx";
import { SelectField } from "../../../components/select_field.tsx";
import { TextField } from "../../../components/text_field.tsx";
import { type ApiKey, type Permission, permissionsOf } from "../../../services/auth/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { type Faults, faultsOf, isFaulty, nameFault } from "../../forms.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define, type State } from "../../state.ts";
import { expiresAt, type KeyFields, keyFieldsOf, NEW_KEY } from "./key_form.ts";

interface NewKey {
  readonly shell: Shell;
  readonly fields: KeyFields;
  readonly faults: Faults;
  /** What the caller may give. */
  readonly offered: readonly Permission[];
  /** Shown this once. */
  readonly made: { readonly key: ApiKey; readonly secret: string } | null;
}

async function gather(ctx: Context<State>, more: Partial<NewKey> = {}): Promise<NewKey> {
  const principal = requirePage(ctx, "api-keys:write");
  const t = wordsOf(ctx);
  const crumbs = [{ label: t("apiKeys.title"), href: "/api-keys" }, { label: t("apiKeys.make") }];
  return {
    shell: await shellOf(ctx, { current: "api-keys", crumbs }),
    fields: NEW_KEY,
    faults: {},
    offered: permissionsOf(principal),
    made: null,
    ...more,
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await gather(ctx));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "api-keys:write");
    if (principal.kind !== "user") throw new HttpError(403);
    const t = wordsOf(ctx);
    const fields = keyFieldsOf(await ctx.req.formData());
    const beyond = fields.scopes.filter((each) => !permissionsOf(principal).includes(each));
    const faults = faultsOf({
      name: nameFault(t, t("apiKeys.name"), fields.name),
      scopes: fields.scopes.length === 0
        ? t("apiKeys.scopeNeeded")
        : beyond.length > 0
        ? t("apiKeys.scopeBeyond", { scope: t.format.list(beyond) })
        : null,
    });
    if (isFaulty(faults)) return page(await gather(ctx, { fields, faults }), { status: 422 });
    const { expiry, name, scopes } = fields;
    const made = await ctx.state.services.apiKeys.create({ ip: ctx.state.ip, principal }, {
      name,
      scopes: [...scopes],
      expiresAt: expiresAt(expiry, new Date()),
    });
    // No redirect: the secret is in this answer and nowhere else.
    return page(await gather(ctx, { made }), { status: 201 });
  },
});

/** The secret, this once. */
function MadeKey(
  { t, made }: { readonly t: T; readonly made: NonNullable<NewKey["made"]> },
): VNode {
  return (
    <div class="grid max-w-180 gap-4">
      <Panel title={t("apiKeys.madeTitle", { name: made.key.name })} ruled>
        <Banner kind="warn" title={t("apiKeys.once")} />
        <p class="rounded-4 border border-line bg-sunken p-3">
          <Copyable t={t} value={made.secret} label={t("apiKeys.copyKey")} />
        </p>
        <p class="mt-3 text-12 text-ink-2">{t("apiKeys.use")}</p>
      </Panel>
      <div class="flex flex-wrap gap-2">
        <ButtonLink kind="primary" href="/api-keys">{t("apiKeys.kept")}</ButtonLink>
        <ButtonLink kind="quiet" href="/api/docs">{t("apiDocs.title")}</ButtonLink>
      </div>
    </div>
  );
}

function KeyForm({ t, data }: { readonly t: T; readonly data: NewKey }): VNode {
  const { faults, fields, offered } = data;
  const { scopes: scopeFault } = faults;
  return (
    <form method="post" class="grid max-w-180 gap-4" novalidate>
      <Panel title={t("apiKeys.make")} ruled>
        <div class="grid gap-4">
          <TextField
            id="name"
            name="name"
            label={t("apiKeys.name")}
            hint={t("apiKeys.nameHint")}
            error={faults["name"]}
            value={fields.name}
            maxLength={120}
            autocomplete="off"
            required
          />
          <fieldset
            class="min-w-0"
            {...scopeFault === undefined ? {} : { "aria-describedby": "scopes-error" }}
          >
            <legend class="leading-5 font-medium">{t("apiKeys.scopes")}</legend>
            <p class="mb-1 text-12 text-ink-2">{t("apiKeys.scopesHint")}</p>
            {scopeFault !== undefined && (
              <p id="scopes-error" class="mb-1 flex gap-1 text-12 text-down-text">
                <Glyph tone="down" class="mt-0.5" />
                <span>{scopeFault}</span>
              </p>
            )}
            <div class="grid grid-cols-[repeat(auto-fill,minmax(min(12rem,100%),1fr))] gap-x-4 gap-y-1">
              {offered.map((each) => (
                <Checkbox
                  key={each}
                  name="scopes"
                  value={each}
                  checked={fields.scopes.includes(each)}
                  label={<span class="font-mono text-12">{each}</span>}
                />
              ))}
            </div>
          </fieldset>
          <div class="max-w-60">
            <SelectField
              id="expiry"
              name="expiry"
              label={t("apiKeys.expires")}
              value={fields.expiry}
              choices={[
                { value: "month", label: t("apiKeys.in30Days") },
                { value: "quarter", label: t("apiKeys.in90Days") },
                { value: "year", label: t("apiKeys.inYear") },
                { value: "never", label: t("apiKeys.expiresNever") },
              ]}
            />
          </div>
        </div>
      </Panel>
      <div class="flex flex-wrap gap-2">
        <Button type="submit" kind="primary">{t("apiKeys.makeSubmit")}</Button>
        <ButtonLink kind="quiet" href="/api-keys">{t("common.cancel")}</ButtonLink>
      </div>
    </form>
  );
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  return (
    <AppShell {...data.shell}>
      <Head>
        <title>{t("app.title", { page: t("apiKeys.make") })}</title>
      </Head>
      {data.made === null ? <KeyForm t={t} data={data} /> : <MadeKey t={t} made={data.made} />}
    </AppShell>
  );
});
