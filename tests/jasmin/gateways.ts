/** Plays a script on a gateway that is started for it alone. */

import { startJasmin } from "../setup/jasmin.ts";
import { Player } from "./player.ts";
import type { Script } from "./script.ts";
import type { Entry } from "./transcript.ts";
import { World } from "./world.ts";

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
    const world = await World.start();
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
