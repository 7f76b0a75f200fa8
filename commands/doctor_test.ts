/**
 * The command as it is run: its exit codes and what it prints.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Installation, SECRET_KEY } from "../services/doctor/testing.ts";

const MAIN = new URL("../main.ts", import.meta.url).pathname;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function doctor(args: readonly string[], env: Record<string, string>): Promise<Run> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", MAIN, "doctor", ...args],
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "", ...env },
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

describe("the command doctor", () => {
  let place: Installation;
  let env: Record<string, string>;

  before(async () => {
    place = await Installation.start();
    await place.furnish();
    env = {
      SECRET_KEY,
      JASMIN_PASSWORD: "jclipwd",
      DATABASE_URL: place.database.url,
      HOOK_URL: place.config.hookUrl,
      JASMIN_TELNET_PORT: String(place.config.jasmin.telnetPort),
      JASMIN_HTTP_PORT: String(place.config.jasmin.httpPort),
      PORT: String(place.config.port),
    };
  });
  after(() => place[Symbol.asyncDispose]());

  it("ends with 0 when nothing failed, and prints each check", async () => {
    const { code, out } = await doctor([], env);
    assert.equal(code, 0, out);
    assert.match(out, /^ok {4}PostgreSQL answers$/m);
    assert.match(out, /^ok {4}jcli takes the login$/m);
    assert.match(out, /^\d+ ok, .*skipped$/m);
  });

  it("ends with 1 when a check failed; --json is nothing but JSON, without secrets", async () => {
    const { code, out } = await doctor(["--json"], { ...env, JASMIN_PASSWORD: "wrong-password" });
    assert.equal(code, 1);
    const report = JSON.parse(out);
    assert.equal(report.ok, false);
    const failed = report.checks.filter(({ outcome }: { outcome: string }) => outcome === "fail");
    assert.deepEqual(failed.map(({ id }: { id: string }) => id), ["jcli"]);
    assert.match(failed[0].mend, /JASMIN_PASSWORD/);
    assert.doesNotMatch(out, /wrong-password|a-secret-key/);
  });

  it("ends with 2 on a wrong configuration or an unknown flag, and says which", async () => {
    const config = await doctor([], { ...env, PORT: "eighty" });
    assert.equal(config.code, 2);
    assert.match(config.err, /PORT must be a port number/);
    const flag = await doctor(["--jsn"], env);
    assert.equal(flag.code, 2);
    assert.match(flag.err, /doctor knows no --jsn/);
  });

  it("makes no database where there is none", async () => {
    const folder = await Deno.makeTempDir();
    const { DATABASE_URL: _, ...rest } = env;
    const { code, out } = await doctor([], { ...rest, DATA_DIR: `${folder}/data` });
    assert.equal(code, 1);
    assert.match(out.replaceAll(/\s+/g, " "), /There is no database under DATA_DIR/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    await Deno.remove(folder);
  });
});
