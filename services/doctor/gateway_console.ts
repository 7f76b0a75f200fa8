/**
 * The gateway's console: can it be logged in to, which release is it, does it bring MOs here.
 * @module
 */
import { withoutCredentials } from "../log/mod.ts";
import {
  type GatewayConsole,
  JcliAuthError,
  JcliClosedError,
  JcliProtocolError,
  listConnectors,
  listServiceStates,
} from "../gateway/mod.ts";
import { onDatabase } from "./database.ts";
import type { Check, Finding } from "./model.ts";
import { judgeRelease, type ReleaseTraits } from "./release.ts";
import type { Surroundings } from "./surroundings.ts";
import { connectionFailure, countOf, duration, messageOf, skipped, urlHost } from "./words.ts";

const CONSOLE_DEADLINE_MS = 20_000;

/** What to do about a login that failed. */
export function consoleMend(error: unknown): string {
  if (error instanceof JcliAuthError) {
    return "Set JASMIN_USERNAME and JASMIN_PASSWORD to the jcli login: admin_username of [jcli] in " +
      "jasmin.cfg, and the password whose MD5 is its admin_password";
  }
  if (error instanceof JcliProtocolError) {
    return "Set JASMIN_HOST and JASMIN_TELNET_PORT to Jasmin's jcli, port 8990 unless changed";
  }
  return "Start jasmind with RabbitMQ and Redis up, for it opens no port before; or correct " +
    "JASMIN_HOST and JASMIN_TELNET_PORT. jcli listens on 127.0.0.1 only, unless bind of [jcli] in " +
    "jasmin.cfg says otherwise";
}

/** A failed login in words: an unreachable port with why. */
function consoleFailure(error: unknown): string {
  const words = messageOf(error);
  if (!(error instanceof JcliClosedError)) return words;
  return `${words}: ${connectionFailure(error).toLowerCase()}`;
}

/** The session is another process's: what that one tells. */
async function heldConsole(at: Surroundings): Promise<Finding> {
  const tried = "Read what the role gateway tells, which holds the installation's one session";
  return await onDatabase(at, tried, async (sql) => {
    const told = (await listServiceStates(sql)).find(({ name }) => name === "jcli");
    const since = told?.since.toISOString();
    if (told?.state === "up") return { outcome: "ok", tried, got: `Logged in since ${since}` };
    if (told?.state === "down") {
      return {
        outcome: "fail",
        tried,
        got: `Down since ${since}: ${told.detail ?? "it doesn't say why"}`,
        mend: consoleMend(undefined) +
          ". If the login was refused, correct JASMIN_USERNAME and JASMIN_PASSWORD",
      };
    }
    return {
      outcome: "warn",
      tried,
      got: told === undefined
        ? "It has told nothing yet"
        : `It has told nothing since ${told.seenAt.toISOString()}`,
      mend: "Wait 10 s and look again; if it lasts, look at the log of the role gateway",
    };
  });
}

export const consoleLogin: Check = {
  id: "jcli",
  title: "jcli takes the login",
  deadlineMs: CONSOLE_DEADLINE_MS,
  async run(at) {
    const { host, telnetPort, username } = at.config.jasmin;
    const tried = `Logged in at ${urlHost(host)}:${telnetPort} as ${username}`;
    const console = await at.console();
    switch (console.kind) {
      case "held":
        return await heldConsole(at);
      case "unknown":
        return skipped(
          tried,
          "Whether another process holds the one session can't be told without PostgreSQL",
        );
      case "failed":
        return {
          outcome: "fail",
          tried,
          got: consoleFailure(console.error),
          mend: consoleMend(console.error),
        };
      case "own": {
        const { session } = console;
        const ms = await session.probe();
        return {
          outcome: "ok",
          tried,
          got: `Jasmin ${session.release}, session ${session.ref}, answers in ${duration(ms)}`,
        };
      }
    }
  },
};

/** What tells the two code bases apart that call themselves 0.11.1. */
async function traitsOf(at: Surroundings): Promise<ReleaseTraits> {
  const state = await at.console();
  if (state.kind === "own") return await consoleTraits(state.console);
  const database = await at.database();
  if (database.kind !== "ready") return {};
  const stored = (await listConnectors(database.sql)).map(({ config }) => Object.keys(config));
  const keys = stored.find((each) => each.length > 0);
  return keys === undefined ? {} : { connectorKeys: keys };
}

async function consoleTraits(console: GatewayConsole): Promise<ReleaseTraits> {
  const [user] = await console.stats.users();
  const [connector] = await console.connectors.list();
  const config = connector && await console.connectors.show(connector.cid);
  return {
    ...(user === undefined ? {} : { showsPeers: user.smppPeers !== undefined }),
    ...(config === undefined
      ? {}
      : { connectorKeys: [...Object.keys(config), ...Object.keys(config.other)] }),
  };
}

/** The release as jcli's banner or the root of the HTTP API tells it; null when neither does. */
async function releaseOf(at: Surroundings): Promise<string | null> {
  const state = await at.console();
  if (state.kind === "own") return state.session.release;
  const { host, httpPort } = at.config.jasmin;
  try {
    const response = await fetch(`http://${urlHost(host)}:${httpPort}/`, {
      signal: AbortSignal.timeout(5_000),
      redirect: "manual",
    });
    const text = (await response.text()).slice(0, 40).trim();
    return response.ok && /^\d+\.\d+[\w.]*$/.test(text) ? text : null;
  } catch {
    // Its own check says that it is away.
    return null;
  }
}

export const gatewayRelease: Check = {
  id: "release",
  title: "The release delivers DLRs",
  deadlineMs: CONSOLE_DEADLINE_MS,
  async run(at) {
    const [release, database] = await Promise.all([releaseOf(at), at.database()]);
    return judgeRelease({
      release,
      traits: release === "0.11.1" ? await traitsOf(at) : {},
      callbacks: database.kind === "ready" ? await at.callbacks(database.sql) : null,
    });
  },
};

/** How the gateway brings MOs, by its own tables. */
async function routedMos(
  { console, moUrl, tried, serviceRuns }: {
    readonly console: GatewayConsole;
    readonly moUrl: string;
    readonly tried: string;
    readonly serviceRuns: boolean;
  },
): Promise<Finding> {
  const [routes, connectors] = await Promise.all([
    console.moRoutes.list(),
    console.httpConnectors.list(),
  ]);
  const ours = connectors.filter(({ url }) => url === moUrl).map(({ cid }) => cid);
  const targets = routes.flatMap((route) => route.connectors);
  const reached = targets.find((target) => target.kind === "http" && ours.includes(target.cid));
  const mend =
    "Start the service: its role gateway makes the HTTP connector dashboard_mo, and the " +
    "default MO route to it where there is none";
  if (routes.length === 0) {
    // Before the first start there is none yet.
    const outcome = serviceRuns ? "fail" : "warn";
    return { outcome, tried, got: "The gateway has no MO route: MOs are dropped", mend };
  }
  if (reached !== undefined) {
    return {
      outcome: "ok",
      tried,
      got: `${countOf(routes.length, "route")}, MOs come to this service`,
    };
  }
  const old = connectors.find(({ url }) => new URL(url).pathname.startsWith("/hooks/jasmin/mo/"));
  const names = targets.map((target) => target.kind === "http" ? target.cid : target.username);
  if (old !== undefined && names.includes(old.cid)) {
    return {
      outcome: "fail",
      tried,
      got:
        `MOs go to ${new URL(withoutCredentials(old.url)).origin}, with a signature that isn't ` +
        `this service's, or an address that isn't HOOK_URL`,
      mend: "Restart the service, which puts the address right; if SECRET_KEY was changed by " +
        "mistake, set the former one",
    };
  }
  return {
    outcome: "warn",
    tried,
    got: `MOs go to ${[...new Set(names)].join(", ")}, not to this service`,
    mend:
      "Add an MO route to http(dashboard_mo) above it, if replies and STOP words shall come here",
  };
}

export const moRoute: Check = {
  id: "mo-route",
  title: "MOs are routed to this service",
  deadlineMs: CONSOLE_DEADLINE_MS,
  async run(at) {
    const state = await at.console();
    const tried = state.kind === "own"
      ? "Read the gateway's MO routes and HTTP connectors"
      : "Looked for MOs that came, as the gateway's routes can't be read from here";
    return await onDatabase(at, tried, async (sql) => {
      if (state.kind === "own") {
        return await routedMos({
          console: state.console,
          moUrl: await (await at.hooks(sql)).moUrl(),
          tried,
          serviceRuns: (await at.running()).any,
        });
      }
      const [last] = await sql<{ at: Date | null }[]>`
        select max(received_at) as at from mo_messages
        where received_at > now() - interval '30 days'`;
      const came = last?.at ?? null;
      if (came !== null) return { outcome: "ok", tried, got: `One came at ${came.toISOString()}` };
      return skipped(
        tried,
        "None came in 30 days; the role gateway makes the route as it starts, and logs it",
      );
    });
  },
};
