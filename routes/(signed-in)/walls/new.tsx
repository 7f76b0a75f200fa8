import { page } from "fresh";
import { Head } from "fresh/runtime";
import { WallFields } from "../../(_parts)/wall_fields.tsx";
import { AppShell } from "../../../components/app_shell.tsx";
import { Banner } from "../../../components/banner.tsx";
import { Button } from "../../../components/button.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { Copyable } from "../../../components/code.tsx";
import { FormErrors } from "../../../components/form_errors.tsx";
import { Panel } from "../../../components/panel.tsx";
import { type Faults, isFaulty } from "../../forms.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { NEW_WALL, readWallForm, wallFaults, type WallForm } from "./form.ts";

interface NewWallPage {
  readonly shell: Shell;
  readonly form: WallForm;
  readonly faults: Faults;
  /** The address of the display that was just made: told here, and never again. */
  readonly made: string | null;
}

export const handlers = define.handlers({
  async GET(ctx) {
    requirePage(ctx, "walls:write");
    const t = wordsOf(ctx);
    const shell = await shellOf(ctx, {
      current: "walls",
      crumbs: [{ label: t("walls.title"), href: "/walls" }, { label: t("walls.make") }],
    });
    return page<NewWallPage>({ shell, form: NEW_WALL, faults: {}, made: null });
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "walls:write");
    const t = wordsOf(ctx);
    const { ip, services } = ctx.state;
    const form = readWallForm(await ctx.req.formData());
    const faults = wallFaults(t, form);
    const shell = await shellOf(ctx, {
      current: "walls",
      crumbs: [{ label: t("walls.title"), href: "/walls" }, { label: t("walls.make") }],
    });
    if (isFaulty(faults)) {
      return page<NewWallPage>({ shell, form, faults, made: null }, { status: 422 });
    }
    const { token } = await services.walls.create({ ...form, panels: [...form.panels] }, {
      principal,
      ip,
    });
    const made = new URL(`/wall/${token}`, ctx.url).href;
    return page<NewWallPage>({ shell, form, faults, made }, {
      headers: { "cache-control": "no-store" },
    });
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { shell, form, faults, made } = data;
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("walls.make") })}</title>
      </Head>
      <div class="max-w-160">
        {made === null
          ? (
            <form method="post" class="contents">
              {isFaulty(faults) && (
                <FormErrors
                  t={t}
                  faults={Object.keys(faults).map((id) => ({
                    id,
                    label: id === "panels" ? t("walls.panels") : t("walls.name"),
                  }))}
                />
              )}
              <Panel label={t("walls.make")}>
                <div class="grid gap-4">
                  <WallFields t={t} form={form} faults={faults} />
                  <div class="flex flex-wrap gap-2">
                    <Button type="submit" kind="primary">{t("walls.make")}</Button>
                    <ButtonLink href="/walls">{t("common.cancel")}</ButtonLink>
                  </div>
                </div>
              </Panel>
            </form>
          )
          : (
            <>
              <Banner kind="info" title={t("walls.madeToast", { name: form.name })}>
                {t("walls.addressOnce")}
              </Banner>
              <Panel title={t("walls.address")} ruled>
                <div class="grid gap-4" id="address">
                  <Copyable t={t} value={made} label={t("walls.copyAddress")} />
                  <p class="text-ink-2">{t("walls.again")}</p>
                  <div class="flex flex-wrap gap-2">
                    <ButtonLink href={made} target="_blank" rel="noreferrer" icon="monitor">
                      {t("walls.open")}
                    </ButtonLink>
                    <ButtonLink href="/walls">{t("walls.title")}</ButtonLink>
                  </div>
                </div>
              </Panel>
            </>
          )}
      </div>
    </AppShell>
  );
});
