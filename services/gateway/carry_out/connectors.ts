/**
 * Commands about SMPP client connectors.
 * @module
 */
import { ConflictError, UnavailableError } from "../../errors/mod.ts";
import type {
  ArgsOf,
  ConnectorResult,
  ReadSettingsResult,
  ResultOf,
  UsingRoute,
} from "../command_types.ts";
import {
  CONNECTOR_KEYS,
  type ConnectorKey,
  KEY_NAMES,
  type SettingChanges,
} from "../connector_keys.ts";
import { settingFault, typedValue } from "../connector_values.ts";
import { fingerprintOf } from "../fingerprint.ts";
import type { ConnectorConfig } from "../model.ts";
import { connectorState } from "../store.ts";
import type { CommandWorld } from "./world.ts";

/** Starts, stops or restarts one, and answers with what was reached. */
export function steer(
  action: "start" | "stop" | "restart",
): (world: CommandWorld, args: { readonly cid: string }) => Promise<ConnectorResult> {
  return async ({ console }, { cid }) => {
    const reached = await console.connectors[action](cid);
    const state = connectorState(reached.service, reached.session);
    const wanted = action === "stop" ? "stopped" : "bound";
    return { cid, state, session: reached.session, settled: state === wanted };
  };
}

function seen(config: ConnectorConfig): ReadSettingsResult {
  return { config, fingerprint: fingerprintOf(config) };
}

export async function readConnector(
  { console, keepConfig }: CommandWorld,
  { cid }: ArgsOf<"connector.read">,
): Promise<ReadSettingsResult> {
  const config = await console.connectors.show(cid);
  await keepConfig(config);
  return seen(config);
}

/** Keys of a clone that are its own. */
const OWN_KEYS: ReadonlySet<ConnectorKey> = new Set<ConnectorKey>(["password", "logfile"]);

/** The settings of a connector that a clone takes: those that can be set, and differ from defaults. */
export function clonedSettings(config: ConnectorConfig): SettingChanges {
  const own = (key: ConnectorKey): key is "password" | "logfile" => OWN_KEYS.has(key);
  const entries = KEY_NAMES.flatMap((key) => {
    const value = own(key) ? undefined : config[key];
    if (value === undefined || value === CONNECTOR_KEYS[key].initial) return [];
    return settingFault(key, typedValue(value)) === null ? [[key, value] as const] : [];
  });
  // Each value was read by its own key's reader.
  return Object.fromEntries(entries) as SettingChanges;
}

export async function createConnector(
  { console, keepConfig, refreshConnectors }: CommandWorld,
  { cid, settings, cloneOf }: ArgsOf<"connector.create">,
): Promise<ReadSettingsResult> {
  const base = cloneOf === null ? {} : clonedSettings(await console.connectors.show(cloneOf));
  const wanted = { ...base, ...settings };
  await console.connectors.add({ ...wanted, cid });
  const config = await console.connectors.show(cid);
  await refreshConnectors();
  await keepConfig(config);
  await console.persist();
  requireKept(cid, wanted, config);
  return seen(config);
}

export async function updateConnector(
  { console, keepConfig, refreshConnectors }: CommandWorld,
  { cid, fingerprint, changes }: ArgsOf<"connector.update">,
): Promise<ResultOf<"connector.update">> {
  const before = await console.connectors.show(cid);
  await keepConfig(before);
  if (fingerprintOf(before) !== fingerprint) {
    throw new ConflictError(
      `The settings of ${cid} were changed on the gateway meanwhile: look at them again`,
    );
  }
  let restartFailed: ConflictError | null = null;
  try {
    await console.connectors.update(cid, changes);
  } catch (error) {
    // The settings are there all the same, and have to be kept.
    if (!(error instanceof ConflictError)) throw error;
    restartFailed = error;
  }
  const config = await console.connectors.show(cid);
  await refreshConnectors();
  await keepConfig(config);
  await console.persist();
  if (restartFailed !== null) throw restartFailed;
  requireKept(cid, changes, config);
  return { ...seen(config), before };
}

/** What was set is what is read back, or it is said which is not. */
function requireKept(cid: string, wanted: SettingChanges, config: ConnectorConfig): void {
  for (const [key, value] of Object.entries(wanted)) {
    if (key === "password" || value === undefined) continue;
    const kept = (config as Readonly<Record<string, unknown>>)[key];
    if (kept === value) continue;
    throw new UnavailableError(
      `The gateway took ${key} of ${cid} but has ${JSON.stringify(kept ?? null)} in its place`,
    );
  }
}

async function routesUsing(
  { console }: CommandWorld,
  cid: string,
): Promise<readonly UsingRoute[]> {
  const mt = (await console.mtRoutes.list()).filter(({ connectors }) => connectors.includes(cid))
    .map(({ order, type }): UsingRoute => ({ direction: "mt", order, type }));
  // jcli tells a filter by its description alone.
  const filter = `<C (cid=${cid})>`;
  const mo = (await console.moRoutes.list()).filter(({ filters }) => filters.includes(filter))
    .map(({ order, type }): UsingRoute => ({ direction: "mo", order, type }));
  return [...mt, ...mo];
}

export async function usesOf(
  world: CommandWorld,
  { cid }: ArgsOf<"connector.uses">,
): Promise<ResultOf<"connector.uses">> {
  return { routes: await routesUsing(world, cid) };
}

export async function removeConnector(
  world: CommandWorld,
  { cid, evenIfUsed }: ArgsOf<"connector.remove">,
): Promise<ResultOf<"connector.remove">> {
  const routes = await routesUsing(world, cid);
  if (routes.length > 0 && !evenIfUsed) {
    const names = routes.map(({ direction, order }) => `${direction.toUpperCase()} ${order}`);
    throw new ConflictError(
      `${cid} is used by the routes ${names.join(", ")}: messages that they take would fail`,
    );
  }
  await world.console.connectors.remove(cid);
  await world.refreshConnectors();
  await world.console.persist();
  return { routes };
}
