/** Plays a script on a gateway that is started for it alone. */

import { startJasminSimulator } from "../../simulator/jasmin/mod.ts";
import { startJasmin } from "../setup/jasmin.ts";
import { Player } from "./player.ts";
import type { Script } from "./script.ts";
import { SimulatedWorld } from "./simulated_world.ts";
import type { Entry } from "./transcript.ts";
import { RealWorld } from "./world.ts";

/** Plays a script on a fresh real gateway, on a virtual host of the RabbitMQ at the port. */
export async function playOnJasmin(
  script: Script,
  amqpPort?: number,
  expected?: readonly Entry[],
): Promise<Entry[]> {
  const gateway = await startJasmin({
    ...(amqpPort === undefined ? {} : { amqpPort }),
    interceptor: script.interceptor ?? false,
  });
  try {
    const world = new RealWorld();
    try {
      const values = { ...world.values, dir: gateway.folder };
      return await new Player(script, gateway, world, values, expected).play();
    } finally {
      await world.stop();
    }
  } finally {
    await gateway.stop();
  }
}

/** Plays a script on a fresh simulator, with the timings that the real gateway has in tests. */
export async function playOnSimulator(
  script: Script,
  expected?: readonly Entry[],
): Promise<Entry[]> {
  const dir = await Deno.makeTempDir({ prefix: "jasmin-simulator-" });
  await Deno.mkdir(`${dir}/store`);
  await Deno.mkdir(`${dir}/log`);
  const credentials = { username: "jcliadmin", password: "jclipwd" };
  const simulator = await startJasminSimulator({
    ...credentials,
    storeDir: `${dir}/store`,
    logDir: `${dir}/log`,
    firstSmscId: 1001,
    interceptor: script.interceptor ? "connected" : "absent",
    // An operator that says by itself neither yes nor no: the script does.
    behaviour: { receipts: { none: 1 } },
    timing: {
      retryScale: 1 / 30,
      dlrLookupMs: 1000,
      callbackTimeoutMs: 5000,
      callbackRetryMs: 1000,
      notReadyMs: 1000,
    },
  });
  try {
    const world = new SimulatedWorld(simulator);
    try {
      const target = {
        ...credentials,
        jcliPort: simulator.jcliPort,
        httpPort: simulator.httpPort,
      };
      return await new Player(script, target, world, { ...world.values, dir }, expected).play();
    } finally {
      await world.stop();
    }
  } finally {
    await simulator.stop();
    await Deno.remove(dir, { recursive: true });
  }
}
