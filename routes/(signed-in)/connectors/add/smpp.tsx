import type { Context } from "fresh";
import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../../components/app_shell.tsx";
import { Chip } from "../../../../components/chip.tsx";
import { type ConnectorForm, readForm } from "../../../../components/connector/form.ts";
import { PageHead } from "../../../../components/page_head.tsx";
import { AppError, ConflictError, ValidationError } from "../../../../services/errors/mod.ts";
import { CID_SHAPE, CONNECTOR_PRESETS, type PresetName } from "../../../../services/gateway/mod.ts";
import { fieldOf } from "../../../forms.ts";
import { requirePage, wordsOf } from "../../../page.ts";
import { type Shell, shellOf } from "../../../shell.ts";
import { define, type State } from "../../../state.ts";
import { type FormNotice, SettingsForm } from "../(_parts)/settings_page.tsx";
import {
  isWrong,
  newForm,
  postedForm,
  refused,
  typedClone,
  typedPreset,
} from "../settings_form.ts";

interface AddPage {
  readonly shell: Shell;
  readonly form: ConnectorForm;
  readonly notice: FormNotice;
  readonly cloneOf: string | null;
  /** Null where the start is another connector. */
  readonly preset: PresetName | null;
  readonly knowsTlvs: boolean;
}

const PRESET_WORDS = {
  standard: "connectorForm.presetStandard",
  fast: "connectorForm.presetFast",
  tls: "connectorForm.presetTls",
  senders: "connectorForm.presetSenders",
  receiving: "connectorForm.presetReceiving",
  hexadecimal: "connectorForm.presetHexadecimal",
} as const satisfies Readonly<Record<PresetName, string>>;

/** A name for the clone that is not taken: `op_main_2`, `op_main_3`... */
function freeCid(cid: string, taken: ReadonlySet<string>): string {
  const stem = cid.replace(/_\d+$/, "").slice(0, 21);
  for (let number = 2;; number++) {
    const name = `${stem}_${number}`;
    if (!taken.has(name)) return name;
  }
}

async function frame(ctx: Context<State>): Promise<Pick<AddPage, "shell" | "knowsTlvs">> {
  const t = wordsOf(ctx);
  const connectors = await ctx.state.services.connectors.list();
  return {
    shell: await shellOf(ctx, {
      current: "connectors",
      detail: true,
      live: false,
      crumbs: [
        { label: t("connectors.title"), href: "/connectors" },
        { label: t("connectorForm.addTitle") },
      ],
    }),
    // Every connector of a release that knows it has it among its keys.
    knowsTlvs: connectors.some(({ config }) => config.custom_tlvs !== undefined),
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    requirePage(ctx, "connectors:write");
    const { searchParams } = ctx.url;
    const { services } = ctx.state;
    const clone = searchParams.get("clone");
    const framed = await frame(ctx);
    if (clone !== null && CID_SHAPE.test(clone)) {
      const { config, fresh } = await services.connectors.settings(clone);
      const taken = new Set((await services.connectors.list()).map(({ cid }) => cid));
      return page<AddPage>({
        ...framed,
        form: newForm(freeCid(clone, taken), typedClone(config)),
        notice: { stale: !fresh },
        cloneOf: clone,
        preset: null,
      });
    }
    const { preset, typed } = typedPreset(searchParams.get("preset"));
    return page<AddPage>({
      ...framed,
      form: newForm("", typed),
      notice: {},
      cloneOf: null,
      preset,
    });
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "connectors:write");
    const data = await ctx.req.formData();
    const clone = fieldOf(data, "clone");
    const cloneOf = CID_SHAPE.test(clone) ? clone : null;
    const form = postedForm(data, { action: "add", isRunning: false });
    const again = async (shown: ConnectorForm, notice: FormNotice, status = 422) =>
      page<AddPage>(
        { ...await frame(ctx), form: shown, notice, cloneOf, preset: null },
        { status },
      );
    if (fieldOf(data, "act") === "preview") return await again({ ...form, faults: {} }, {}, 200);
    if (isWrong(form)) return await again(form, {});
    try {
      const operator = { userId: principal.userId, ip: ctx.state.ip };
      const { changes } = readForm(form);
      // The form has every setting of what it is a clone of: nothing is left to be taken from there.
      await ctx.state.services.connectors.create(form.cid, changes, null, operator);
    } catch (error) {
      if (error instanceof ValidationError || error instanceof ConflictError) {
        const { form: shown, whole } = refused(form, error);
        return await again(shown, { whole });
      }
      if (error instanceof AppError) return await again(form, { whole: error.message }, 503);
      throw error;
    }
    return ctx.redirect(`/connectors/${form.cid}?done=created`, 303);
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, form, notice, cloneOf, preset, knowsTlvs } = data;
  const t = wordsOf(props);
  const title = cloneOf === null
    ? t("connectorForm.addTitle")
    : t("connectorForm.cloneTitle", { name: cloneOf });
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: title })}</title>
      </Head>
      <PageHead title={title}>
        {preset !== null && (
          <nav
            aria-label={t("connectorForm.preset")}
            class="flex min-w-0 flex-wrap items-center gap-2"
          >
            <span class="text-ink-2">{t("connectorForm.preset")}</span>
            {CONNECTOR_PRESETS.map(({ name }) => (
              <Chip
                key={name}
                t={t}
                href={`/connectors/add/smpp?preset=${name}`}
                on={name === preset}
              >
                {t(PRESET_WORDS[name])}
              </Chip>
            ))}
          </nav>
        )}
      </PageHead>
      <SettingsForm
        t={t}
        form={form}
        notice={notice}
        cloneOf={cloneOf}
        knowsTlvs={knowsTlvs}
        cancelHref={cloneOf === null ? "/connectors" : `/connectors/${cloneOf}`}
      />
    </AppShell>
  );
});
