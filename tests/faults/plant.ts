/**
 * An installation as it is run: one process for each role, of some several, on a PostgreSQL and a
 * Redis of their own, before a simulated Jasmin whose ledger is the oracle. Every part can be killed.
 * @module
 */
import { v7 } from "uuid";
import { ensureRoot } from "../../services/accounts/mod.ts";
import { createAuth, createUser, passwordHasher } from "../../services/auth/mod.ts";
import { connect, migrate, type Sql } from "../../services/db/mod.ts";
import { setLogLevel } from "../../services/log/mod.ts";
import type { JasminSimulator } from "../../simulator/jasmin/mod.ts";
import { type Answer, ask } from "../client.ts";
import { Program } from "../integration/program.ts";
import { JCLI, readyToSend, startGateway, Undo } from "../integration/stack.ts";
import {
  freePort,
  type PostgresService,
  type RedisService,
  startPostgres,
  startRedis,
} from "../setup/mod.ts";
import { until } from "../until.ts";
import { Wire } from "./wire.ts";

/** Processes of an installation, by what they run. */
const PROCESSES = {
  web: 1,
  ingest: 3,
  dispatch: 2,
  gateway: 1,
  metrics: 1,
  scheduler: 1,
} as const;

/** Jasmin repeats a callback three times, 30 s apart: longer than a process needs to be back. */
const CALLBACK_RETRY_MS = 8_000;

export type Part = keyof typeof PROCESSES;
export const PARTS = Object.keys(PROCESSES) as Part[];

/** A request that was answered with 202. */
export interface Accepted {
  readonly id: string;
  readonly to: string;
}

export class Plant {
  readonly sql: Sql;
  readonly gateway: JasminSimulator;
  /** Between the installation and the gateway's console. */
  readonly jcli: Wire;
  readonly postgres: PostgresService;
  readonly redis: RedisService;
  readonly url: string;
  readonly accepted: Accepted[] = [];
  readonly #env: Readonly<Record<string, string>>;
  readonly #running = new Map<Part, Program[]>();
  readonly #undo: Undo;
  #token = "";
  #number = 0;

  private constructor(
    sql: Sql,
    services: Pick<Plant, "gateway" | "jcli" | "postgres" | "redis">,
    env: Readonly<Record<string, string>>,
    undo: Undo,
  ) {
    this.sql = sql;
    this.gateway = services.gateway;
    this.jcli = services.jcli;
    this.postgres = services.postgres;
    this.redis = services.redis;
    this.url = `http://127.0.0.1:${env["PORT"]}`;
    this.#env = env;
    this.#undo = undo;
  }

  static async start(): Promise<Plant> {
    setLogLevel("silent");
    const undo = new Undo();
    try {
      const postgres = await startPostgres();
      undo.add(() => postgres.stop());
      const redis = await startRedis();
      undo.add(() => redis.stop());
      const gateway = await startGateway({ timing: { callbackRetryMs: CALLBACK_RETRY_MS } });
      undo.add(() => gateway.stop());
      const jcli = new Wire(gateway.jcliPort);
      undo.add(() => jcli.close());
      const port = freePort();
      const env = {
        DATABASE_URL: postgres.url,
        REDIS_URL: redis.url,
        SECRET_KEY: "faults ".repeat(6),
        HOST: "127.0.0.1",
        PORT: String(port),
        HOOK_URL: `http://127.0.0.1:${port}`,
        JASMIN_TELNET_PORT: String(jcli.port),
        JASMIN_HTTP_PORT: String(gateway.httpPort),
        JASMIN_USERNAME: JCLI.username,
        JASMIN_PASSWORD: JCLI.password,
      };
      const sql = connect(postgres.url, { applicationName: "faults", max: 6 });
      undo.add(() => sql.end({ timeout: 1 }));
      await migrate(sql);
      const plant = new Plant(sql, { gateway, jcli, postgres, redis }, env, undo);
      undo.add(() => plant.#stop());
      await plant.#signIn();
      for (const part of PARTS) plant.launch(part);
      await readyToSend(sql, 120);
      await plant.serving();
      return plant;
    } catch (error) {
      await undo.run();
      throw error;
    }
  }

  /** Starts what is missing of a part. */
  launch(part: Part): void {
    const running = this.#running.get(part) ?? [];
    while (running.length < PROCESSES[part]) {
      running.push(new Program(["serve"], { ...this.#env, ROLES: part }));
    }
    this.#running.set(part, running);
  }

  /** Starts one more of a part than there should be. */
  launchAnother(part: Part): void {
    const running = this.#running.get(part) ?? [];
    running.push(new Program(["serve"], { ...this.#env, ROLES: part }));
    this.#running.set(part, running);
  }

  /** Kills every process of a part, with SIGKILL, and waits until they are gone. */
  async kill(part: Part): Promise<void> {
    const running = this.#running.get(part) ?? [];
    for (const program of running) program.kill();
    await Promise.all(running.map(({ ended }) => ended));
    this.#running.set(part, []);
  }

  /** Asks every process of a part to end, and tells how they ended and in how many seconds. */
  async stop(part: Part): Promise<{ readonly codes: number[]; readonly seconds: number }> {
    const started = performance.now();
    const ended = await Promise.all((this.#running.get(part) ?? []).map((each) => each.stop()));
    this.#running.set(part, []);
    const seconds = (performance.now() - started) / 1000;
    return { codes: ended.map(({ code }) => code), seconds };
  }

  /** Pids of a part's processes. */
  pids(part: Part): number[] {
    return (this.#running.get(part) ?? []).map(({ pid }) => pid);
  }

  /** What each process of a part has printed. */
  outputs(part: Part): string[] {
    return (this.#running.get(part) ?? []).map(({ output }) => output);
  }

  /** Waits until the web part answers. */
  async serving(): Promise<void> {
    await until("the API to answer", 60, async () => {
      try {
        return (await ask(this.url, "GET", "/livez")).status === 200;
      } catch {
        return false;
      }
    });
  }

  /** State of a dependency, as `/healthz` tells it. */
  async health(name: string): Promise<string | undefined> {
    const { body } = await ask(this.url, "GET", "/healthz");
    return body.dependencies?.find((each: { name: string }) => each.name === name)?.state;
  }

  /** A number that no message of this plant had. */
  number(): string {
    this.#number += 1;
    return `+34600${String(this.#number).padStart(6, "0")}`;
  }

  /** Sends one message as a program does that must not lose it: again with its key, until answered. */
  async send(): Promise<Accepted> {
    const [to, key] = [this.number(), v7()];
    const { body } = await until("a message to be taken", 90, async () => {
      const answer = await this.#post(to, key);
      if (answer !== undefined && ![202, 409, 429, 503].includes(answer.status)) {
        throw new Error(`/send answered ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      return answer?.status === 202 && answer;
    });
    const accepted = { id: body.id, to };
    this.accepted.push(accepted);
    return accepted;
  }

  async #post(to: string, key: string): Promise<Answer | undefined> {
    try {
      return await ask(this.url, "POST", "/api/v1/messages/send", {
        body: { to, text: `to ${to}` },
        headers: { authorization: `Bearer ${this.#token}`, "idempotency-key": key },
      });
    } catch {
      return undefined;
    }
  }

  async #signIn(): Promise<void> {
    const root = await ensureRoot(this.sql);
    const hasher = passwordHasher({ cost: 4 });
    try {
      const email = "faults@example.test";
      const password = "a password of tests";
      await createUser(this.sql, hasher, {
        accountId: root.id,
        email,
        name: "faults",
        password,
        role: "super_admin",
      });
      const secretKey = this.#env["SECRET_KEY"] ?? "";
      const auth = createAuth({ sql: this.sql, secretKey, hasher });
      const tokens = await auth.login({ email, password, ip: "192.0.2.1", userAgent: "faults" });
      this.#token = tokens.accessToken;
    } finally {
      await hasher.close();
    }
  }

  async #stop(): Promise<void> {
    for (const part of PARTS) await this.kill(part);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#undo.run();
  }
}
