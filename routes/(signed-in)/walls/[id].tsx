import { type Context, page } from "fresh";
import { Head } from "fresh/runtime";
import { WallFields } from "../../(_parts)/wall_fields.tsx";
import { AppShell } from "../../../components/app_shell.tsx";
import { Button } from "../../../components/button.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { FormErrors } from "../../../components/form_errors.tsx";
import { PageHead } from "../../../components/page_head.tsx";
import { Panel } from "../../../components/panel.tsx";
import { NotFoundError } from "../../../services/errors/mod.ts";
import type { WallDisplay } from "../../../services/wall/mod.ts";
import { type Faults, fieldOf, isFaulty } from "../../forms.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define, type State } from "../../state.ts";
import { formOf, readWallForm, wallFaults, type WallForm } from "./form.ts";

interface WallPage {
  readonly shell: Shell;
  readonly display: WallDisplay;
  readonly form: WallForm;
  readonly faults: Faults;
}

/** @throws {NotFoundError} when the caller has no such display that stands */
async function displayOf(ctx: Context<State>): Promise<WallDisplay> {
  const { scope } = requirePage(ctx, "walls:write");
  const walls = await ctx.state.services.walls.list(scope);
  const display = walls.find(({ id, revokedAt }) => id === ctx.params["id"] && revokedAt === null);
  if (display === undefined) throw new NotFoundError("There is no such wall display");
  return display;
}

async function shellFor(ctx: Context<State>, { name }: WallDisplay): Promise<Shell> {
  const t = wordsOf(ctx);
  return await shellOf(ctx, {
    current: "walls",
    detail: true,
    crumbs: [{ label: t("walls.title"), href: "/walls" }, { label: name }],
  });
}

export const handlers = define.handlers({
  async GET(ctx) {
    const display = await displayOf(ctx);
    const shell = await shellFor(ctx, display);
    return page<WallPage>({ shell, display, form: formOf(display), faults: {} });
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "walls:write");
    const display = await displayOf(ctx);
    const { ip, services: { walls } } = ctx.state;
    const posted = await ctx.req.formData();
    if (fieldOf(posted, "action") === "revoke") {
      await walls.revoke(principal.scope, display.id, { principal, ip });
      return ctx.redirect("/walls", 303);
    }
    const form = readWallForm(posted);
    const faults = wallFaults(wordsOf(ctx), form);
    if (isFaulty(faults)) {
      const shell = await shellFor(ctx, display);
      return page<WallPage>({ shell, display, form, faults }, { status: 422 });
    }
    const change = { ...form, panels: [...form.panels] };
    await walls.update(principal.scope, display.id, change, { principal, ip });
    return ctx.redirect("/walls", 303);
  },
});

const REVOKE = "revoke";

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { shell, display, form, faults } = data;
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: display.name })}</title>
      </Head>
      <div class="max-w-160">
        <PageHead
          title={display.name}
          actions={
            <Button icon="trash" command="show-modal" commandfor={REVOKE}>
              {t("walls.revoke")}
            </Button>
          }
        />
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
          <Panel label={t("walls.changeOf", { name: display.name })}>
            <div class="grid gap-4">
              <WallFields t={t} form={form} faults={faults} />
              <p class="text-12 text-ink-3">{t("walls.again")}</p>
              <div class="flex flex-wrap gap-2">
                <Button type="submit" kind="primary">{t("walls.save")}</Button>
                <ButtonLink href="/walls">{t("common.cancel")}</ButtonLink>
              </div>
            </div>
          </Panel>
        </form>
      </div>
      <ConfirmDialog
        t={t}
        id={REVOKE}
        title={t("walls.revokeTitle", { name: display.name })}
        effects={[
          { tone: "down", text: t("walls.revokeEffectSoon") },
          { tone: "warn", text: t("walls.revokeAgain") },
        ]}
        action={`/walls/${display.id}`}
        verb={t("walls.revokeNow")}
        keep={t("walls.keep")}
        hidden={<input type="hidden" name="action" value="revoke" />}
      />
    </AppShell>
  );
});
