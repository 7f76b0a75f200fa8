/** A private Redis. */

import { createClient } from "redis";
import { ensureProgram, findProgram } from "./apt.ts";
import { serviceFolder } from "./paths.ts";
import { freePort, isListening } from "./ports.ts";
import { type Service, startService } from "./service.ts";

/** A Redis that is up. */
export interface RedisService extends Service {
  readonly port: number;
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  /** Kills the server with SIGKILL and starts it again: with nothing, unless it is `appendOnly`. */
  crash(): Promise<void>;
  /** Holds the server, as if its machine had stopped, until `thaw`. */
  freeze(): Promise<void>;
  thaw(): void;
}

async function pidOf(url: string): Promise<number> {
  const client = createClient({ url });
  await client.connect();
  try {
    const [, pid] = /^process_id:(\d+)/m.exec(await client.info("server")) ?? [];
    return Number(pid);
  } finally {
    client.destroy();
  }
}

/**
 * Starts Redis on a free port, with nothing kept on disk: tests that need a restart with data ask
 * for `appendOnly`.
 */
export async function startRedis(
  options: { readonly appendOnly?: boolean } = {},
): Promise<RedisService> {
  const program = await ensureProgram(
    "Redis",
    ["redis-server"],
    () => findProgram("redis-server"),
  );
  const [cwd, port] = [await serviceFolder("redis"), freePort()];
  const start = (): Promise<Service> =>
    startService({
      name: "redis",
      cwd,
      command: [
        program,
        ...["--port", `${port}`, "--bind", "127.0.0.1", "--dir", cwd, "--save", ""],
        ...["--appendonly", options.appendOnly ? "yes" : "no", "--daemonize", "no"],
      ],
      isReady: () => isListening(port),
    });
  let service = await start();
  const url = `redis://127.0.0.1:${port}`;
  let frozen: number | undefined;
  return {
    name: service.name,
    logFile: service.logFile,
    port,
    url,
    stop: () => service.stop(),
    async crash() {
      Deno.kill(await pidOf(url), "SIGKILL");
      await service.stop();
      service = await start();
    },
    async freeze() {
      frozen = await pidOf(url);
      Deno.kill(frozen, "SIGSTOP");
    },
    thaw() {
      if (frozen !== undefined) Deno.kill(frozen, "SIGCONT");
      frozen = undefined;
    },
  };
}
