/**
 * Everything of one process put together: database, stream, roles, web.
 * @module
 */
import { ensureRoot, secretBox } from "../services/accounts/mod.ts";
import { createAlerts } from "../services/alerts/mod.ts";
import { createAuditLog } from "../services/audit/mod.ts";
import {
  createApiKeys,
  createAuth,
  createFirstRun,
  createProfiles,
  createSecondFactor,
  createUsers,
} from "../services/auth/mod.ts";
import { createBilling } from "../services/billing/mod.ts";
import type { Config } from "../services/config/mod.ts";
import { connect, findRunning, migrate, type Sql, startEmbedded } from "../services/db/mod.ts";
import {
  CommandDesk,
  createConnectors,
  createHttpConnectors,
  createOperations,
} from "../services/gateway/mod.ts";
import { announcer, Hub, OutboxTeller, presentState } from "../services/live/mod.ts";
import { logger } from "../services/log/mod.ts";
import { createHooks, createMessages, hookSigner } from "../services/messages/mod.ts";
import {
  checkHealth,
  createMetrics,
  type DependencyHealth,
  ProcessReporter,
  type WorkerReport,
} from "../services/metrics/mod.ts";
import { openStream } from "../services/stream/mod.ts";
import { createWalls } from "../services/wall/mod.ts";
import { createAccounts } from "../services/tenancy/mod.ts";
import { install } from "../routes/installation.ts";
import type { Services } from "../routes/services.ts";
import { roleSpecs } from "../workers/roles.ts";
import { startSupervisor, type WorkerStatus } from "../workers/supervisor.ts";

/** A server that runs, until `stop`. */
export interface RunningServer {
  /** Where the web answers; null when this process has no web part. */
  readonly url: string | null;
  readonly sql: Sql;
  /** What its routes call; null likewise. */
  readonly services: Services | null;
  /** Resolves when every role has been ready once. */
  readonly ready: Promise<void>;
  /** Takes nothing new, finishes what was begun, and lets go of everything; within 10 s. */
  stop(): Promise<void>;
}

/** What a role may take to finish what it has begun, in milliseconds. */
const DRAIN_MS = 5_000;
const WEB_DRAIN_MS = 2_000;

const log = logger("server");

interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    return { url: config.databaseUrl, stop: () => Promise.resolve() };
  }
  if (!config.parts.includes("web")) {
    const running = await findRunning(config.dataDir);
    if (running !== null) return { url: running.url, stop: () => Promise.resolve() };
  }
  const embedded = await startEmbedded(config.dataDir);
  return { url: embedded.url, stop: () => embedded.stop() };
}

function workerHealth(status: WorkerStatus): DependencyHealth {
  return {
    name: `${status.role} ${status.index}`,
    needed: true,
    state: status.state === "ready" ? "up" : "down",
    since: status.since.toISOString(),
    detail: status.crashLoop ? `dies again and again: ${status.lastError}` : status.lastError,
  };
}

function workerReport(status: WorkerStatus): WorkerReport {
  return {
    name: `${status.role} ${status.index}`,
    state: status.state === "ready" ? "up" : "down",
    since: status.since.toISOString(),
    lastError: status.lastError,
    restarts: status.restarts,
    lagMs: status.lagMs,
  };
}

/** What the caller knows and the configuration doesn't. */
export interface ServerOptions {
  /** Whether the gateway is a simulated one: pages say so. @default false */
  readonly simulated?: boolean;
}

type Handler = (request: Request, info: Deno.ServeHandlerInfo) => Response | Promise<Response>;

/** The built app with its pages; without a build, the app alone: API, callbacks, live channels. */
async function loadHandler(): Promise<Handler> {
  const built = new URL("../_fresh/server.js", import.meta.url);
  try {
    await Deno.stat(built);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    log.warn("The pages are not built, only the API answers: run deno task build");
    return (await import("../main.ts")).app.handler();
  }
  const { default: server } = await import(built.href);
  return server.fetch;
}

/** Without a proxy that is believed, nobody may say under which name they came. */
function unforwarded(request: Request): Request {
  if (!request.headers.has("x-forwarded-proto") && !request.headers.has("x-forwarded-host")) {
    return request;
  }
  const own = new Request(request);
  own.headers.delete("x-forwarded-proto");
  own.headers.delete("x-forwarded-host");
  return own;
}

/** Starts everything that the configuration asks of this process. */
export async function startServer(
  given: Config,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const closers: (() => Promise<unknown> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ err: error }, "A part could not be stopped");
      }
    }
  };
  try {
    const database = await openDatabase(given);
    closers.push(() => database.stop());
    const config: Config = { ...given, databaseUrl: database.url };
    const sql = connect(database.url, { applicationName: "jasmin-dashboard web", max: 12 });
    closers.push(() => sql.end({ timeout: 2 }));
    for (const name of await migrate(sql)) log.info({ migration: name }, "Migrated");
    await ensureRoot(sql);
    const stream = config.redisUrl === undefined
      ? openStream({ sql })
      : openStream({ redisUrl: config.redisUrl });
    closers.push(() => stream.close());
    const supervisor = startSupervisor({ config, roles: roleSpecs(config) });
    closers.push(() => supervisor.stop(DRAIN_MS));
    const web = config.parts.includes("web")
      ? await startWeb({
        config,
        options,
        sql,
        stream,
        closers,
        workers: () => supervisor.status(),
      })
      : { url: null, services: null };
    const reporter = new ProcessReporter({
      sql,
      log,
      workers: () => supervisor.status().map(workerReport),
      liveClients: () => web.services?.hub.clients ?? null,
    });
    closers.push(() => reporter.stop());
    return { ...web, sql, ready: supervisor.ready, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startWeb({ config, options, sql, stream, closers, workers }: {
  readonly config: Config;
  readonly options: ServerOptions;
  readonly sql: Sql;
  readonly stream: ReturnType<typeof openStream>;
  readonly closers: (() => Promise<unknown> | void)[];
  readonly workers: () => readonly WorkerStatus[];
}): Promise<{ readonly url: string; readonly services: Services }> {
  const announce = announcer(stream, log);
  closers.push(() => announce.flush());
  const auth = createAuth({ sql, secretKey: config.secretKey });
  closers.push(() => auth.close());
  const desk = new CommandDesk({ sql, box: secretBox(config.secretKey) });
  closers.push(() => desk.close());
  const operations = createOperations({ sql, desk });
  const hub = new Hub({ stream, snapshot: presentState(sql) });
  hub.start();
  const outbox = new OutboxTeller(sql, stream, log);
  closers.push(() => outbox.idle());
  const walls = createWalls({ sql, log });
  closers.push(() => walls.close());
  const services: Services = {
    accounts: createAccounts({ sql, auth }),
    alerts: createAlerts({ sql, tell: () => outbox.tell() }),
    apiKeys: createApiKeys({ sql, auth }),
    audit: createAuditLog(sql),
    auth,
    connectors: createConnectors({ sql, operations }),
    hooks: createHooks({
      sql,
      signer: await hookSigner(config.secretKey),
      hookUrl: config.hookUrl,
    }),
    httpConnectors: createHttpConnectors({ sql, operations }),
    hub,
    messages: createMessages({
      sql,
      billing: createBilling(),
      clocks: config.clocks,
      announce: announce.transitions,
    }),
    metrics: createMetrics({ sql }),
    firstRun: createFirstRun({ sql, auth }),
    profiles: createProfiles({ sql, auth }),
    secondFactor: createSecondFactor({ sql, auth, secretKey: config.secretKey }),
    users: createUsers({ sql, auth }),
    walls,
    health: () => checkHealth({ sql, stream, workers: () => workers().map(workerHealth) }),
  };
  install({
    services,
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    simulated: options.simulated ?? false,
  });
  const handler = await loadHandler();
  const server = Deno.serve({
    hostname: config.host,
    port: config.port,
    automaticCompression: true,
    onListen: () => {},
    onError: (error) => {
      log.error({ err: error }, "A request failed outside of all routes");
      return new Response("Internal Server Error", { status: 500 });
    },
  }, config.trustProxy > 0 ? handler : (request, info) => handler(unforwarded(request), info));
  closers.push(async () => {
    await hub.close();
    const late = setTimeout(() => log.warn("Requests were cut off"), WEB_DRAIN_MS);
    await Promise.race([
      server.shutdown(),
      new Promise((resolve) => setTimeout(resolve, WEB_DRAIN_MS)),
    ]);
    clearTimeout(late);
  });
  const host = config.host === "0.0.0.0" ? "localhost" : config.host;
  return { url: `http://${host}:${server.addr.port}`, services };
}
