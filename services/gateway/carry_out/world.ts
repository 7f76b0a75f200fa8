import type { ConnectorConfig, GatewayConsole } from "../model.ts";

/** What commands are carried out with. */
export interface CommandWorld {
  readonly console: GatewayConsole;
  /** Reads the list of connectors anew and keeps it, so that pages see what was done. */
  readonly refreshConnectors: () => Promise<void>;
  /** Keeps a connector's settings as they were read. */
  readonly keepConfig: (config: ConnectorConfig) => Promise<void>;
}
