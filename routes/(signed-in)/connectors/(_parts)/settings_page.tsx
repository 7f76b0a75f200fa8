import type { VNode } from "preact";
import { Banner } from "../../../../components/banner.tsx";
import type { ConnectorForm as Form, FormWords } from "../../../../components/connector/form.ts";
import ConnectorForm from "../../../../islands/connector_form.tsx";
import type { T } from "../../../../services/i18n/mod.ts";
import { type ChangedKey, withoutPassword } from "../settings_form.ts";

/** What the subjects of the form's island are. */
const SUBJECTS = [
  "common",
  "connector",
  "connectorChoices",
  "connectorForm",
  "connectorHelp",
  "connectorKeys",
  "form",
] as const satisfies readonly (FormWords | "connector")[];

/** What is said above the form. */
export interface FormNotice {
  /** What the gateway has others than the form began with. */
  readonly changed?: readonly ChangedKey[];
  /** What the gateway said of the whole. */
  readonly whole?: string | null;
  /** Whether the settings are as last seen. */
  readonly stale?: boolean;
  /** Whether there was nothing to save. */
  readonly unchanged?: boolean;
}

/** The form, and above it what has to be known first. */
export function SettingsForm({ t, form, notice, cloneOf = null, knowsTlvs, cancelHref }: {
  readonly t: T;
  readonly form: Form;
  readonly notice: FormNotice;
  readonly cloneOf?: string | null;
  readonly knowsTlvs: boolean;
  readonly cancelHref: string;
}): VNode {
  const { changed, whole = null, stale = false, unchanged = false } = notice;
  const shown = (value: string) => value === "" ? t("connectorForm.empty") : value;
  return (
    <>
      {stale && (
        <Banner kind="warn" title={t("connectorForm.staleTitle")}>
          {t("connectorForm.staleText")}
        </Banner>
      )}
      {changed !== undefined && (
        <Banner
          kind="down"
          urgent
          title={t("connectorForm.changedTitle", { name: form.cid })}
        >
          {t("connectorForm.changedText", {
            changes: changed.length === 0 ? t("connectorForm.empty") : t.format.list(
              changed.map(({ key, before, after }) =>
                t("connectorForm.changedKey", {
                  key,
                  before: shown(before),
                  after: shown(after),
                })
              ),
            ),
          })}
        </Banner>
      )}
      {whole !== null && (
        <Banner kind="down" urgent title={t("connectorForm.refused")}>{whole}</Banner>
      )}
      {unchanged && <Banner kind="info" title={t("connectorForm.noChange")} />}
      <ConnectorForm
        spoken={t.spoken(...SUBJECTS)}
        form={withoutPassword(form)}
        cloneOf={cloneOf}
        knowsTlvs={knowsTlvs}
        cancelHref={cancelHref}
      />
    </>
  );
}
