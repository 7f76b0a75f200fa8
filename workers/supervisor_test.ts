import assert from "node:assert/strict";
import { type Config, loadConfig } from "../services/config/mod.ts";
import {
  type RoleSpec,
  startSupervisor,
  type Supervisor,
  type SupervisorOptions,
  type WorkerStatus,
} from "./supervisor.ts";

function configWith(env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({
    SECRET_KEY: "0123456789abcdef".repeat(4),
    JASMIN_PASSWORD: "jclipwd",
    ...env,
  });
}

function spec(role: RoleSpec["role"], file: string, more: Partial<RoleSpec> = {}): RoleSpec {
  const url = new URL(`./testdata/${file}.ts`, import.meta.url);
  return { role, file: url, permissions: {}, ...more };
}

function start(roles: readonly RoleSpec[], more: Partial<SupervisorOptions> = {}): Supervisor {
  return startSupervisor({
    config: configWith(),
    roles,
    heartbeatMs: 50,
    exit: (code) => assert.fail(`exit ${code}`),
    ...more,
  });
}

/** Waits until the first worker's status is as wanted. */
async function until(
  supervisor: Supervisor,
  wanted: (status: WorkerStatus) => boolean,
): Promise<WorkerStatus> {
  const deadline = performance.now() + 20_000;
  while (true) {
    const [status] = supervisor.status();
    assert.ok(performance.now() < deadline, JSON.stringify(status));
    if (status !== undefined && wanted(status)) return status;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("roles start with config and index, report, drain and say goodbye", async () => {
  const supervisor = start([spec("ingest", "steady", { count: 2 })], {
    config: configWith({ PORT: "8123" }),
  });
  assert.deepEqual(supervisor.status().map((each) => each.state), ["starting", "starting"]);
  await supervisor.ready;
  await until(supervisor, (status) => status.detail["port"] === 8123);
  const statuses = supervisor.status();
  assert.deepEqual(statuses.map((each) => [each.role, each.index, each.state]), [
    ["ingest", 0, "ready"],
    ["ingest", 1, "ready"],
  ]);
  for (const each of statuses) {
    assert.ok(each.heartbeatAgeMs !== null && each.heartbeatAgeMs < 5_000);
    assert.ok(each.lagMs >= 0);
    assert.equal(each.restarts, 0);
    assert.equal(each.lastError, null);
  }
  assert.deepEqual(await supervisor.stop(5_000), []);
  assert.deepEqual(supervisor.status().map((each) => each.state), ["stopped", "stopped"]);
});

Deno.test("a worker that doesn't drain is cut off at the deadline, and named", async () => {
  const supervisor = start([spec("gateway", "stubborn"), spec("ingest", "steady")]);
  await supervisor.ready;
  const began = performance.now();
  assert.deepEqual(await supervisor.stop(300), ["gateway 0"]);
  assert.ok(performance.now() - began < 2_000);
  assert.deepEqual(supervisor.status().map((each) => each.state), ["stopped", "stopped"]);
});

for (
  const [how, why] of [
    ["reject", /^thrown by the role$/],
    ["return", /returned though nobody stopped it/],
    ["unhandled", /^left unhandled$/],
    ["uncaught", /thrown by a timer/],
  ] as const
) {
  Deno.test(`a role that ends by "${how}" is reported and started again`, async () => {
    const supervisor = start([spec("dispatch", "throwing")], {
      config: configWith({ JASMIN_USERNAME: how }),
    });
    const died = await until(supervisor, (status) => status.state === "waiting");
    assert.match(died.lastError ?? "", why);
    assert.equal(died.crashLoop, false);
    const next = await until(supervisor, (status) => status.restarts === 1);
    assert.match(next.lastError ?? "", why);
    await supervisor.stop(1_000);
  });
}

Deno.test("a worker that died is followed by one that works", async () => {
  const dataDir = await Deno.makeTempDir();
  const supervisor = start([
    spec("metrics", "once", { permissions: { read: [dataDir], write: [dataDir] } }),
  ], { config: configWith({ DATA_DIR: dataDir }) });
  await supervisor.ready;
  const [status] = supervisor.status();
  assert.equal(status?.state, "ready");
  assert.equal(status.restarts, 1);
  assert.match(status.lastError ?? "", /died once/);
  await supervisor.stop();
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("a file that can't be loaded is reported, and stopping while waiting ends it", async () => {
  const supervisor = start([spec("metrics", "no_such_file")]);
  const status = await until(supervisor, (each) => each.state === "waiting");
  assert.notEqual(status.lastError, null);
  assert.deepEqual(await supervisor.stop(1_000), []);
});

Deno.test("a file of another role is refused", async () => {
  const supervisor = start([spec("metrics", "steady")]);
  const status = await until(supervisor, (each) => each.state === "waiting");
  assert.match(status.lastError ?? "", /runs the role ingest, not metrics/);
  await supervisor.stop(1_000);
});

Deno.test("a worker has its own permissions and no others", async () => {
  const supervisor = start([
    spec("ingest", "curious", { permissions: { net: ["127.0.0.1"] } }),
  ]);
  const { detail } = await until(supervisor, (status) => status.detail["run"] !== undefined);
  assert.deepEqual(detail, {
    allowed: "granted",
    otherHost: "prompt",
    run: "prompt",
    env: "prompt",
  });
  await supervisor.stop();
});

Deno.test("a time in which the supervisor itself stood still is no silence of its workers", async () => {
  const exits: number[] = [];
  const supervisor = start([spec("ingest", "steady")], {
    silentAfterMs: 400,
    exit: (code) => exits.push(code),
  });
  await supervisor.ready;
  const end = performance.now() + 1_500;
  while (performance.now() < end);
  await until(supervisor, ({ heartbeatAgeMs }) => heartbeatAgeMs !== null && heartbeatAgeMs < 100);
  assert.deepEqual(await supervisor.stop(5_000), []);
  assert.deepEqual(exits, []);
});

Deno.test("a worker that computes for ever ends the process with 75, the others drained", async () => {
  const dataDir = await Deno.makeTempDir();
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      new URL("./testdata/process_with_busy_worker.ts", import.meta.url).href,
      dataDir,
    ],
    stdout: "piped",
  }).output();
  const said = new TextDecoder().decode(stdout);
  assert.equal(code, 75, said);
  assert.match(said, /"workers":\["gateway 0"\]/);
  await Deno.stat(`${dataDir}/drained`);
  await Deno.remove(dataDir, { recursive: true });
});
