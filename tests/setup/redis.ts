/** A private Redis. */

import { ensureProgram, findProgram } from "./apt.ts";
import { serviceFolder } from "./paths.ts";
import { freePort, isListening } from "./ports.ts";
import { type Service, startService } from "./service.ts";

/** A Redis that is up. */
export interface RedisService extends Service {
  readonly port: number;
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
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
  const service = await startService({
    name: "redis",
    cwd,
    command: [
      program,
      ...["--port", `${port}`, "--bind", "127.0.0.1", "--dir", cwd, "--save", ""],
      ...["--appendonly", options.appendOnly ? "yes" : "no", "--daemonize", "no"],
    ],
    isReady: () => isListening(port),
  });
  return { ...service, port, url: `redis://127.0.0.1:${port}` };
}
