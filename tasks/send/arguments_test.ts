import assert from "node:assert/strict";
import { readArguments, UsageError } from "./arguments.ts";

const MESSAGE = ["+34600000001", "Hello"];

Deno.test("readArguments() takes the demo's admin for a service on this machine", () => {
  assert.deepEqual(readArguments(MESSAGE, {}), {
    url: "http://localhost:8000",
    email: "admin@demo.test",
    password: "demo",
    to: "+34600000001",
    text: "Hello",
    from: undefined,
    timeoutSeconds: 120,
  });
  assert.equal(readArguments(MESSAGE, { DEMO_PASSWORD: "other" }).password, "other");
});

Deno.test("readArguments() puts a flag before the environment", () => {
  const env = {
    JASMIN_DASHBOARD_URL: "https://sms.example.com/",
    JASMIN_DASHBOARD_EMAIL: "env@example.com",
    JASMIN_DASHBOARD_PASSWORD: "of the environment",
  };
  const flags = ["--from", "ACME", "--timeout=5", "--email", "flag@example.com"];
  const read = readArguments([...flags, ...MESSAGE], env);
  assert.deepEqual([read.url, read.email, read.password, read.from, read.timeoutSeconds], [
    "https://sms.example.com",
    "flag@example.com",
    "of the environment",
    "ACME",
    5,
  ]);
});

Deno.test("readArguments() takes a text that begins with a dash behind --", () => {
  assert.equal(readArguments(["--", "+34600000001", "-10 % today"], {}).text, "-10 % today");
});

Deno.test("readArguments() names each fault and its mend", () => {
  const faults: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Give a number and a text/],
    [["+34600000001"], /Give a number and a text/],
    [["+34600000001", "two", "words"], /"words" is one argument too many.+quotes/],
    [["--colour", ...MESSAGE], /--colour/],
    [["--timeout", "soon", ...MESSAGE], /--timeout soon/],
    [["--timeout", "0", ...MESSAGE], /--timeout 0/],
    [["--url", "sms.example.com", ...MESSAGE], /no address of a service/],
    [["--url", "https://sms.example.com", ...MESSAGE], /JASMIN_DASHBOARD_EMAIL or --email/],
    [["--email", "me@example.com", ...MESSAGE], /JASMIN_DASHBOARD_PASSWORD or --password/],
  ];
  for (const [args, words] of faults) {
    assert.throws(() => readArguments(args, {}), (error) => {
      assert(error instanceof UsageError);
      assert.match(error.message, words);
      return true;
    });
  }
});
