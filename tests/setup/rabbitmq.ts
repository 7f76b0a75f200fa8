/** A private RabbitMQ, beside any other that runs on the machine. */

import { ensureProgram, findProgram } from "./apt.ts";
import { serviceFolder, workFolder } from "./paths.ts";
import { freePort, isListening } from "./ports.ts";
import { type Service, startService } from "./service.ts";

/** Debian's place for it outside PATH. */
const ERL_CALL = "/usr/lib/erlang/bin/erl_call";

/** A RabbitMQ that is up: user `guest`, password `guest`. */
export interface RabbitmqService extends Service {
  readonly port: number;
}

/** Of the node's own little cluster, which nobody joins. */
const COOKIE = "test";

function nodeName(port: number): string {
  return `test-${port}@localhost`;
}

/** Tells the processes of a test run where a broker's port mapper listens. */
async function mapperFile(port: number): Promise<string> {
  return `${await workFolder()}/rabbitmq-${port}-mapper`;
}

/**
 * Makes a virtual host on a broker of this test run and returns its name. Jasmin's queue names are
 * fixed, so that each gateway needs one of its own. Through `erl_call`, which takes a few
 * milliseconds; `rabbitmqctl` starts an Erlang of its own and takes two seconds.
 */
export async function addVhost(port: number): Promise<string> {
  const name = `gateway-${crypto.randomUUID()}`;
  const code = [
    `ok = rabbit_vhost:add(<<"${name}">>, <<"test">>)`,
    "rabbit_auth_backend_internal:set_permissions(" +
    `<<"guest">>, <<"${name}">>, <<".*">>, <<".*">>, <<".*">>, <<"test">>)`,
  ].join(", ");
  const child = new Deno.Command(await findProgram("erl_call", ERL_CALL) ?? "erl_call", {
    args: ["-n", nodeName(port), "-c", COOKIE, "-e"],
    env: { ERL_EPMD_PORT: await Deno.readTextFile(await mapperFile(port)) },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${code}.\n`));
  await writer.close();
  const { stdout, stderr } = await child.output();
  const said = `${new TextDecoder().decode(stdout)}${new TextDecoder().decode(stderr)}`.trim();
  if (said !== "{ok, ok}") throw new Error(`RabbitMQ made no virtual host: ${said}`);
  return name;
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
    Deno.writeTextFile(await mapperFile(port), `${mapper}`),
    Deno.writeTextFile(`${cwd}/.erlang.cookie`, COOKIE, { mode: 0o400 }),
    Deno.writeTextFile(`${cwd}/enabled_plugins`, "[].\n"),
    Deno.writeTextFile(`${cwd}/rabbitmq.conf`, "log.console = true\nlog.file = false\n"),
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
        RABBITMQ_NODENAME: nodeName(port),
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
