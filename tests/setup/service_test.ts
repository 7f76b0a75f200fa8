import assert from "node:assert/strict";
import { type Service, ServiceError, startService } from "./service.ts";
import { fromFileUrl } from "./paths.ts";

const SERVICE_MODULE = new URL("./service.ts", import.meta.url).href;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function readPid(file: string): Promise<number> {
  try {
    return Number(await Deno.readTextFile(file));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    // A process that has ended but was not waited for is no longer alive.
    return !/^State:\tZ/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, "the condition did not come true in 10 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function start(folder: string, script: string): Promise<[Service, number]> {
  const file = `${folder}/pid`;
  const service = await startService({
    name: "probe",
    cwd: folder,
    command: ["sh", "-c", `echo $$ > pid; ${script}`],
    graceSeconds: 1,
    isReady: async () => await readPid(file) > 0,
  });
  return [service, await readPid(file)];
}

Deno.test("stop ends the process, and may be called again", () =>
  inFolder(async (folder) => {
    const [service, pid] = await start(folder, "exec sleep 1000");
    assert.ok(isAlive(pid));
    await service.stop();
    assert.ok(!isAlive(pid));
    await service.stop();
  }));

Deno.test("a service that does not end when asked is killed", () =>
  inFolder(async (folder) => {
    const [service, pid] = await start(folder, "trap '' TERM; while :; do sleep 0.1; done");
    await service.stop();
    assert.ok(!isAlive(pid));
  }));

Deno.test("stop returns for a service that ended by itself", () =>
  inFolder(async (folder) => {
    const [service, pid] = await start(folder, "exec sleep 0.2");
    await until(() => !isAlive(pid));
    await service.stop();
  }));

Deno.test("a service that fails to start says what its log said", () =>
  inFolder(async (folder) => {
    await assert.rejects(
      startService({
        name: "probe",
        cwd: folder,
        command: ["sh", "-c", "echo no such thing >&2; exit 3"],
        isReady: () => Promise.resolve(false),
      }),
      (error) =>
        error instanceof ServiceError && /ended at once.*\nno such thing$/s.test(error.message),
    );
  }));

Deno.test("a service does not outlive a test run that is killed", () =>
  inFolder(async (folder) => {
    const program = `
      import { startService } from ${JSON.stringify(SERVICE_MODULE)};
      await startService({
        name: "probe",
        cwd: ${JSON.stringify(folder)},
        command: ["sh", "-c", "echo $$ > pid; exec sleep 1000"],
        isReady: () => Promise.resolve(true),
      });
      setInterval(() => {}, 1000);
    `;
    await Deno.writeTextFile(`${folder}/owner.ts`, program);
    const owner = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-lock",
        "--config",
        fromFileUrl(new URL("../../deno.json", import.meta.url)),
        `${folder}/owner.ts`,
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
    await until(async () => await readPid(`${folder}/pid`) > 0);
    const pid = await readPid(`${folder}/pid`);
    assert.ok(isAlive(pid));
    owner.kill("SIGKILL");
    await owner.status;
    await until(() => !isAlive(pid));
  }));
