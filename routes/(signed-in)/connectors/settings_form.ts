/**
 * The form of a connector's settings, read from what was posted and from what the gateway has.
 * @module
 */
import {
  type ConnectorForm,
  type FormField,
  readForm,
} from "../../../components/connector/form.ts";
import { ConflictError, ValidationError } from "../../../services/errors/mod.ts";
import {
  cidFault,
  CONNECTOR_KEYS,
  CONNECTOR_PRESETS,
  type ConnectorConfig,
  type ConnectorKey,
  KEY_NAMES,
  type PresetName,
  typedDefaults,
  type TypedSettings,
  typedValue,
} from "../../../services/gateway/mod.ts";
import { fieldOf } from "../../forms.ts";

/** More than any text that the gateway takes; what is longer is no less wrong when it is cut. */
const MOST_CHARACTERS = 2_000;

/** A connector's settings as fields. What the gateway has and nobody knows stands as it spells it. */
export function typedConfig(config: Partial<ConnectorConfig>): Record<ConnectorKey, string> {
  const read = (key: ConnectorKey): string => {
    if (key === "password") return "";
    return config[key] === undefined ? config.other?.[key] ?? "" : typedValue(config[key]);
  };
  // Each key was mapped.
  return Object.fromEntries(KEY_NAMES.map((key) => [key, read(key)])) as Record<
    ConnectorKey,
    string
  >;
}

/** What a clone begins with: the settings but for the login's password and the log file. */
export function typedClone(config: Partial<ConnectorConfig>): Record<ConnectorKey, string> {
  const defaults = typedDefaults();
  const typed = typedConfig(config);
  for (const key of KEY_NAMES) {
    if (config[key as keyof ConnectorConfig] === undefined) typed[key] = defaults[key];
  }
  return { ...typed, logfile: "", password: "" };
}

/** What a new connector begins with; where it connects to is nobody's default. */
export function typedPreset(name: string | null): {
  readonly preset: PresetName;
  readonly typed: Record<ConnectorKey, string>;
} {
  const preset = CONNECTOR_PRESETS.find((each) => each.name === name) ?? CONNECTOR_PRESETS[0];
  const chosen = Object.entries(preset?.settings ?? {}).map(([key, value]) => [
    key,
    typedValue(value),
  ]);
  return {
    preset: preset?.name ?? "standard",
    typed: { ...typedDefaults(), host: "", username: "", ...Object.fromEntries(chosen) },
  };
}

/** A new connector's form. */
export function newForm(cid: string, typed: TypedSettings): ConnectorForm {
  return {
    action: "add",
    cid,
    typed,
    base: typedDefaults(),
    fingerprint: "",
    faults: {},
    refusals: {},
    isRunning: false,
  };
}

function readTyped(form: FormData): TypedSettings {
  const found = KEY_NAMES.filter((key) => form.has(key))
    .map((key) => [key, fieldOf(form, key).slice(0, MOST_CHARACTERS)] as const);
  return Object.fromEntries(found);
}

/** What the fields began with, as the form kept it; what is none of it is left out. */
function readBase(form: FormData): TypedSettings {
  try {
    const kept: unknown = JSON.parse(fieldOf(form, "base"));
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(([key, value]) =>
        Object.hasOwn(CONNECTOR_KEYS, key) && typeof value === "string"
      ),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Reads what was posted, with what is wrong with it. */
export function postedForm(
  form: FormData,
  of: Pick<ConnectorForm, "action" | "isRunning"> & { readonly cid?: string },
): ConnectorForm {
  const cid = of.cid ?? fieldOf(form, "cid").slice(0, MOST_CHARACTERS);
  const typed = readTyped(form);
  const base = of.action === "add" ? typedDefaults() : readBase(form);
  const { faults } = readForm({ action: of.action, typed, base });
  const wrongCid = of.action === "add" ? cidFault(cid) : null;
  return {
    action: of.action,
    isRunning: of.isRunning,
    cid,
    typed,
    base,
    fingerprint: fieldOf(form, "fingerprint").slice(0, 64),
    faults: { ...faults, ...(wrongCid === null ? {} : { cid: wrongCid }) },
    refusals: {},
  };
}

/** The form without its password: what was typed there is not sent back. */
export function withoutPassword(form: ConnectorForm): ConnectorForm {
  return { ...form, typed: { ...form.typed, password: "" } };
}

/** Whether anything is wrong with the form. */
export function isWrong({ faults, refusals }: ConnectorForm): boolean {
  return Object.values({ ...refusals, ...faults }).some((fault) => fault !== undefined);
}

/** What came of an error at the gateway: faults beside their fields, or a sentence for the whole. */
export function refused(
  form: ConnectorForm,
  error: ValidationError | ConflictError,
): { readonly form: ConnectorForm; readonly whole: string | null } {
  if (error instanceof ConflictError) {
    const isTaken = form.action === "add" && error.message.includes("already has");
    return isTaken
      ? { form: { ...form, faults: { cid: { kind: "taken" } } }, whole: null }
      : { form, whole: error.message };
  }
  const known = error.faults.filter(({ field }) =>
    field === "cid" || Object.hasOwn(CONNECTOR_KEYS, field)
  );
  const refusals: Partial<Record<FormField, string>> = Object.fromEntries(
    known.map(({ field, message }) => [field, message]),
  );
  return { form: { ...form, refusals }, whole: known.length > 0 ? null : error.message };
}

/** One setting that is another than it was. */
export interface ChangedKey {
  readonly key: ConnectorKey;
  readonly before: string;
  readonly after: string;
}

/** The form on top of what the gateway has now: what was typed stays, the rest is as it is there. */
export function rebased(form: ConnectorForm, now: TypedSettings, fingerprint: string): {
  readonly form: ConnectorForm;
  readonly changed: readonly ChangedKey[];
} {
  const changed = KEY_NAMES.flatMap((key): ChangedKey[] => {
    const before = form.base[key] ?? "";
    const after = now[key] ?? "";
    return before === after ? [] : [{ key, before, after }];
  });
  const typed = Object.fromEntries(KEY_NAMES.map((key) => {
    const mine = form.typed[key];
    return [key, mine === undefined || mine === form.base[key] ? now[key] ?? "" : mine];
  }));
  return { form: { ...form, typed, base: now, fingerprint }, changed };
}
