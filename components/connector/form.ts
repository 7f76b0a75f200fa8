/**
 * The form of a connector as pages hand it to its island, and what can be read from it; pure.
 * @module
 */
import type { KeyOf, T } from "../../services/i18n/client.ts";
import {
  type ConnectorKey,
  KEY_NAMES,
  type KeyRule,
  ruleOf,
  type SettingChanges,
} from "../../services/gateway/connector_keys.ts";
import {
  type KeyFault,
  readSettings,
  type TypedSettings,
  typedValue,
} from "../../services/gateway/connector_values.ts";

/** What the form says. */
export type FormWords =
  | "common"
  | "connectorChoices"
  | "connectorForm"
  | "connectorHelp"
  | "connectorKeys"
  | "form";

/** A field of the form: the settings, and the id of a new connector. */
export type FormField = ConnectorKey | "cid";

/** The form as it stands. */
export interface ConnectorForm {
  readonly action: "add" | "update";
  readonly cid: string;
  readonly typed: TypedSettings;
  /** What the fields began with: what stands as it stood is no change. */
  readonly base: TypedSettings;
  /** Of the settings that are changed; empty for a new connector. */
  readonly fingerprint: string;
  readonly faults: Readonly<Partial<Record<FormField, KeyFault | { readonly kind: "taken" }>>>;
  /** What the gateway itself said of a field. */
  readonly refusals: Readonly<Partial<Record<FormField, string>>>;
  readonly isRunning: boolean;
}

/** A new connector must be told where it connects to: the defaults are nobody's SMSC. */
export const NEEDED: readonly ConnectorKey[] = ["host", "username", "password"];

/** What was typed and differs, and what is wrong with the whole. */
export function readForm(
  { action, base, typed }: Pick<ConnectorForm, "action" | "base" | "typed">,
): { readonly changes: SettingChanges; readonly faults: ConnectorForm["faults"] } {
  const { changes, faults } = readSettings(typed, base);
  if (action === "update") return { changes, faults };
  const missing = NEEDED.filter((key) => (typed[key] ?? "") === "")
    .map((key) => [key, { kind: "required" } as const]);
  return { changes, faults: { ...faults, ...Object.fromEntries(missing) } };
}

/** A fault in words, such as stand beside the field. */
export function faultWords(
  t: T<"connectorForm">,
  fault: KeyFault | { readonly kind: "taken" },
  typed: string,
): string {
  switch (fault.kind) {
    case "required":
      return t("connectorForm.faultRequired");
    case "space":
      return t("connectorForm.faultSpace");
    case "none":
      return t("connectorForm.faultNone");
    case "number":
      return t("connectorForm.faultNumber");
    case "whole":
      return t("connectorForm.faultWhole");
    case "choice":
      return t("connectorForm.faultChoice");
    case "cid":
      return t("connectorForm.faultCid");
    case "logfile":
      return t("connectorForm.faultLogfile");
    case "tlvs":
      return t("connectorForm.faultTlvs");
    case "long":
      return t("connectorForm.faultLong", { have: fault.have, most: fault.most });
    case "character":
      return t("connectorForm.faultCharacter", { name: fault.name });
    case "range":
      return t("connectorForm.faultRange", { min: fault.min, max: fault.max });
    case "taken":
      return t("connectorForm.faultTaken", { name: typed });
  }
}

/** Choices of these keys are said with the words of another. */
const FAMILIES: Partial<Record<ConnectorKey, string>> = {
  src_ton: "ton",
  dst_ton: "ton",
  bind_ton: "ton",
  src_npi: "npi",
  dst_npi: "npi",
  bind_npi: "npi",
};

/** A choice of a key: its value as the gateway spells it, and what it means. */
export function choiceWords(
  t: T<"connectorChoices">,
  key: ConnectorKey,
  choice: string | number,
): string {
  // A test says every choice of every key in every language.
  const name = `connectorChoices.${FAMILIES[key] ?? key}_${choice}` as KeyOf<"connectorChoices">;
  const words = t(name);
  return typeof choice === "number" || key === "logrotate" ? `${choice}: ${words}` : words;
}

/** A default in words; null where there is none to tell. */
export function defaultWords(
  t: T<"connectorForm" | "form">,
  key: ConnectorKey,
  rule: KeyRule,
): string | null {
  if (key === "password" || key === "logfile" || rule.kind === "flag") return null;
  if (NEEDED.includes(key)) return null;
  const value = typedValue(rule.initial);
  return value === "" ? t("connectorForm.byDefaultNone") : t("connectorForm.byDefault", { value });
}

/** The keys of `changes` whose effect is this. */
export function keysWith(
  changes: SettingChanges,
  effect: KeyRule["effect"],
): readonly ConnectorKey[] {
  return KEY_NAMES.filter((key) => changes[key] !== undefined && ruleOf(key).effect === effect);
}
