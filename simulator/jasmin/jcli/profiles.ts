/** `persist` and `load`. */
import type { RouterScope } from "../gateway/gateway.ts";
import type { OptionValues } from "../python/optparse.ts";
import type { JcliSession } from "./session.ts";

const ROUTER: Readonly<Record<string, RouterScope>> = {
  group: "router-groups",
  user: "router-users",
  mointerceptor: "router-mointerceptors",
  mtinterceptor: "router-mtinterceptors",
  morouter: "router-moroutes",
  mtrouter: "router-mtroutes",
};

const OWN = { filter: "filters", httpcc: "httpccs" } as const;

function profileOf(values: OptionValues): string {
  const profile = values["profile"];
  return typeof profile === "string" ? profile : "jcli-prod";
}

export function runPersist(session: JcliSession, values: OptionValues): void {
  const { gateway } = session;
  const profile = profileOf(values);
  const tell = (name: string, done: boolean) =>
    session.print(
      done
        ? `${name} configuration persisted (profile:${profile})`
        : `Failed to persist ${name} configuration (profile:${profile})`,
    );
  for (const [name, scope] of Object.entries(ROUTER)) {
    tell(name, gateway.persistRouter(profile, scope));
  }
  tell("smppcc", gateway.persistConnectors(profile));
  for (const [name, scope] of Object.entries(OWN)) {
    const own = scope === "filters" ? session.filters : session.httpConnectors;
    const { store } = gateway.around;
    if (store.write(profile, scope, own)) tell(name, true);
    else session.say(`Cannot persist to ${store.path(profile, scope)}`);
  }
  session.say();
}

export function runLoad(session: JcliSession, values: OptionValues): void {
  const { gateway } = session;
  const profile = profileOf(values);
  const tell = (name: string, done: boolean) =>
    session.print(
      done
        ? `${name} configuration loaded (profile:${profile})`
        : `Failed to load ${name} configuration (profile:${profile})`,
    );
  for (const [name, scope] of Object.entries(ROUTER)) {
    tell(name, gateway.loadRouter(profile, scope));
  }
  const saved = gateway.savedConnectors(profile);
  if (saved === undefined) tell("smppcc", false);
  else if (saved.length + gateway.connectors.size === 0) tell("smppcc", true);
  else {
    // Removing and adding connectors takes round trips: its line comes behind the prompt.
    gateway.around.timers.after(gateway.timing.brokerMs, () => {
      gateway.replaceConnectors(saved);
      tell("smppcc", true);
    });
  }
  for (const [name, scope] of Object.entries(OWN)) tell(name, session.loadOwn(profile, [scope]));
  session.say();
}
