import type { VNode } from "preact";
import { type ConnectorKey, type KeyRule, ruleOf } from "../../services/gateway/connector_keys.ts";
import type { T } from "../../services/i18n/client.ts";
import { PasswordField } from "../password_field.tsx";
import { SelectField } from "../select_field.tsx";
import { TextField } from "../text_field.tsx";
import { choiceWords, defaultWords, type FormWords, NEEDED } from "./form.ts";

interface Props {
  readonly t: T<FormWords>;
  readonly name: ConnectorKey;
  readonly value: string;
  readonly error: string | undefined;
  /** Whether the connector is a new one. */
  readonly isNew: boolean;
}

const UNITS = {
  seconds: "connectorForm.unitSeconds",
  perSecond: "connectorForm.unitPerSecond",
  minutes: "connectorForm.unitMinutes",
} as const;

const EFFECTS = {
  bind: "connectorForm.effectBind",
  restart: "connectorForm.effectRestart",
  process: "connectorForm.effectProcess",
} as const;

/** When to touch it, its default and bounds, and what a change takes. */
function hintOf({ t, name, isNew }: Props, rule: KeyRule): string {
  const { effect } = rule;
  const bounds = rule.kind === "number" && rule.max < 100_001
    ? t("connectorForm.range", { min: rule.min, max: rule.max })
    : null;
  const sentences = [
    t(`connectorHelp.${name}`),
    defaultWords(t, name, rule),
    bounds,
    effect === "now" || isNew ? null : t(EFFECTS[effect]),
  ];
  return sentences.filter((sentence) => sentence !== null).join(" ");
}

/** The field of one key, as its rule asks for. */
export function SettingField(props: Props): VNode {
  const { t, name, value, error, isNew } = props;
  const rule = ruleOf(name);
  const field = {
    id: name,
    name,
    label: t(`connectorKeys.${name}`),
    jcliKey: name,
    hint: hintOf(props, rule),
    error,
  };
  if (rule.kind === "text" && rule.secret === true) {
    return (
      <PasswordField
        t={t}
        {...field}
        hint={isNew ? field.hint : t("connectorForm.passwordKeep")}
        autocomplete="new-password"
        required={isNew}
      />
    );
  }
  if (rule.kind === "flag" || rule.kind === "choice") {
    const choices = rule.kind === "flag"
      ? [{ value: "yes", label: t("form.on") }, { value: "no", label: t("form.off") }]
      : rule.choices.map((choice) => ({
        value: String(choice),
        label: choiceWords(t, name, choice),
      }));
    // What the gateway has and nobody could choose is kept until something else is chosen.
    const all = choices.some((choice) => choice.value === value)
      ? choices
      : [{ value, label: value }, ...choices];
    return <SelectField {...field} choices={all} value={value} />;
  }
  const unit = rule.kind === "number" && rule.unit !== undefined
    ? { unit: t(UNITS[rule.unit]) }
    : {};
  return (
    <TextField
      {...field}
      {...unit}
      value={value}
      inputMode={rule.kind === "number" ? "decimal" : "text"}
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      required={isNew && NEEDED.includes(name)}
    />
  );
}
