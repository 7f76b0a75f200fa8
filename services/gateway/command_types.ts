/**
 * What may be asked of the one session that may write to the gateway, and what it answers. All of
 * it goes through PostgreSQL as JSON.
 * @module
 */
import type { SettingChanges } from "./connector_keys.ts";
import type { ConnectorConfig, HttpConnector } from "./model.ts";
import type { ConnectorState } from "./store.ts";

/** What a connector command reached; `settled` is false where time ran out on the way there. */
export interface ConnectorResult {
  readonly cid: string;
  readonly state: ConnectorState;
  readonly session: string;
  readonly settled: boolean;
}

/** A connector's settings as the gateway has them now. */
export interface ReadSettingsResult {
  readonly config: ConnectorConfig;
  /** Of `config`: see `fingerprintOf`. */
  readonly fingerprint: string;
}

/** A route that names a connector. */
export interface UsingRoute {
  readonly direction: "mt" | "mo";
  readonly order: number;
  readonly type: string;
}

/** An HTTP connector with the MO routes that have a copy of it. */
export interface UsedHttpConnector extends HttpConnector {
  readonly routes: readonly UsingRoute[];
}

/** Every command: what it takes, and what it answers. */
export interface GatewayCommands {
  "connector.start": { args: { readonly cid: string }; result: ConnectorResult };
  "connector.stop": { args: { readonly cid: string }; result: ConnectorResult };
  "connector.restart": { args: { readonly cid: string }; result: ConnectorResult };
  /** Reads its settings anew. */
  "connector.read": { args: { readonly cid: string }; result: ReadSettingsResult };
  "connector.create": {
    args: {
      readonly cid: string;
      readonly settings: SettingChanges;
      /** A connector whose settings are the start, but for its password and log file. */
      readonly cloneOf: string | null;
    };
    result: ReadSettingsResult;
  };
  "connector.update": {
    args: {
      readonly cid: string;
      /** Of the settings that were seen: others there now, and nothing is sent. */
      readonly fingerprint: string;
      readonly changes: SettingChanges;
    };
    result: ReadSettingsResult & { readonly before: ConnectorConfig };
  };
  /** Refuses one that routes use, unless told that it may. */
  "connector.remove": {
    args: { readonly cid: string; readonly evenIfUsed: boolean };
    result: { readonly routes: readonly UsingRoute[] };
  };
  "connector.uses": {
    args: { readonly cid: string };
    result: { readonly routes: readonly UsingRoute[] };
  };
  "http-connector.list": {
    args: Readonly<Record<never, never>>;
    result: { readonly items: readonly UsedHttpConnector[] };
  };
  "http-connector.create": {
    args: { readonly connector: HttpConnector };
    result: { readonly connector: HttpConnector };
  };
  /** Refuses one that routes have a copy of, unless told that it may. */
  "http-connector.remove": {
    args: { readonly cid: string; readonly evenIfUsed: boolean };
    result: { readonly removed: UsedHttpConnector };
  };
}

export type CommandName = keyof GatewayCommands;
export type ArgsOf<Name extends CommandName> = GatewayCommands[Name]["args"];
export type ResultOf<Name extends CommandName> = GatewayCommands[Name]["result"];

/** A command with its arguments, of any name. */
export type GatewayCommand = {
  [Name in CommandName]: { readonly name: Name; readonly args: ArgsOf<Name> };
}[CommandName];

/** Commands whose arguments have secrets: they are kept sealed until they are carried out. */
export const SECRET_COMMANDS: ReadonlySet<CommandName> = new Set<CommandName>([
  "connector.create",
  "connector.update",
  // An address may have a token in it.
  "http-connector.create",
]);

/** Commands that persist, or that read what a session knows only since it was opened. */
export const NEEDS_OWN_SESSION: ReadonlySet<CommandName> = new Set<CommandName>([
  "connector.create",
  "connector.update",
  "connector.remove",
  "http-connector.list",
  "http-connector.create",
  "http-connector.remove",
]);
