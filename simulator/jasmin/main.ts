/** The simulator as a program: `deno run -A simulator/jasmin/main.ts --help`. */
import { parseArgs } from "node:util";
import { CONTROL_PATHS, startControl } from "./control.ts";
import { demoOptions, furnishDemo, type Release, startJasminSimulator } from "./mod.ts";

const RELEASES: readonly Release[] = ["0.11.0", "0.11.1", "0.12"];

const HELP =
  `A simulated Jasmin gateway on loopback: jcli, HTTP API, /metrics, callbacks, log files.
For the demo and for tests; never for production.

  --host ADDRESS         listens there (default 127.0.0.1)
  --jcli-port N          default 8990
  --http-port N          default 1401
  --control-port N       faults and looks inside by HTTP (default: none; 0 is a free port)
  --username NAME        of jcli (default jcliadmin)
  --password WORD        of jcli (default jclipwd)
  --release R            ${RELEASES.join(", ")} (default 0.11.0)
  --store-dir FOLDER     where persist writes (default: memory)
  --log-dir FOLDER       where the gateway's log files are written (default: none)
  --seed N               of everything left to chance (default 1)
  --demo                 connectors, users, routes and traffic of a gateway in use
  --traffic N            messages of other programs per second; with --demo in place of its own
  --interceptor MODE     absent, disconnected or connected (default absent)
  --help

Control port:
  ${CONTROL_PATHS.join("\n  ")}
`;

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** A whole number of a flag. @throws {TypeError} */
function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) {
    throw new TypeError(`--${name} must be a number from 0 up, got "${text}"`);
  }
  return number;
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined) {
    throw new TypeError(`--${name} must be one of ${allowed.join(", ")}, got "${text}"`);
  }
  return found;
}

/** Runs the program until it is interrupted. @returns its exit code */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: "string", default: "127.0.0.1" },
      "jcli-port": { type: "string", default: "8990" },
      "http-port": { type: "string", default: "1401" },
      "control-port": { type: "string" },
      username: { type: "string", default: "jcliadmin" },
      password: { type: "string", default: "jclipwd" },
      release: { type: "string", default: "0.11.0" },
      "store-dir": { type: "string" },
      "log-dir": { type: "string" },
      seed: { type: "string", default: "1" },
      demo: { type: "boolean", default: false },
      traffic: { type: "string" },
      interceptor: { type: "string", default: "absent" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    print(HELP);
    return 0;
  }
  const demo = values.demo ? demoOptions() : {};
  // The gateway itself wants its store to be there; a program that is asked for one makes it.
  if (values["store-dir"] !== undefined) await Deno.mkdir(values["store-dir"], { recursive: true });
  const { traffic } = values;
  const simulator = await startJasminSimulator({
    ...demo,
    host: values.host,
    jcliPort: numberOf("jcli-port", values["jcli-port"]),
    httpPort: numberOf("http-port", values["http-port"]),
    username: values.username,
    password: values.password,
    release: oneOf("release", values.release, RELEASES),
    seed: numberOf("seed", values.seed),
    interceptor: oneOf("interceptor", values.interceptor, [
      "absent",
      "disconnected",
      "connected",
    ]),
    ...(values["store-dir"] === undefined ? {} : { storeDir: values["store-dir"] }),
    ...(values["log-dir"] === undefined ? {} : { logDir: values["log-dir"] }),
    ...(traffic === undefined
      ? {}
      : { traffic: { ...demo.traffic, perSecond: numberOf("traffic", traffic) } }),
  });
  if (values.demo) furnishDemo(simulator);
  print(`Simulated Jasmin gateway on ${simulator.host}`);
  print(`  jcli  ${simulator.jcliPort}`);
  print(`  HTTP  ${simulator.httpPort}`);
  const controlPort = values["control-port"];
  const control = controlPort === undefined
    ? undefined
    : await startControl(simulator, numberOf("control-port", controlPort));
  if (control !== undefined) print(`  control  ${control.port}`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, resolve);
  });
  await control?.stop();
  await simulator.stop();
  return 0;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    Deno.exit(2);
  }
}
