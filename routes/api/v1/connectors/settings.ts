import { z } from "zod";
import {
  CONNECTOR_KEYS,
  type ConnectorConfig,
  type ConnectorKey,
  ConnectorSettings,
  KEY_GROUPS,
  KEY_NAMES,
  ruleOf,
  type ShownSettings,
} from "../../../../services/gateway/mod.ts";
import { ValidationError } from "../../../../services/errors/mod.ts";
import { translator } from "../../../../services/i18n/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { cidParams } from "./schemas.ts";

const t = translator("en");

const UNITS = { seconds: "seconds", perSecond: "messages per second", minutes: "minutes" } as const;

/** A key in a sentence: what it is, when to touch it, what happens when it is not given. */
function describe(key: ConnectorKey): string {
  const rule = ruleOf(key);
  const unit = rule.kind === "number" && rule.unit !== undefined ? `, in ${UNITS[rule.unit]}` : "";
  const initial = rule.kind === "flag" ? String(rule.initial) : rule.initial;
  const fallback = initial === null || initial === "" || key === "password"
    ? ""
    : ` Default: ${initial}.`;
  return `${t(`connectorKeys.${key}`)}${unit}. ${t(`connectorHelp.${key}`)}${fallback}`;
}

const described: z.core.$ZodLooseShape = Object.fromEntries(
  KEY_NAMES.map((
    key,
  ) => [key, ConnectorSettings.shape[key].meta({ description: describe(key) }).optional()]),
);

/** Settings to be made; what is left out stays, or takes the gateway's default. */
export const settingsInput = z.strictObject(
  // The same schemas with a description each; the loop has lost which key has which.
  described as { [Key in ConnectorKey]: z.ZodOptional<typeof ConnectorSettings.shape[Key]> },
).meta({ id: "ConnectorSettingsInput" });

const shownValue = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const settingsSchema = z.strictObject({
  cid: z.string(),
  settings: z.record(z.string(), shownValue).meta({
    description: "By jcli's keys. The password is never among them",
  }),
  other: z.record(z.string(), z.string()).meta({
    description: "Keys and values that are not known here, as the gateway writes them",
  }),
  fingerprint: z.string().meta({ description: "Give it back with a change" }),
  fresh: z.boolean().meta({
    description: "False: the gateway could not be spoken to, these are as last seen",
  }),
}).meta({ id: "ConnectorSettings" });

export function showSettings(
  cid: string,
  { config, fingerprint, fresh }: ShownSettings,
): z.input<typeof settingsSchema> {
  const { cid: _, other = {}, ...settings }: Partial<ConnectorConfig> = config;
  return { cid, settings, other: { ...other }, fingerprint, fresh };
}

/** Runs it, with what is wrong with a setting named as the body has it. */
export async function inSettings<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new ValidationError(
      error.faults.map(({ field, message }) => ({
        field: Object.hasOwn(CONNECTOR_KEYS, field) ? `settings.${field}` : field,
        message,
      })),
    );
  }
}

export const listConnectorKeys = endpoint({
  method: "GET",
  path: "/api/v1/connector-keys",
  summary: "List the settings that a connector has, with their rules",
  tags: ["Connectors"],
  permission: "connectors:read",
  responses: {
    200: {
      description: "In the order of the form",
      schema: z.strictObject({
        items: z.array(z.strictObject({
          key: z.string(),
          group: z.enum(KEY_GROUPS),
          kind: z.enum(["text", "number", "choice", "flag"]),
          default: shownValue,
          choices: z.array(z.union([z.string(), z.number()])).nullable(),
          min: z.number().nullable(),
          max: z.number().nullable().meta({ description: "Of a text: characters" }),
          unit: z.enum(["seconds", "perSecond", "minutes"]).nullable(),
          nullable: z.boolean(),
          effect: z.enum(["now", "bind", "restart", "process"]).meta({
            description: "When a change takes effect: at once, at the next bind, by a restart of " +
              "the bind that the gateway makes itself, or when Jasmin is started again",
          }),
          description: z.string(),
        })),
      }).meta({ id: "ConnectorKeyList" }),
    },
  },
  handle() {
    return {
      status: 200,
      body: {
        items: KEY_NAMES.map((key) => {
          const rule = ruleOf(key);
          const bounds = rule.kind === "number" || rule.kind === "text" ? rule : null;
          return {
            key,
            group: rule.group,
            kind: rule.kind,
            default: key === "password" ? null : rule.initial,
            choices: rule.kind === "choice" ? [...rule.choices] : null,
            min: rule.kind === "number" ? rule.min : null,
            max: bounds?.max ?? null,
            unit: rule.kind === "number" ? rule.unit ?? null : null,
            nullable: rule.nullable === true,
            effect: rule.effect,
            description: describe(key),
          };
        }),
      },
    };
  },
});

export const readConnectorSettings = endpoint({
  method: "GET",
  path: "/api/v1/connectors/{cid}/settings",
  summary: "Read a connector's settings from the gateway",
  tags: ["Connectors"],
  permission: "connectors:read",
  params: cidParams,
  responses: { 200: { description: "Its settings", schema: settingsSchema } },
  errors: ["not-found", "unavailable"],
  async handle({ params: { cid }, services }) {
    return { status: 200, body: showSettings(cid, await services.connectors.settings(cid)) };
  },
});

export const updateConnector = endpoint({
  method: "PATCH",
  path: "/api/v1/connectors/{cid}/settings",
  summary: "Change a connector's settings",
  description:
    "Written to the gateway, persisted and read back. A connector that runs is restarted by the " +
    "gateway when its host, port, username, password or systype changes. With the fingerprint of " +
    "settings that are others by now, nothing is sent.",
  tags: ["Connectors"],
  permission: "connectors:write",
  params: cidParams,
  body: z.strictObject({
    fingerprint: z.string().max(64).meta({ description: "As the settings were read with" }),
    settings: settingsInput.refine((settings) => Object.keys(settings).length > 0, {
      error: "Has nothing to change; give a setting",
    }),
  }),
  example: { fingerprint: "5f0c1c6f3a9b7d2e4c8a1b3d", settings: { submit_throughput: 50 } },
  responses: { 200: { description: "Its settings now", schema: settingsSchema } },
  errors: ["not-found", "conflict", "unavailable"],
  async handle({ params: { cid }, body, principal, ip, services }) {
    const operator = { userId: principal.userId, ip };
    const { fingerprint, settings } = body;
    const shown = await inSettings(
      services.connectors.update(cid, fingerprint, settings, operator),
    );
    return { status: 200, body: showSettings(cid, shown) };
  },
});
