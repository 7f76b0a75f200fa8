import type { Context } from "fresh";
import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../../components/app_shell.tsx";
import { Banner } from "../../../../components/banner.tsx";
import { Button } from "../../../../components/button.tsx";
import { ButtonLink } from "../../../../components/button_link.tsx";
import type { Effect } from "../../../../components/confirm_dialog.tsx";
import { Glyph } from "../../../../components/glyph.tsx";
import { Panel } from "../../../../components/panel.tsx";
import { TextField } from "../../../../components/text_field.tsx";
import { AppError, UnavailableError } from "../../../../services/errors/mod.ts";
import type { Connector, UsingRoute } from "../../../../services/gateway/mod.ts";
import type { T } from "../../../../services/i18n/mod.ts";
import { fieldOf } from "../../../forms.ts";
import { requirePage, wordsOf } from "../../../page.ts";
import { type Shell, shellOf } from "../../../shell.ts";
import { define, type State } from "../../../state.ts";

interface DeletePage {
  readonly shell: Shell;
  readonly connector: Connector;
  /** Null while the gateway can't be spoken to. */
  readonly routes: readonly UsingRoute[] | null;
  /** Messages that were sent from here and wait on the gateway. */
  readonly waiting: number;
  readonly wrong: string | null;
  readonly failed: string | null;
}

async function routesOf(ctx: Context<State>, cid: string): Promise<DeletePage["routes"]> {
  try {
    return await ctx.state.services.connectors.uses(cid);
  } catch (error) {
    if (error instanceof UnavailableError) return null;
    throw error;
  }
}

async function gather(
  ctx: Context<State>,
  said: Pick<DeletePage, "wrong" | "failed">,
): Promise<DeletePage> {
  const principal = requirePage(ctx, "connectors:write");
  const { services } = ctx.state;
  const t = wordsOf(ctx);
  const connector = await services.connectors.read(ctx.params["cid"] ?? "");
  const { cid } = connector;
  const [shell, routes, { figures }] = await Promise.all([
    shellOf(ctx, {
      current: "connectors",
      detail: true,
      live: false,
      crumbs: [
        { label: t("connectors.title"), href: "/connectors" },
        { label: cid, href: `/connectors/${cid}` },
        { label: t("connectorActs.remove") },
      ],
    }),
    routesOf(ctx, cid),
    services.metrics.figures(principal),
  ]);
  return { shell, connector, routes, waiting: figures?.queue.accepted ?? 0, ...said };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page<DeletePage>(await gather(ctx, { wrong: null, failed: null }));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "connectors:write");
    const cid = ctx.params["cid"] ?? "";
    const t = wordsOf(ctx);
    const typed = fieldOf(await ctx.req.formData(), "typed").trim();
    if (typed !== cid) {
      const wrong = t("connectorForm.removeTyped", { name: cid });
      return page<DeletePage>(await gather(ctx, { wrong, failed: null }), { status: 422 });
    }
    try {
      const operator = { userId: principal.userId, ip: ctx.state.ip };
      await ctx.state.services.connectors.remove(cid, true, operator);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const data = await gather(ctx, { wrong: null, failed: error.message });
      return page<DeletePage>(data, { status: 503 });
    }
    return ctx.redirect(`/connectors?removed=${cid}`, 303);
  },
});

/** What goes with it, and what stays. */
function effectsOf(t: T, { connector, routes, waiting }: DeletePage): readonly Effect[] {
  const used: Effect = routes === null
    ? { tone: "warn", text: t("connectorForm.removeUnknownRoutes") }
    : routes.length === 0
    ? { tone: "ok", text: t("connectorForm.removeNoRoutes") }
    : {
      tone: "down",
      text: t("connectorForm.removeRoutes", {
        n: routes.length,
        routes: t.format.list(
          routes.map(({ direction, order }) => `${direction.toUpperCase()} ${order}`),
        ),
      }),
    };
  const effects: (Effect | false)[] = [
    used,
    connector.state === "bound" && { tone: "warn", text: t("connectorForm.removeBound") },
    waiting > 0 && { tone: "warn", text: t("connectorForm.removeWaiting", { n: waiting }) },
    { tone: "info", text: t("connectorForm.removeQueue") },
    { tone: "ok", text: t("connectorForm.removeKept") },
  ];
  return effects.filter((effect) => effect !== false);
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, connector: { cid }, wrong, failed } = data;
  const t = wordsOf(props);
  const title = t("connectorForm.removeTitle", { name: cid });
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: title })}</title>
      </Head>
      {failed !== null && (
        <Banner kind="down" urgent title={t("connectorForm.refused")}>{failed}</Banner>
      )}
      <form method="post" class="grid max-w-160 gap-4" novalidate>
        <Panel title={title} ruled>
          <ul class="grid gap-2">
            {effectsOf(t, data).map(({ tone, text }, place) => (
              <li key={place} class="flex gap-2">
                <Glyph tone={tone} class="mt-1" />
                <span class="min-w-0 [overflow-wrap:anywhere]">{text}</span>
              </li>
            ))}
          </ul>
          <div class="mt-4 max-w-80">
            <TextField
              id="typed"
              name="typed"
              label={t("connectorForm.removeType", { name: cid })}
              error={wrong ?? undefined}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              required
            />
          </div>
        </Panel>
        <div class="flex flex-wrap gap-2">
          <Button type="submit" kind="danger">{t("connectorActs.remove")}</Button>
          <ButtonLink href={`/connectors/${cid}`}>{t("common.keep")}</ButtonLink>
        </div>
      </form>
    </AppShell>
  );
});
