/** A private RabbitMQ, beside any other that runs on the machine. */

import { ensureProgram, findProgram } from "./apt.ts";
import { serviceFolder } from "./paths.ts";
import { freePort, isListening } from "./ports.ts";
import { type Service, startService } from "./service.ts";

/**
 * How many gateways can share one broker. Jasmin's queue names are fixed, so each gateway gets a
 * virtual host that no other used before; a virtual host costs the start 10 ms.
 */
export const VHOSTS = 40;

/** A RabbitMQ that is up: user `guest`, password `guest`, virtual hosts `v0` to `v39`. */
export interface RabbitmqService extends Service {
  readonly port: number;
}

function definitions(): string {
  const names = Array.from({ length: VHOSTS }, (_, index) => `v${index}`);
  const all = { configure: ".*", write: ".*", read: ".*" };
  return JSON.stringify({
    users: [{ name: "guest", password: "guest", tags: "administrator" }],
    vhosts: ["/", ...names].map((name) => ({ name })),
    permissions: ["/", ...names].map((vhost) => ({ user: "guest", vhost, ...all })),
  });
}

/**
 * Starts RabbitMQ on free ports with its own node name, data folder, cookie and port mapper. The
 * mapper (epmd) is a process of its own: the one that Erlang starts by itself is a daemon that
 * outlives its broker and is shared by the whole machine.
 */
export async function startRabbitmq(): Promise<RabbitmqService> {
  // Debian's program of this name in /usr/sbin changes to the user rabbitmq and its folders.
  const program = await ensureProgram(
    "RabbitMQ",
    ["rabbitmq-server"],
    () => findProgram("/usr/lib/rabbitmq/bin/rabbitmq-server"),
  );
  const epmd = await findProgram("epmd") ?? "epmd";
  const cwd = await serviceFolder("rabbitmq");
  const [port, distribution, mapper] = [freePort(), freePort(), freePort()];
  await Promise.all([
    Deno.writeTextFile(`${cwd}/definitions.json`, definitions()),
    Deno.writeTextFile(`${cwd}/enabled_plugins`, "[].\n"),
    Deno.writeTextFile(
      `${cwd}/rabbitmq.conf`,
      `load_definitions = ${cwd}/definitions.json\nlog.console = true\nlog.file = false\n`,
    ),
  ]);
  const names = { ERL_EPMD_PORT: `${mapper}`, ERL_EPMD_ADDRESS: "127.0.0.1" };
  const mapping = await startService({
    name: "epmd",
    cwd,
    command: [epmd, "-port", `${mapper}`, "-address", "127.0.0.1"],
    isReady: () => isListening(mapper),
  });
  try {
    const broker = await startService({
      name: "rabbitmq",
      cwd,
      // Else the script stays as a parent that starts a second Erlang to stop the first.
      env: {
        ...names,
        RUNNING_UNDER_SYSTEMD: "true",
        HOME: cwd,
        RABBITMQ_CONF_ENV_FILE: "/dev/null",
        RABBITMQ_NODENAME: `test-${port}@localhost`,
        RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
        RABBITMQ_NODE_PORT: `${port}`,
        RABBITMQ_DIST_PORT: `${distribution}`,
        RABBITMQ_MNESIA_BASE: `${cwd}/mnesia`,
        RABBITMQ_LOG_BASE: `${cwd}/log`,
        RABBITMQ_ENABLED_PLUGINS_FILE: `${cwd}/enabled_plugins`,
        RABBITMQ_CONFIG_FILE: `${cwd}/rabbitmq.conf`,
        RABBITMQ_PID_FILE: `${cwd}/rabbitmq.pid`,
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-start_epmd false",
      },
      command: [program],
      // A clean end takes ten seconds and writes a folder that is thrown away.
      stopSignal: "KILL",
      isReady: () => isListening(port),
      readyWithinMs: 120_000,
    });
    const stop = async (): Promise<void> => {
      await broker.stop();
      await mapping.stop();
    };
    return { ...broker, port, stop };
  } catch (error) {
    await mapping.stop();
    throw error;
  }
}
