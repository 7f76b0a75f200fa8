/**
 * The task as it is run: its exit codes, with no more rights than `deno.json` gives it.
 */
import assert from "node:assert/strict";
import config from "../deno.json" with { type: "json" };
import { problem, TestService } from "./send/testing.ts";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function task(args: readonly string[], env: Record<string, string>): Promise<Run> {
  const [, ...command] = config.tasks.send.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...command, ...args],
    cwd: new URL("..", import.meta.url),
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

function at(service: TestService): Record<string, string> {
  return {
    JASMIN_DASHBOARD_URL: service.url,
    JASMIN_DASHBOARD_EMAIL: "a@example.com",
    JASMIN_DASHBOARD_PASSWORD: "of-nobody",
  };
}

const MESSAGE = ["+34600000001", "Hello"];

Deno.test("task send ends with 0 on delivery and prints each step and the end", async () => {
  await using service = new TestService();
  service.onSend = () => {
    service.move("accepted", { afterMs: 41 });
    service.move("sent", { afterMs: 80 });
    service.move("delivered", { afterMs: 2_500 });
  };
  const { code, out, err } = await task(MESSAGE, at(service));
  assert.equal(code, 0, err);
  assert.deepEqual(out.trimEnd().split("\n"), [
    `${service.id} to +34600000001, 1 part (gsm7)`,
    "    0.000 s  queued",
    "    0.041 s  accepted",
    "    0.080 s  sent        by op_1",
    "    2.500 s  delivered",
    "delivered after 2.500 s, 1 part (gsm7), connector op_1",
  ]);
});

Deno.test("task send ends with 1 on another end, a refusal, and when the time is up", async () => {
  await using service = new TestService();
  service.onSend = () => service.move("undelivered", { afterMs: 900 });
  const undelivered = await task(MESSAGE, at(service));
  assert.equal(undelivered.code, 1);
  assert.match(undelivered.out, /^undelivered after 0\.900 s, .+ UNDELIV, error 001$/m);

  await using slow = new TestService();
  const late = await task(["--timeout", "1", ...MESSAGE], at(slow));
  assert.equal(late.code, 1);
  assert.match(late.err, /No end within 1 s; its last state is queued, since 20\d\d-/);

  await using closed = new TestService();
  closed.refuse = () => problem(401, { title: "Not signed in", detail: "The password is wrong" });
  const refused = await task(MESSAGE, at(closed));
  assert.deepEqual([refused.code, refused.out], [1, ""]);
  assert.match(refused.err, /Not signed in \(HTTP 401\): The password is wrong/);
  assert.doesNotMatch(refused.err, /of-nobody/);
});

Deno.test("task send ends with 1 when nothing answers, with 2 on wrong arguments", async () => {
  const nobody = await task(["--url", "http://127.0.0.1:1", ...MESSAGE], {});
  assert.equal(nobody.code, 1);
  assert.match(nobody.err, /Nothing answers at http:\/\/127\.0\.0\.1:1; start the service/);
  const usage = await task(["+34600000001"], {});
  assert.equal(usage.code, 2);
  assert.match(usage.err, /Give a number and a text[\s\S]+Usage: deno task send/);
});
