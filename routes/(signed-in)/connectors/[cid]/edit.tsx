import type { Context } from "fresh";
import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../../components/app_shell.tsx";
import { type ConnectorForm, readForm } from "../../../../components/connector/form.ts";
import { ConnectorState } from "../../../../components/connector_state.tsx";
import { PageHead } from "../../../../components/page_head.tsx";
import { connectorStateOf } from "../../../../components/tone.ts";
import { AppError, ConflictError, ValidationError } from "../../../../services/errors/mod.ts";
import type { Connector } from "../../../../services/gateway/mod.ts";
import { fieldOf } from "../../../forms.ts";
import { requirePage, wordsOf } from "../../../page.ts";
import { type Shell, shellOf } from "../../../shell.ts";
import { define, type State } from "../../../state.ts";
import { type FormNotice, SettingsForm } from "../(_parts)/settings_page.tsx";
import { isWrong, postedForm, rebased, refused, typedConfig } from "../settings_form.ts";

interface EditPage {
  readonly shell: Shell;
  readonly connector: Connector;
  readonly form: ConnectorForm;
  readonly notice: FormNotice;
}

async function shown(
  ctx: Context<State>,
  connector: Connector,
  form: ConnectorForm,
  notice: FormNotice,
): Promise<EditPage> {
  const t = wordsOf(ctx);
  const { cid } = connector;
  const shell = await shellOf(ctx, {
    current: "connectors",
    detail: true,
    live: false,
    crumbs: [
      { label: t("connectors.title"), href: "/connectors" },
      { label: cid, href: `/connectors/${cid}` },
      { label: t("connector.settings") },
    ],
  });
  return { shell, connector, form, notice };
}

export const handlers = define.handlers({
  async GET(ctx) {
    requirePage(ctx, "connectors:write");
    const { connectors } = ctx.state.services;
    const connector = await connectors.read(ctx.params["cid"] ?? "");
    const { config, fingerprint, fresh } = await connectors.settings(connector.cid);
    const typed = typedConfig(config);
    const form: ConnectorForm = {
      action: "update",
      cid: connector.cid,
      typed,
      base: typed,
      fingerprint,
      faults: {},
      refusals: {},
      isRunning: connector.service === "started",
    };
    return page(await shown(ctx, connector, form, { stale: !fresh }));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "connectors:write");
    const { connectors } = ctx.state.services;
    const connector = await connectors.read(ctx.params["cid"] ?? "");
    const { cid } = connector;
    const data = await ctx.req.formData();
    const isRunning = connector.service === "started";
    const form = postedForm(data, { action: "update", cid, isRunning });
    const again = async (as: ConnectorForm, notice: FormNotice, status = 422) =>
      page(await shown(ctx, connector, as, notice), { status });
    if (fieldOf(data, "act") === "preview") return await again({ ...form, faults: {} }, {}, 200);
    if (isWrong(form)) return await again(form, {});
    const { changes } = readForm(form);
    if (Object.keys(changes).length === 0) return await again(form, { unchanged: true }, 200);
    try {
      const operator = { userId: principal.userId, ip: ctx.state.ip };
      await connectors.update(cid, form.fingerprint, changes, operator);
    } catch (error) {
      if (error instanceof ConflictError) {
        const now = await connectors.settings(cid);
        if (now.fingerprint !== form.fingerprint) {
          const { form: anew, changed } = rebased(form, typedConfig(now.config), now.fingerprint);
          const restarts = error.message.includes("was not restarted");
          return await again(anew, restarts ? { whole: error.message } : { changed }, 409);
        }
      }
      if (error instanceof ValidationError || error instanceof ConflictError) {
        const { form: anew, whole } = refused(form, error);
        return await again(anew, { whole });
      }
      if (error instanceof AppError) return await again(form, { whole: error.message }, 503);
      throw error;
    }
    return ctx.redirect(`/connectors/${cid}?done=saved`, 303);
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, connector, form, notice } = data;
  const t = wordsOf(props);
  const title = t("connectorForm.editTitle", { name: connector.cid });
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: title })}</title>
      </Head>
      <PageHead
        title={title}
        pill={<ConnectorState t={t} state={connectorStateOf(connector.state, connector.session)} />}
      />
      <SettingsForm
        t={t}
        form={form}
        notice={notice}
        knowsTlvs={connector.config.custom_tlvs !== undefined}
        cancelHref={`/connectors/${connector.cid}`}
      />
    </AppShell>
  );
});
