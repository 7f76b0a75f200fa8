import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Banner } from "../components/banner.tsx";
import { Button } from "../components/button.tsx";
import { ButtonLink } from "../components/button_link.tsx";
import { Code } from "../components/code.tsx";
import {
  type ConnectorForm as Form,
  faultWords,
  type FormField,
  type FormWords,
  keysWith,
  readForm,
} from "../components/connector/form.ts";
import { SettingField } from "../components/connector/setting_field.tsx";
import { FieldGroup } from "../components/field_group.tsx";
import { FormErrors } from "../components/form_errors.tsx";
import { Cell, Grid } from "../components/grid.tsx";
import { Panel } from "../components/panel.tsx";
import { TextField } from "../components/text_field.tsx";
import {
  CONNECTOR_KEYS,
  type ConnectorKey,
  KEY_GROUPS,
  KEY_NAMES,
  type KeyGroup,
} from "../services/gateway/connector_keys.ts";
import { cidFault } from "../services/gateway/connector_values.ts";
import { connectorLines } from "../services/gateway/jasmin/jcli/connector_lines.ts";
import { speak, type Spoken, type T } from "../services/i18n/client.ts";

type Words = FormWords | "connector";

interface Props {
  spoken: Spoken<Words>;
  form: Form;
  /** The connector that a new one is a clone of. */
  cloneOf: string | null;
  /** Whether this gateway's release knows `custom_tlvs`. */
  knowsTlvs: boolean;
  cancelHref: string;
}

const GROUP_TITLES = {
  connection: "connector.groupConnection",
  sending: "connector.groupSending",
  addresses: "connector.groupAddresses",
  receipts: "connector.groupReceipts",
  timers: "connector.groupTimers",
  logging: "connector.groupLogging",
} as const satisfies Readonly<Record<KeyGroup, string>>;

/**
 * What stands in the fields when the form comes to life: typed before its script was there, or kept
 * by the browser over a reload. Read before the first rendering, which writes the fields anew.
 */
function typedNow({ cid, typed }: Form): Pick<Form, "cid" | "typed"> {
  if (typeof document === "undefined") return { cid, typed };
  const of = (name: FormField, read: string): string => {
    const field = document.getElementById(name);
    const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    return isField ? field.value : read;
  };
  const fields = Object.entries(typed).map(([name, read]) =>
    [name, isKey(name) ? of(name, read) : read] as const
  );
  return { cid: of("cid", cid), typed: Object.fromEntries(fields) };
}

/** Every setting of a connector, judged as one types, with the lines that will be sent. */
export default function ConnectorForm(props: Props): VNode {
  const { spoken, form, cloneOf, knowsTlvs, cancelHref } = props;
  const t = useMemo(() => speak(spoken), [spoken]);
  const isNew = form.action === "add";
  const begun = useMemo(() => typedNow(form), []);
  const cid = useSignal(begun.cid);
  const typed = useSignal(begun.typed);
  const faults = useSignal(form.faults);
  const refusals = useSignal(form.refusals);
  const element = useRef<HTMLFormElement>(null);
  const live = useSignal(false);
  useEffect(() => {
    live.value = true;
  }, []);

  const read = readForm({ ...form, typed: typed.value });
  const input = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const { name, value } = target;
    if (name === "cid") {
      cid.value = value;
    } else if (isKey(name)) {
      typed.value = { ...typed.value, [name]: value };
    } else return;
    refusals.value = { ...refusals.value, [name]: undefined };
    // While one types a fault goes away at once; that there is one is said when the field is left.
    if (faultOf(name) === undefined) faults.value = { ...faults.value, [name]: undefined };
  };
  const faultOf = (name: FormField) =>
    name === "cid" ? cidFault(cid.value) ?? undefined : readForm({ ...form, typed: typed.value })
      .faults[name];
  const leave = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const { name, value } = target;
    if (!isKey(name) && name !== "cid") return;
    if (value !== "" || name !== "cid") {
      faults.value = { ...faults.value, [name]: faultOf(name) };
    }
  };
  const submit = (event: SubmitEvent) => {
    const wrongCid = isNew ? cidFault(cid.value) : null;
    const found = { ...read.faults, ...(wrongCid === null ? {} : { cid: wrongCid }) };
    faults.value = found;
    const [first] = Object.keys(found);
    if (first === undefined) return;
    event.preventDefault();
    element.current?.querySelector<HTMLElement>(`#${first}`)?.focus();
  };
  const errorOf = (name: FormField): string | undefined => {
    const fault = faults.value[name];
    if (fault === undefined) return refusals.value[name];
    return faultWords(t, fault, name === "cid" ? cid.value : "");
  };
  const wrong = [...(isNew ? ["cid" as const] : []), ...KEY_NAMES]
    .filter((name) => errorOf(name) !== undefined);

  return (
    <form
      ref={element}
      method="post"
      onInput={input}
      onChange={leave}
      onSubmit={submit}
      noValidate
    >
      <input type="hidden" name="fingerprint" value={form.fingerprint} />
      <input type="hidden" name="base" value={JSON.stringify(form.base)} />
      {cloneOf !== null && <input type="hidden" name="clone" value={cloneOf} />}
      {wrong.length > 0 && (
        <FormErrors
          t={t}
          faults={wrong.map((id) => ({ id, label: t(`connectorKeys.${id}`) }))}
        />
      )}
      <Grid>
        <Cell span="twoThirds">
          <div class="grid content-start gap-4">
            {KEY_GROUPS.map((group) => (
              <Panel key={group} title={t(GROUP_TITLES[group])} ruled>
                <FieldGroup>
                  {group === "connection" && isNew && (
                    <TextField
                      id="cid"
                      name="cid"
                      jcliKey="cid"
                      label={t("connectorKeys.cid")}
                      hint={t("connectorHelp.cid")}
                      error={errorOf("cid")}
                      value={cid.value}
                      maxLength={25}
                      autocomplete="off"
                      autocapitalize="none"
                      spellcheck={false}
                      required
                    />
                  )}
                  {keysOf(group, knowsTlvs).map((name) => (
                    <SettingField
                      key={name}
                      t={t}
                      name={name}
                      value={typed.value[name] ?? ""}
                      error={errorOf(name)}
                      isNew={isNew}
                    />
                  ))}
                </FieldGroup>
              </Panel>
            ))}
          </div>
        </Cell>
        <Cell span="side">
          <div class="grid content-start gap-4 self-start xl:sticky xl:top-16">
            <Lines
              t={t}
              form={form}
              lines={connectorLines(form.action, cid.value === "" ? "?" : cid.value, read.changes)}
              changes={read.changes}
              live={live.value}
            />
            <div class="flex flex-wrap gap-2">
              <Button type="submit" kind="primary" name="act" value="save">
                {t(isNew ? "connectorForm.add" : "connectorForm.save")}
              </Button>
              <ButtonLink kind="quiet" href={cancelHref}>{t("common.cancel")}</ButtonLink>
            </div>
          </div>
        </Cell>
      </Grid>
    </form>
  );
}

function isKey(name: string): name is ConnectorKey {
  return Object.hasOwn(CONNECTOR_KEYS, name);
}

function keysOf(group: KeyGroup, knowsTlvs: boolean): readonly ConnectorKey[] {
  return KEY_NAMES.filter((key) =>
    CONNECTOR_KEYS[key].group === group && (knowsTlvs || key !== "custom_tlvs")
  );
}

/** What will be sent, and what it does to a connector that runs. */
function Lines({ t, form, lines, changes, live }: {
  readonly t: T<Words>;
  readonly form: Form;
  readonly lines: readonly string[];
  readonly changes: Parameters<typeof keysWith>[0];
  /** Whether the lines follow what is typed; else a button asks for them. */
  readonly live: boolean;
}): VNode {
  const later = form.action === "add" ? [] : keysWith(changes, "process");
  const restarts = form.isRunning && keysWith(changes, "restart").length > 0;
  return (
    <Panel
      title={t("connectorForm.lines")}
      ruled
      actions={!live && (
        <Button type="submit" small name="act" value="preview">
          {t("connectorForm.linesShow")}
        </Button>
      )}
    >
      {lines.length === 0 ? <p class="text-ink-2">{t("connectorForm.linesNone")}</p> : (
        <>
          <div class="max-h-[50dvh] overflow-auto">
            <Code label={t("connectorForm.lines")}>{lines.join("\n")}</Code>
          </div>
          <p class="mt-2 text-12 text-ink-2">{t("connectorForm.linesNote")}</p>
        </>
      )}
      {(restarts || later.length > 0) && (
        <div class="mt-3 [&>div:last-child]:mb-0">
          {restarts && (
            <Banner kind="warn" title={t("connectorForm.willRestart", { name: form.cid })} />
          )}
          {later.length > 0 && (
            <Banner
              kind="info"
              title={t("connectorForm.needsProcess", {
                n: later.length,
                keys: t.format.list(later),
              })}
            />
          )}
        </div>
      )}
    </Panel>
  );
}
