import assert from "node:assert/strict";
import { join } from "node:path";
import { ConflictError, UnavailableError } from "../../errors/mod.ts";
import { connect, healthy } from "../connect.ts";
import { migrate } from "../migrate.ts";
import { findRunning, startEmbedded } from "./mod.ts";
import { TextLineStream } from "./lines.ts";

/** A folder that the account of a root process' server may enter. */
async function openFolder(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.chmod(folder, 0o755);
  return folder;
}

async function firstLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const lines = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  for await (const line of lines) return line;
  assert.fail("no line");
}

async function postmasterPid(dataDir: string): Promise<number> {
  return parseInt(await Deno.readTextFile(join(dataDir, "postgres", "data", "postmaster.pid")));
}

function alive(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("an embedded server, from its first start through every accident", async (test) => {
  const folder = await openFolder();
  const dataDir = join(folder, "data");
  const home = join(dataDir, "postgres");
  const files = join(home, "data");

  await test.step("the first start makes a private database, whatever a killed one left", async () => {
    // As after a kill in the middle of copying and of initdb.
    await Deno.mkdir(join(home, "data.new", "base"), { recursive: true });
    await Deno.mkdir(join(home, "programs-1.0", "bin"), { recursive: true });
    await Deno.chmod(home, 0o755);
    const server = await startEmbedded(dataDir);
    const sql = connect(server.url, { max: 2 });
    assert.ok((await migrate(sql)).length > 0);
    await sql`create table kept (value text)`;
    await sql`insert into kept values ('ÄÖ, 1')`;
    const [row] = await sql`
      select lower('ÄÖ') as lower, 'Z' < 'a' as by_code_point,
             current_setting('server_encoding') as encoding,
             current_setting('listen_addresses') as listens,
             current_setting('TimeZone') as zone`;
    assert.deepEqual({ ...row }, {
      lower: "äö",
      by_code_point: true,
      encoding: "UTF8",
      listens: "127.0.0.1",
      zone: "UTC",
    });
    await sql.end();
    const stranger = connect(server.url.replace(/:[^:@]+@/, ":guessed@"), { max: 1 });
    assert.equal(await healthy(stranger), false);
    await stranger.end({ timeout: 0 });
    for (const secret of [join(home, "password"), join(dataDir, "server.lock")]) {
      assert.equal(((await Deno.stat(secret)).mode ?? 0) & 0o777, 0o600, secret);
    }
    assert.equal((await findRunning(dataDir))?.url, server.url);
    await server.stop();
    await server.stop();
    assert.equal(await findRunning(dataDir), null);
    const names = (await Array.fromAsync(Deno.readDir(home))).map((entry) => entry.name);
    assert.ok(!names.includes("data.new") && !names.includes("programs-1.0"), names.join());
  });

  await test.step("of several starts at once, one succeeds; the data is still there", async () => {
    const starts = await Promise.allSettled([1, 2, 3].map(() => startEmbedded(dataDir)));
    const refused = starts.filter((start) => start.status === "rejected");
    assert.deepEqual(refused.map(({ reason }) => reason instanceof ConflictError), [true, true]);
    for (const start of starts) {
      if (start.status === "rejected") continue;
      const sql = connect(start.value.url, { max: 1 });
      assert.equal((await sql`select value from kept`)[0]?.["value"], "ÄÖ, 1");
      await sql.end();
      await start.value.stop();
    }
  });

  await test.step("stopping doesn't wait for a transaction that is open", async () => {
    const server = await startEmbedded(dataDir);
    const sql = connect(server.url, { max: 1 });
    const open = sql.begin(async (tx) => {
      await tx`insert into kept values ('not committed')`;
      await server.stop();
      await tx`select 1`;
    });
    await assert.rejects(open);
    await sql.end({ timeout: 0 });
  });

  await test.step("the server that a killed process left is stopped, what it committed kept", async () => {
    const holder = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL("./testdata/holder.ts", import.meta.url).href, dataDir],
      stdout: "piped",
    }).spawn();
    const url = await firstLine(holder.stdout);
    const left = connect(url, { max: 1 });
    await left`insert into kept values ('before the kill')`;
    holder.kill("SIGKILL");
    await holder.status;
    assert.equal(await healthy(left), true);
    assert.equal(await findRunning(dataDir), null);
    const orphan = await postmasterPid(dataDir);
    const server = await startEmbedded(dataDir);
    assert.notEqual(await postmasterPid(dataDir), orphan);
    assert.equal(await healthy(left), false);
    const sql = connect(server.url, { max: 1 });
    assert.deepEqual([...(await sql`select value from kept`).map((row) => row["value"])], [
      "ÄÖ, 1",
      "before the kill",
    ]);
    await Promise.all([sql.end(), left.end({ timeout: 0 }), server.stop()]);
  });

  await test.step("a server that is killed is reported, and starts again", async () => {
    const server = await startEmbedded(dataDir);
    Deno.kill(await postmasterPid(dataDir), "SIGKILL");
    assert.match((await server.died).message, /ended unasked/);
    await server.stop();
    const again = await startEmbedded(dataDir);
    await again.stop();
  });

  await test.step("a leftover that names a pid of another program harms neither", async () => {
    const bystander = new Deno.Command("sleep", { args: ["60"] }).spawn();
    using closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = closed.addr;
    closed.close();
    await Deno.writeTextFile(
      join(files, "postmaster.pid"),
      `${bystander.pid}\n${files}\n1700000000\n${port}\n\n127.0.0.1\n 1 2\nready\n`,
    );
    const server = await startEmbedded(dataDir);
    assert.equal(alive(bystander.pid), true);
    await server.stop();
    bystander.kill("SIGKILL");
    await bystander.status;
  });

  await test.step("files without their password, or of another major version, are refused", async () => {
    await Deno.rename(join(home, "password"), join(home, "away"));
    await assert.rejects(() => startEmbedded(dataDir), /password is missing/);
    await Deno.rename(join(home, "away"), join(home, "password"));
    const version = await Deno.readTextFile(join(files, "PG_VERSION"));
    await Deno.writeTextFile(join(files, "PG_VERSION"), "9\n");
    await assert.rejects(
      () => startEmbedded(dataDir),
      /was made by PostgreSQL 9 and this release brings 1\d/,
    );
    await Deno.writeTextFile(join(files, "PG_VERSION"), version);
    // A refusal leaves the directory free.
    await (await startEmbedded(dataDir)).stop();
  });

  await test.step("a DATA_DIR that isn't a directory is refused", async () => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    await assert.rejects(() => startEmbedded(file), (error) => {
      assert.ok(error instanceof UnavailableError);
      assert.match(error.message, /isn't a directory/);
      return true;
    });
  });

  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "a DATA_DIR that the server's account can't enter links to a folder that it can",
  ignore: Deno.build.os !== "linux" || Deno.uid() !== 0,
  async fn() {
    const dataDir = await Deno.makeTempDir();
    try {
      const server = await startEmbedded(dataDir);
      await server.stop();
      const folder = await Deno.readLink(join(dataDir, "postgres"));
      assert.match(folder, /^\/var\/lib\/jasmin-dashboard\//);
      const again = await startEmbedded(dataDir);
      await again.stop();
      await Deno.remove(folder, { recursive: true });
      await assert.rejects(() => startEmbedded(dataDir), /points to .* which is missing/);
    } finally {
      await Deno.remove(dataDir, { recursive: true });
    }
  },
});
