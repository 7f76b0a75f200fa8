/** The real Jasmin gateway, with its own Redis, on a broker of its own or a given one. */

import { fromFileUrl, serviceFolder } from "./paths.ts";
import { freePort, isListening } from "./ports.ts";
import { installJasmin, type JasminInstallation } from "./jasmin_install.ts";
import { addVhost, startRabbitmq } from "./rabbitmq.ts";
import { startRedis } from "./redis.ts";
import { type Service, startService } from "./service.ts";

const LAUNCHER = fromFileUrl(new URL("./jasmind.py", import.meta.url));

/** How a gateway is started. */
export interface JasminOptions {
  /** Also run interceptord. Without it a matching interceptor makes `/send` answer 503. */
  readonly interceptor?: boolean;
  /** Options of `jasmin.cfg` on top of those of {@linkcode startJasmin}: section, option, value. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Port of a RabbitMQ made by `startRabbitmq`. @default `TEST_AMQP_PORT`, else one is started */
  readonly amqpPort?: number;
}

/** A gateway that is up: its jcli accepts logins and its HTTP API answers. */
export interface JasminService {
  readonly jcliPort: number;
  readonly httpPort: number;
  /** Where ESMEs bind (Jasmin's own SMPP server). */
  readonly smppPort: number;
  readonly amqpPort: number;
  readonly vhost: string;
  readonly redisPort: number;
  /** jcli's administrator. */
  readonly username: "jcliadmin";
  readonly password: "jclipwd";
  /** The folder of everything below; scripts for filters and interceptors may be put here. */
  readonly folder: string;
  /** Jasmin's log files. */
  readonly logFolder: string;
  /** What `persist` writes. */
  readonly storeFolder: string;
  /** jasmind's own output. */
  readonly logFile: string;
  /** Ends jasmind and starts it again on the same ports, store, Redis and broker. */
  restart(): Promise<void>;
  /** Ends jasmind alone; `restart` brings it back. */
  stopGateway(): Promise<void>;
  /** Ends everything that was started for it. */
  stop(): Promise<void>;
}

/**
 * Timings shortened for tests. Jasmin's own are made for production: a callback that is not
 * acknowledged is tried again after 30 s, a message for a connector that is not bound after 30 s, a
 * receipt that came before its submit_sm_resp after 10 s, and a full SMSC queue after 180 s. The
 * number of tries is what it is in production.
 */
const TIMINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "sm-listener": {
    submit_retrial_delay_smppc_not_ready: "1",
    submit_error_retrial:
      "{'ESME_RSYSERR': {'count': 2, 'delay': 1}, 'ESME_RTHROTTLED': {'count': 20, 'delay': 1}, " +
      "'ESME_RMSGQFUL': {'count': 2, 'delay': 1}, 'ESME_RINVSCHED': {'count': 2, 'delay': 1}}",
  },
  "dlr": { dlr_lookup_retry_delay: "1" },
  "dlr-thrower": { retry_delay: "1", http_timeout: "5" },
  "deliversm-thrower": { retry_delay: "1", http_timeout: "5" },
};

type Config = Record<string, Record<string, string>>;

function merged(...configs: Readonly<Record<string, Readonly<Record<string, string>>>>[]): Config {
  const all: Config = {};
  for (const config of configs) {
    for (const [section, options] of Object.entries(config)) {
      all[section] = { ...all[section], ...options };
    }
  }
  return all;
}

function toIni(config: Config): string {
  return Object.entries(config).map(([section, options]) =>
    [`[${section}]`, ...Object.entries(options).map(([key, value]) => `${key} = ${value}`), ""]
      .join("\n")
  ).join("\n");
}

async function answersPing(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/ping`);
    return (await response.text()).includes("PONG");
  } catch {
    return false;
  }
}

interface Daemons {
  stop(): Promise<void>;
}

/**
 * Starts the real gateway: installs it when needed, starts RabbitMQ (or takes the one of the test
 * run), a Redis of its own (Jasmin's keys have no prefix and it uses database 0 only), jasmind with
 * DLR lookup, DLR thrower and MO thrower, and interceptord if asked for.
 *
 * @throws {GatewayUnavailableError} when it can't be installed here.
 */
export async function startJasmin(options: JasminOptions = {}): Promise<JasminService> {
  const installation = await installJasmin();
  const cleanup: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of cleanup.splice(0).reverse()) await stop();
  };
  try {
    let amqpPort = options.amqpPort ?? Number(Deno.env.get("TEST_AMQP_PORT") ?? 0);
    if (amqpPort === 0) {
      const rabbitmq = await startRabbitmq();
      cleanup.push(rabbitmq.stop);
      amqpPort = rabbitmq.port;
    }
    const vhost = await addVhost(amqpPort);
    const redis = await startRedis();
    cleanup.push(redis.stop);

    const folder = await serviceFolder("jasmin");
    const [logFolder, storeFolder] = [`${folder}/log`, `${folder}/store`];
    await Deno.mkdir(logFolder);
    await Deno.mkdir(storeFolder);
    const [jcliPort, httpPort, smppPort] = [freePort(), freePort(), freePort()];
    const interceptorPort = freePort();
    const listen = (port: number): Record<string, string> => ({
      bind: "127.0.0.1",
      port: `${port}`,
    });
    await Deno.writeTextFile(
      `${folder}/jasmin.cfg`,
      toIni(merged(
        {
          "jcli": listen(jcliPort),
          "http-api": listen(httpPort),
          "smpp-server": listen(smppPort),
          "smpp-server-pb": listen(freePort()),
          "router": listen(freePort()),
          "client-management": listen(freePort()),
          "amqp-broker": {
            host: "127.0.0.1",
            port: `${amqpPort}`,
            vhost,
            spec: installation.amqpSpec,
          },
          "redis-client": { host: "127.0.0.1", port: `${redis.port}` },
          "interceptor-client": { host: "127.0.0.1", port: `${interceptorPort}` },
        },
        TIMINGS,
        options.config ?? {},
      )),
    );
    await Deno.writeTextFile(
      `${folder}/interceptor.cfg`,
      toIni({ interceptor: listen(interceptorPort) }),
    );

    const launch = (
      name: string,
      args: readonly string[],
      isReady: () => Promise<boolean>,
    ): Promise<Service> => launchDaemon(installation, folder, name, args, isReady);

    const start = async (): Promise<Daemons> => {
      const interceptord = options.interceptor
        ? await launch(
          "interceptord",
          ["-c", `${folder}/interceptor.cfg`],
          () => isListening(interceptorPort),
        )
        : undefined;
      const flags = [
        "--enable-dlr-lookup",
        "--enable-dlr-thrower",
        // In 0.11.0 the MO thrower runs unless --disable-deliver-thrower; later releases want
        // --enable-deliver-thrower.
        ...(options.interceptor ? ["--enable-interceptor-client"] : []),
      ];
      try {
        const jasmind = await launch(
          "jasmind",
          ["-c", `${folder}/jasmin.cfg`, "-u", "jcliadmin", "-p", "jclipwd", ...flags],
          async () => await answersPing(httpPort) && await isListening(jcliPort),
        );
        return {
          async stop() {
            await jasmind.stop();
            await interceptord?.stop();
          },
        };
      } catch (error) {
        await interceptord?.stop();
        throw error;
      }
    };

    let daemons = await start();
    cleanup.push(() => daemons.stop());
    return {
      jcliPort,
      httpPort,
      smppPort,
      amqpPort,
      vhost,
      redisPort: redis.port,
      username: "jcliadmin",
      password: "jclipwd",
      folder,
      logFolder,
      storeFolder,
      logFile: `${folder}/jasmind.log`,
      stopGateway: () => daemons.stop(),
      async restart() {
        await daemons.stop();
        daemons = await start();
      },
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

function launchDaemon(
  installation: JasminInstallation,
  folder: string,
  name: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
): Promise<Service> {
  return startService({
    name,
    cwd: folder,
    env: {
      CONFIG_PATH: folder,
      STORE_PATH: `${folder}/store`,
      LOG_PATH: `${folder}/log`,
      RESOURCE_PATH: folder,
      HOME: folder,
      LANG: "C.UTF-8",
      PYTHONUNBUFFERED: "1",
      TZ: "UTC",
    },
    command: [installation.python, LAUNCHER, folder, `${installation.bin}/${name}.py`, ...args],
    isReady,
  });
}
