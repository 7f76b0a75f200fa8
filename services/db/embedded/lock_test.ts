import assert from "node:assert/strict";
import { ConflictError } from "../../errors/mod.ts";
import { findRunning, lockDataDir } from "./lock.ts";

async function withDir(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("a second server is refused with who holds the directory and since when", () =>
  withDir(async (dir) => {
    const lock = await lockDataDir(dir);
    await assert.rejects(() => lockDataDir(dir), /in use by another process that is just starting/);
    await lock.announce("postgres://u:p@127.0.0.1:1/d");
    await assert.rejects(() => lockDataDir(dir), (error) => {
      assert.ok(error instanceof ConflictError);
      assert.match(error.message, new RegExp(`in use by process ${Deno.pid} since 20\\d\\d-`));
      assert.doesNotMatch(error.message, /postgres:/);
      return true;
    });
    await lock.release();
    await (await lockDataDir(dir)).release();
  }));

Deno.test("findRunning tells of a server while it runs, and of none otherwise", () =>
  withDir(async (dir) => {
    assert.equal(await findRunning(`${dir}/missing`), null);
    assert.equal(await findRunning(dir), null);
    const lock = await lockDataDir(dir);
    assert.equal(await findRunning(dir), null);
    await lock.announce("postgres://u:p@127.0.0.1:1/d");
    const running = await findRunning(dir);
    assert.equal(running?.pid, Deno.pid);
    assert.equal(running.url, "postgres://u:p@127.0.0.1:1/d");
    assert.ok(Math.abs(running.startedAt.getTime() - Date.now()) < 60_000);
    await lock.release();
    assert.equal(await findRunning(dir), null);
  }));

Deno.test("the file that holds the URL is readable to its owner alone", () =>
  withDir(async (dir) => {
    const lock = await lockDataDir(dir);
    await lock.announce("postgres://u:p@127.0.0.1:1/d");
    assert.equal(((await Deno.stat(`${dir}/server.lock`)).mode ?? 0) & 0o777, 0o600);
    await lock.release();
  }));

Deno.test("what a dead process left is no server, whoever has its pid now", () =>
  withDir(async (dir) => {
    const left = { pid: Deno.pid, startedAt: "2026-01-02T03:04:05.000Z", url: "postgres://x" };
    await Deno.writeTextFile(`${dir}/server.lock`, JSON.stringify(left));
    await Deno.writeTextFile(`${dir}/server.guard`, "");
    assert.equal(await findRunning(dir), null);
    await (await lockDataDir(dir)).release();
  }));

Deno.test("looking for a server doesn't hinder one that starts", () =>
  withDir(async (dir) => {
    let starting = true;
    const look = async (): Promise<void> => {
      while (starting) await findRunning(dir);
    };
    const lookers = [look(), look()];
    for (let n = 0; n < 10; n++) await (await lockDataDir(dir)).release();
    starting = false;
    await Promise.all(lookers);
  }));
