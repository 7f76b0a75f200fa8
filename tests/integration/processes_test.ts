/** The program as it is started by people: what it says, how it ends, what survives it. */
// deno-lint-ignore-file no-console -- the seconds to readiness are part of the test's report
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DEMO_USERS } from "../../commands/demo_data.ts";
import { resolveGatewayUser, secretBox } from "../../services/accounts/mod.ts";
import { connect, findRunning } from "../../services/db/mod.ts";
import { isFinal } from "../../services/messages/mod.ts";
import type { JasminSimulator } from "../../simulator/jasmin/mod.ts";
import { ApiClient, ask } from "../client.ts";
import { freePort, testStack } from "../setup/mod.ts";
import { until } from "../until.ts";
import { processesOf, Program, runProgram } from "./program.ts";
import { acceptedFor, JCLI, numberFor, PASSWORD, places, startGateway, Undo } from "./stack.ts";

const SEND = "/api/v1/messages/send";
const SECRET_KEY = "a secret key that no log may show";

/** Fails when a text has one of the secrets, in whole. */
function assertTellsNone(output: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    assert(secret.length >= 6, "a secret that is too short to be looked for");
    const at = output.indexOf(secret);
    assert(at < 0, `A secret was told: …${output.slice(Math.max(0, at - 200), at)}`);
  }
}

describe("demo", () => {
  const undo = new Undo();
  const password = "one for all five";
  let env: Record<string, string>;
  let program: Program;

  before(async () => {
    const folder = await Deno.makeTempDir({ prefix: "jd-demo-" });
    await Deno.chmod(folder, 0o755);
    undo.add(() => Deno.remove(folder, { recursive: true }));
    env = {
      DATA_DIR: folder,
      PORT: String(freePort()),
      HOST: "127.0.0.1",
      DEMO_PASSWORD: password,
    };
  });
  after(async () => {
    program?.kill();
    await program?.ended;
    await undo.run();
  });

  let kept: string;

  it("is ready soon, and says where, who may sign in, and that the gateway is simulated", async () => {
    const started = performance.now();
    program = new Program(["demo"], env);
    const [, url = ""] = await program.says(/^\s*(http:\/\/\S+)$/m, 60);
    await program.says(/simulated/, 1);
    console.log(`    ready in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    assert.equal(url, `http://127.0.0.1:${env["PORT"]}`);
    for (const { email, role } of DEMO_USERS) {
      assert(program.output.includes(email), email);
      const client = await ApiClient.signIn(url, email, password);
      const listed = await client.ask("GET", "/api/v1/messages");
      assert.equal(listed.status, 200, role);
    }
    await until("its health", 20, async () => (await ask(url, "GET", "/healthz")).status === 200);
  });

  it("has connectors and traffic that is delivered", async () => {
    const url = `http://127.0.0.1:${env["PORT"]}`;
    const client = await ApiClient.signIn(url, "admin@demo.test", password);
    const { items } = await client.get("/api/v1/connectors");
    assert(items.length >= 4);
    assert(items.some(({ state }: { state: string }) => state === "bound"));
    const { body } = await client.post(SEND, { to: "+34600000001", text: "kept" });
    kept = body.id;
    await until(
      "its end",
      60,
      async () => isFinal((await client.get(`/api/v1/messages/${kept}`)).state),
    );
    const { items: messages } = await client.get("/api/v1/messages?limit=200");
    assert(messages.length > 3);
  });

  it("refuses a second start on the same folder by a sentence", async () => {
    const second = await runProgram(["demo"], { ...env, PORT: String(freePort()) });
    assert.notEqual(second.code, 0);
    assert.match(second.stderr, /^DATA_DIR \S+ is in use by process \d+ since \S+; stop it/m);
    assert.equal(second.stderr.trimEnd().split("\n").length, 1, second.stderr);
    const url = `http://127.0.0.1:${env["PORT"]}`;
    assert.equal((await ask(url, "GET", "/healthz")).status, 200, "the first goes on");
  });

  it("ends at Ctrl-C with 0 and leaves no process", async () => {
    const { code, stderr } = await program.stop("SIGINT");
    assert.equal(code, 0, stderr);
    await until(
      "its processes to be gone",
      5,
      () => processesOf(env["DATA_DIR"] ?? "").length === 0,
    );
    assertTellsNone(program.output.replaceAll(`password "${password}"`, ""), [
      password,
      (await Deno.readTextFile(`${env["DATA_DIR"]}/secret.key`)).trim(),
    ]);
  });

  it("keeps its data over a second start", async () => {
    program = new Program(["demo"], env);
    const [, url = ""] = await program.says(/^\s*(http:\/\/\S+)$/m, 60);
    const client = await ApiClient.signIn(url, "client@demo.test", password);
    assert.equal(client.url, url);
    const operator = await ApiClient.signIn(url, "super@demo.test", password);
    assert.equal((await operator.ask("GET", `/api/v1/messages/${kept}`)).status, 200);
    assert.equal((await program.stop("SIGTERM")).code, 0);
    await until(
      "its processes to be gone",
      5,
      () => processesOf(env["DATA_DIR"] ?? "").length === 0,
    );
  });
});

describe("serve with a wrong environment", () => {
  const sound: Readonly<Record<string, string>> = {
    SECRET_KEY,
    JASMIN_PASSWORD: "jclipwd",
    PORT: "1",
  };
  const cases: readonly [string, Readonly<Record<string, string>>, RegExp][] = [
    ["no SECRET_KEY", { SECRET_KEY: "" }, /^SECRET_KEY is missing: /],
    ["a short SECRET_KEY", { SECRET_KEY: "short" }, /^SECRET_KEY must have at least 32 /],
    ["no JASMIN_PASSWORD", { JASMIN_PASSWORD: "" }, /^JASMIN_PASSWORD is missing: /],
    ["a PORT that is none", { PORT: "http" }, /^PORT must be a port number/],
    ["a PORT out of range", { PORT: "70000" }, /^PORT must be a port number, 1 to 65535/],
    ["another database", { DATABASE_URL: "mysql://u:hunter22@h/d" }, /^DATABASE_URL must be a URL/],
    ["a REDIS_URL that is none", { REDIS_URL: "localhost" }, /^REDIS_URL must be a URL such as /],
    ["an unknown role", { ROLES: "web,waiter" }, /^ROLES must be names out of .*; got waiter/],
    ["a user without password", { JASMIN_HTTP_USERNAME: "u" }, /^JASMIN_HTTP_PASSWORD is missing/],
    ["a TRUST_PROXY that is no number", { TRUST_PROXY: "yes" }, /^TRUST_PROXY must be the number/],
    ["a PUBLIC_URL that is none", { PUBLIC_URL: "sms" }, /^PUBLIC_URL must be a URL such as /],
    ["a wish that is no number", { INGEST_WORKERS: "many" }, /^INGEST_WORKERS must be a whole/],
    ["a DEBUG that is none", { DEBUG: "maybe" }, /^DEBUG must be true or false/],
  ];

  for (const [name, wrong, sentence] of cases) {
    it(`${name}: one sentence and exit 2`, async () => {
      const { code, stdout, stderr } = await runProgram(["serve"], { ...sound, ...wrong });
      assert.match(stderr, sentence);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assertTellsNone(stderr, [SECRET_KEY, "hunter22"]);
    });
  }

  it("two faults: a sentence for each", async () => {
    const { code, stderr } = await runProgram(["serve"], { PORT: "x" });
    assert.equal(code, 2);
    assert.equal(stderr.trimEnd().split("\n").length, 3, stderr);
  });

  it("an unknown command: what there is, and exit 2", async () => {
    const { code, stderr } = await runProgram(["dance"], sound);
    assert.equal(code, 2);
    assert.match(stderr, /^There is no command "dance"/);
    assert.match(stderr, /doctor/);
  });

  it("a database that can't be reached or refuses: a sentence and exit 1, no stack", async () => {
    const wrong = [`postgres://u:hunter22@127.0.0.1:${freePort()}/none`];
    const server = Deno.env.get("TEST_DATABASE_URL");
    if (server !== undefined) wrong.push(new URL("/there_is_no_such", server).href);
    for (const url of wrong) {
      const { code, stderr } = await runProgram(["serve"], { ...sound, DATABASE_URL: url });
      assert.equal(code, 1);
      assert.match(stderr, /^PostgreSQL (?:can't be reached|refuses): .*; check DATABASE_URL\n$/);
      assertTellsNone(stderr, ["hunter22"]);
    }
  });
});

describe("serve", () => {
  const undo = new Undo();
  let env: Record<string, string>;
  let gateway: JasminSimulator;
  let database: () => Promise<string>;
  const programs: Program[] = [];
  const told: string[] = [PASSWORD, SECRET_KEY, JCLI.password];

  before(async () => {
    const where = await places(undo);
    // Callbacks wait for a process that is being started again.
    gateway = await startGateway({ timing: { callbackRetryMs: 1_500, callbackRetries: 20 } });
    undo.add(() => gateway.stop());
    if (where["DATABASE_URL"] !== undefined) {
      const url = new URL(where["DATABASE_URL"]);
      url.password = "postgres-password";
      where["DATABASE_URL"] = url.href;
      told.push(url.password);
    }
    env = {
      ...where,
      SECRET_KEY,
      HOST: "127.0.0.1",
      PORT: String(freePort()),
      JASMIN_TELNET_PORT: String(gateway.jcliPort),
      JASMIN_HTTP_PORT: String(gateway.httpPort),
      JASMIN_PASSWORD: JCLI.password,
      DEBUG: "true",
    };
    database = async () =>
      env["DATABASE_URL"] ?? (await findRunning(env["DATA_DIR"] ?? ""))?.url ?? "";
  });
  after(async () => {
    for (const program of programs) program.kill();
    await Promise.all(programs.map(({ ended }) => ended));
    await undo.run();
  });

  const start = (more: Readonly<Record<string, string>> = {}): Program => {
    const program = new Program(["serve"], { ...env, ...more });
    programs.push(program);
    return program;
  };
  const ready = async (program: Program): Promise<string> => {
    const [, url = ""] = await program.says(/^Ready at (\S+)$/m, 60);
    await until("its health", 30, async () => (await ask(url, "GET", "/healthz")).status === 200);
    return url;
  };
  async function sendMany(client: ApiClient, count: number): Promise<Map<string, string>> {
    const taken = new Map<string, string>();
    const numbers = Array.from({ length: count }, () => numberFor());
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let to = numbers.shift(); to !== undefined; to = numbers.shift()) {
        try {
          const { status, body } = await client.post(SEND, { to, text: "under load" });
          if (status === 202) taken.set(body.id, to);
        } catch {
          return; // The server has gone: what it did not answer was not promised.
        }
      }
    }));
    return taken;
  }
  async function allDelivered(client: ApiClient, taken: ReadonlyMap<string, string>) {
    for (const [id, to] of taken) {
      try {
        await until(
          `${id} to be delivered`,
          60,
          async () => (await client.get(`/api/v1/messages/${id}`)).state === "delivered",
        );
      } catch (error) {
        const said = programs.map(({ output }) => output.slice(-4_000)).join("\n---\n");
        throw new Error(`${String(error)}\n${said}`, { cause: error });
      }
      assert.equal(acceptedFor(gateway, to), 1, id);
    }
  }

  let client: ApiClient;

  it("refuses a PORT that is taken, by a sentence", async () => {
    const taken = Deno.listen({ hostname: "127.0.0.1", port: freePort() });
    try {
      const { code, stderr } = await runProgram(["serve"], {
        ...env,
        PORT: String(taken.addr.port),
      });
      assert.equal(code, 1);
      assert.match(stderr, /^PORT is taken by another program: .*\n$/);
    } finally {
      taken.close();
    }
  });

  it("says aloud what it uses, and works before a gateway", async () => {
    const program = start();
    const url = await ready(program);
    if (testStack() === "real") {
      await program.says(/^Database: postgres:\/\/127\.0\.0\.1\S*$/m, 1);
      await program.says(/^Stream: redis:\/\/127\.0\.0\.1\S*$/m, 1);
    } else {
      await program.says(
        /^Database: PostgreSQL of its own under \S+, for DATABASE_URL is not set$/m,
        1,
      );
      await program.says(/^Stream: in PostgreSQL, for REDIS_URL is not set$/m, 1);
    }
    await program.says(/^Gateway: Jasmin at 127\.0\.0\.1, jcli \d+, HTTP \d+$/m, 1);
    assert(!/simulat|demo/i.test(program.output), "nothing of the demo");

    const added = await runProgram(
      ["user", "add", "first@example.test", "super_admin"],
      env,
      `${PASSWORD}\n`,
    );
    assert.equal(added.code, 0, added.stderr);
    client = await ApiClient.signIn(url, "first@example.test", PASSWORD);
    told.push(client.token, client.refreshToken);
    await allDelivered(client, await sendMany(client, 10));
    const audit = await runProgram(["audit", "verify"], env);
    assert.equal(audit.code, 0, audit.stderr);
    assert.match(audit.stdout, /^The chain holds: \d+ entries/m);
  });

  it("ends within 10 s of SIGTERM under load, and loses nothing of what it has taken", async () => {
    const [program] = programs;
    assert(program !== undefined);
    const sending = sendMany(client, 2_000);
    await until("the load", 20, () => gateway.ledger.accepted.length > 60);
    const asked = performance.now();
    const { code, stderr } = await program.stop("SIGTERM", 15);
    const seconds = (performance.now() - asked) / 1000;
    assert.equal(code, 0, stderr);
    assert(seconds < 10, `it took ${seconds} s`);
    const taken = await sending;
    assert(taken.size > 50 && taken.size < 2_000, `${taken.size} were taken`);
    console.log(`    ended in ${seconds.toFixed(1)} s with ${taken.size} taken`);

    const url = await ready(start());
    assert.equal(url, client.url, "the same place, where callbacks come");
    await allDelivered(client, taken);
  });

  it("as two processes, one for the web and one for the roles, works the same", async () => {
    const alone = programs.at(-1);
    assert.equal((await alone?.stop())?.code, 0);
    const web = start({ ROLES: "web" });
    await web.says(/^Ready at /m, 60);
    const roles = start({
      ROLES: "dispatch,ingest,gateway,metrics,scheduler",
      HOOK_URL: client.url,
      PORT: String(freePort()),
    });
    await ready(web);
    assert(!/^Ready at/m.test(roles.output), "no web there");
    const source = client.events("messages");
    const following = source.run();
    await source.until(() => source.events.some(({ name }) => name === "snapshot"));
    const taken = await sendMany(client, 30);
    assert.equal(taken.size, 30);
    await allDelivered(client, taken);
    await source.until(() => {
      const ended = source.events.filter(({ data }) => data.includes('"state":"delivered"'));
      return ended.length >= 30;
    });
    const restarted = await client.post("/api/v1/connectors/op_main/restart");
    assert.deepEqual([restarted.status, restarted.body.state], [200, "bound"]);
    await source.cut();
    await following;

    // The roles alone may go: the web takes messages in, and says that nobody dispatches them.
    assert.equal((await roles.stop()).code, 0);
    const waiting = await sendMany(client, 5);
    assert.equal(waiting.size, 5);
    await until(
      "the health to tell it",
      20,
      async () => (await client.ask("GET", "/healthz")).status === 503,
    );
    const again = start({
      ROLES: "dispatch,ingest,gateway,metrics,scheduler",
      HOOK_URL: client.url,
      PORT: String(freePort()),
    });
    await allDelivered(client, waiting);
    assert.equal((await again.stop()).code, 0);
  });

  it("has told no secret, though it logged all there is", async () => {
    const sql = connect(await database(), { max: 1 });
    try {
      const [root] = await sql<{ id: string }[]>`select id from accounts where parent_id is null`;
      const user = await resolveGatewayUser(sql, secretBox(SECRET_KEY), root?.id ?? "");
      assert(user !== undefined);
      told.push(user.password);
    } finally {
      await sql.end();
    }
    for (const program of programs) await program.stop();
    const output = programs.map((program) => program.output).join("\n");
    assert(output.includes('"level":"debug"'), "DEBUG was heeded");
    assertTellsNone(output, told);
    assert(!/\/hooks\/jasmin\/(?:mo|dlr\/[0-9a-f-]{36})\/[\w-]{22}/.test(output), "a signed URL");
    const folder = env["DATA_DIR"];
    if (folder !== undefined) assert.deepEqual(processesOf(folder), []);
  });
});
