/**
 * One look at Redis, over a connection of its own.
 * @module
 */
import { createClient } from "redis";
import { parseInfo } from "./redis_info.ts";

const CONNECT_MS = 4_000;

/** What one look at Redis answered. */
export interface RedisFacts {
  readonly info: Readonly<Record<string, string>>;
  /** Null when the user may not read the configuration. */
  readonly save: string | null;
  readonly latencyMs: number;
}

/** Asks Redis for everything at once; rejects with node-redis' error when it can't be asked. */
export async function askRedis(url: string): Promise<RedisFacts> {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
  });
  // The failure comes from `connect` too; without a listener the event would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    const info = parseInfo(String(await client.sendCommand(["INFO"])));
    const started = performance.now();
    await client.sendCommand(["PING"]);
    const latencyMs = performance.now() - started;
    const save = await client.sendCommand(["CONFIG", "GET", "save"]).then(
      (reply) => Array.isArray(reply) && typeof reply[1] === "string" ? reply[1] : null,
      () => null,
    );
    return { info, save, latencyMs };
  } finally {
    client.destroy();
  }
}
