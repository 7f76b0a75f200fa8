/**
 * A Redis server of a test's own, to be killed and started again.
 * @module
 */
import { createClient } from "redis";

/** A server on a free port, with its files in a temporary folder. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #options: readonly string[];
  #process: Deno.ChildProcess | undefined;

  private constructor(port: number, folder: string, options: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#options = options;
  }

  /** Starts `redis-server` with more options than the port and folder. */
  static async start(...options: string[]): Promise<RedisServer> {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    listener.close();
    const server = new RedisServer(port, await Deno.makeTempDir(), options);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the server after `kill` and waits until it answers. */
  async restart(): Promise<void> {
    const args = ["--port", String(this.port), "--dir", this.#folder, "--save", ""];
    this.#process = new Deno.Command("redis-server", {
      args: [...args, ...this.#options],
      stdout: "null",
      stderr: "null",
    }).spawn();
    await this.command("PING");
  }

  /** Kills the server at once, as a crash would. */
  async kill(): Promise<void> {
    this.#process?.kill("SIGKILL");
    await this.#process?.status;
    this.#process = undefined;
  }

  /** Sends one command over a connection of its own. */
  async command(...command: string[]): Promise<unknown> {
    const client = createClient({
      url: this.url,
      RESP: 2,
      socket: { reconnectStrategy: (tries) => tries < 200 ? 20 : false },
    });
    client.on("error", () => {}); // until it is up
    await client.connect();
    try {
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    await Deno.remove(this.#folder, { recursive: true });
  }
}
