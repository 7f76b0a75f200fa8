/** What the simulator's own tests share. */
import { connect, type Socket } from "node:net";
import { type JasminSimulator, type JasminSimulatorOptions, startJasminSimulator } from "./mod.ts";

const PATIENCE_MS = 10_000;

/** Waits for a condition. @throws {Error} when it never comes true */
export async function until(
  condition: () => boolean,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Runs a test against a simulator that ends with it. */
export async function withSimulator(
  options: JasminSimulatorOptions,
  test: (simulator: JasminSimulator) => Promise<void>,
): Promise<void> {
  const simulator = await startJasminSimulator(options);
  try {
    await test(simulator);
  } finally {
    await simulator.stop();
  }
}

const PROMPT = /(?:^|\n)(?:jcli : |> |Username: |Password: )+$/;

/** A plain jcli client: says a line, hears the answer without its echo, `\r` and prompt. */
export class TestJcli {
  #heard = "";
  closed = false;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding("latin1");
    socket.on("data", (data) => this.#heard += String(data));
    socket.on("close", () => this.closed = true);
    socket.on("error", () => this.closed = true);
  }

  /** Connects and logs in. */
  static async login(simulator: JasminSimulator): Promise<TestJcli> {
    const client = await TestJcli.open(simulator);
    await client.say("jcliadmin");
    await client.say("jclipwd");
    return client;
  }

  static async open(simulator: JasminSimulator, patienceMs?: number): Promise<TestJcli> {
    const socket = connect({ host: simulator.host, port: simulator.jcliPort });
    const client = new TestJcli(socket);
    await until(() => client.#heard.includes("required.") || client.closed, "greeting", patienceMs);
    client.#heard = "";
    return client;
  }

  /** All bytes since the last answer. */
  get heard(): string {
    return this.#heard;
  }

  write(text: string): void {
    this.socket.write(text, "latin1");
  }

  /** Says a line and waits for the prompt. @returns the lines between echo and prompt */
  async say(line: string): Promise<string> {
    this.#heard = "";
    this.write(`${line}\r\n`);
    await until(() => PROMPT.test(this.#heard) || this.closed, `an answer to ${line}`);
    const lines = this.#heard.replaceAll("\r", "").split("\n");
    return lines.slice(1, -1).join("\n");
  }

  /** Says several lines. @returns the answer to the last one */
  async all(...lines: readonly string[]): Promise<string> {
    let answer = "";
    for (const line of lines) answer = await this.say(line);
    return answer;
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A listener that keeps the callbacks it gets. */
export class TestHook {
  readonly calls: { readonly path: string; readonly fields: Record<string, string> }[] = [];
  answer: () => Response = () => new Response("ACK/Jasmin");
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        const url = new URL(request.url);
        const form = request.method === "GET"
          ? url.searchParams
          : new URLSearchParams(await request.text());
        this.calls.push({ path: url.pathname, fields: Object.fromEntries(form) });
        return this.answer();
      },
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  stop(): Promise<void> {
    return this.#server.shutdown();
  }
}

/** Connector `op_1`, bound, with a default route; user `alice` with the password `secret`. */
export async function furnish(simulator: JasminSimulator, ...connector: string[]): Promise<void> {
  const jcli = await TestJcli.login(simulator);
  await jcli.all("group -a", "gid g1", "ok");
  await jcli.all("user -a", "uid u1", "gid g1", "username alice", "password secret", "ok");
  await jcli.all("smppccm -a", "cid op_1", "submit_throughput 0", ...connector, "ok");
  await jcli.all("mtrouter -a", "type DefaultRoute", "connector smppc(op_1)", "rate 0", "ok");
  await jcli.say("smppccm -1 op_1");
  await until(() => simulator.gateway.connectors.get("op_1")?.bound === true, "op_1 bound");
  jcli.close();
}

/** Asks `/send`. */
export async function send(
  simulator: JasminSimulator,
  fields: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string }> {
  const form = new URLSearchParams({
    username: "alice",
    password: "secret",
    to: "34600000001",
    content: "hi",
    ...fields,
  });
  const response = await fetch(`http://127.0.0.1:${simulator.httpPort}/send`, {
    method: "POST",
    body: form,
  });
  return { status: response.status, text: await response.text() };
}
