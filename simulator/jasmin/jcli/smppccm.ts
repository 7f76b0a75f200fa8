/** `smppccm`. */
import {
  buildConfig,
  ConfigError,
  configKeys,
  configText,
  type ConfigValue,
  logCanOpen,
  readConfigValue,
  RESTART_KEYS,
} from "../gateway/connector_config.ts";
import type { Connector } from "../gateway/connector.ts";
import type { OptionValues } from "../python/optparse.ts";
import { given, MISSING } from "./given.ts";
import type { JcliSession, SubSession } from "./session.ts";

/** Where the gateway logs when it is not told otherwise. */
const LOG_DIR = "//var/log/jasmin";

export function runSmppccm(session: JcliSession, values: OptionValues): void | Promise<void> {
  if (values["list"]) return list(session);
  if (values["add"]) {
    return session.enter("Adding a new connector: (ok: save, ko: exit)", adding(session));
  }
  for (const [option, action] of Object.entries(ACTIONS)) {
    const cid = given(values, option);
    if (cid === undefined) continue;
    const connector = session.gateway.connectors.get(cid);
    if (connector === undefined) return session.say(`Unknown connector: ${cid}`);
    return action(session, connector);
  }
  session.say(MISSING);
}

type Action = (session: JcliSession, connector: Connector) => void | Promise<void>;

const ACTIONS: Readonly<Record<string, Action>> = {
  update(session, connector) {
    session.enter(
      `Updating connector id [${connector.cid}]: (ok: save, ko: exit)`,
      updating(session, connector),
    );
  },
  async remove(session, { cid }) {
    await broker(session);
    session.gateway.removeConnector(cid);
    session.say(`Successfully removed connector id:${cid}`);
  },
  show(session, connector) {
    for (const [key, value] of connector.config) session.print(`${key} ${configText(value)}`);
    session.say();
  },
  async start(session, connector) {
    const started = connector.start();
    if (started) await broker(session);
    session.say(
      started
        ? `Successfully started connector id:${connector.cid}`
        : "Failed starting connector, check log for details",
    );
  },
  async stop(session, connector) {
    const stopped = connector.stop();
    if (stopped) await broker(session);
    session.say(
      stopped
        ? `Successfully stopped connector id:${connector.cid}`
        : "Failed stopping connector, check log for details",
    );
  },
};

function broker(session: JcliSession): Promise<void> {
  const { timing, around } = session.gateway;
  return around.timers.wait(timing.brokerMs);
}

function list(session: JcliSession): void {
  const connectors = [...session.gateway.connectors.values()];
  const row = (cells: readonly string[]) => {
    const widths = [35, 7, 16, 6, 5];
    session.print(`#${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" ")}`);
  };
  if (connectors.length > 0) row(["Connector id", "Service", "Session", "Starts", "Stops"]);
  for (const { cid, running, state, starts, stops } of connectors) {
    row([cid, running ? "started" : "stopped", state, String(starts), String(stops)]);
  }
  session.say(`Total connectors: ${connectors.length}`);
}

function options(session: JcliSession) {
  const { gateway } = session;
  return { withCustomTlvs: gateway.later, logDir: gateway.options.logDir ?? LOG_DIR };
}

function adding(session: JcliSession): SubSession {
  const { gateway } = session;
  const keys = configKeys(gateway.later);
  const typed = new Map<string, ConfigValue>();
  return {
    completions: keys,
    async take(key, value) {
      if (key === undefined) return session.say();
      if (key !== "ok") return takeKey(session, keys, typed, key, value);
      if (typed.size === 0) {
        return session.say("You must set at least connector id (cid) before saving !");
      }
      let config: Map<string, ConfigValue>;
      try {
        config = buildConfig(typed, options(session));
      } catch (error) {
        return refuse(session, error);
      }
      const taken = gateway.connectors.has(String(config.get("cid")));
      if (taken) return session.say("Failed adding connector, check log for details");
      await broker(session);
      // What the gateway then fails on is said to nobody.
      if (!logCanOpen(config)) return;
      gateway.addConnector(config);
      session.print(`Successfully added connector [${config.get("cid")}]`);
      session.leave();
    },
  };
}

function updating(session: JcliSession, connector: Connector): SubSession {
  const keys = configKeys(session.gateway.later);
  const typed = new Map<string, ConfigValue>();
  return {
    completions: keys,
    async take(key, value) {
      if (key === undefined) return session.say();
      if (key === "cid") return session.say("Connector id can not be modified !");
      if (key !== "ok") return takeKey(session, keys, typed, key, value);
      if (typed.size === 0) return session.say("Nothing to save");
      typed.set("cid", connector.cid);
      try {
        buildConfig(typed, options(session));
      } catch (error) {
        return refuse(session, error);
      }
      for (const [changed, to] of typed) {
        connector.config.set(changed, to);
        if (RESTART_KEYS.has(changed)) connector.pendingRestart = true;
      }
      if (connector.pendingRestart && connector.running) await restart(session, connector);
      session.print(`Successfully updated connector [${connector.cid}]`);
      session.leave();
    },
  };
}

async function restart(session: JcliSession, connector: Connector): Promise<void> {
  session.print(`Restarting connector [${connector.cid}] for updates to take effect ...`);
  await broker(session);
  if (!connector.stop()) {
    return session.print("Failed stopping connector, check log for details");
  }
  // A connector that was bound is still unbinding now.
  if (connector.start()) return broker(session);
  session.print("Failed starting connector, will retry in 5 seconds");
  await session.gateway.around.timers.wait(session.gateway.timing.restartMs);
  if (!connector.start()) session.print("Permanently failed starting connector !");
}

function takeKey(
  session: JcliSession,
  keys: readonly string[],
  typed: Map<string, ConfigValue>,
  key: string,
  value: string,
): void {
  if (!keys.includes(key)) return session.say(`Unknown SMPPClientConfig key: ${key}`);
  try {
    typed.set(key, readConfigValue(key, value));
    session.say();
  } catch (error) {
    refuse(session, error);
  }
}

function refuse(session: JcliSession, error: unknown): void {
  if (!(error instanceof ConfigError)) throw error;
  session.say(`Error: ${error.message}`);
}
