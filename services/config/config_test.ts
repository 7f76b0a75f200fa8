import assert from "node:assert/strict";
import { ConfigError, loadConfig, variables } from "./mod.ts";

const REQUIRED = { SECRET_KEY: "x".repeat(32), JASMIN_PASSWORD: "jclipwd" };

function sentencesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig({ ...REQUIRED, ...env });
  } catch (error) {
    assert(error instanceof ConfigError);
    return error.sentences;
  }
  return [];
}

Deno.test("the required values alone give every default", () => {
  const config = loadConfig(REQUIRED);
  assert.equal(config.port, 8000);
  assert.equal(config.host, "0.0.0.0");
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.hookUrl, "http://127.0.0.1:8000");
  assert.deepEqual(config.parts, ["web", "gateway", "ingest", "dispatch", "metrics", "scheduler"]);
});

Deno.test("each missing required value is named in a sentence of its own", () => {
  assert.throws(() => loadConfig({}), (error: unknown) => {
    assert(error instanceof ConfigError);
    assert.equal(error.sentences.length, 2);
    assert.match(error.sentences[0] ?? "", /^SECRET_KEY is missing/);
    assert.match(error.sentences[1] ?? "", /^JASMIN_PASSWORD is missing/);
    return true;
  });
});

const WRONG: readonly [Record<string, string>, RegExp][] = [
  [{ PORT: "http" }, /^PORT must be a port number/],
  [{ PORT: "70000" }, /^PORT must be a port number, 1 to 65535$/],
  [{ DATABASE_URL: "mysql://x/y" }, /^DATABASE_URL must be a URL such as postgresql:/],
  [{ REDIS_URL: "localhost:6379" }, /^REDIS_URL must be a URL such as redis:/],
  [{ SECRET_KEY: "short" }, /^SECRET_KEY must have at least 32 characters/],
  [{ DEBUG: "maybe" }, /^DEBUG must be true or false$/],
  [{ ROLES: "web,dispach" }, /^ROLES must be names out of .*; got dispach$/],
  [{ JASMIN_HTTP_USERNAME: "u" }, /^JASMIN_HTTP_PASSWORD is missing/],
  [{ PUBLIC_URL: "sms.example.com" }, /^PUBLIC_URL must be a URL such as https:/],
  [{ RECEIPT_TIMEOUT_SECONDS: "1" }, /^RECEIPT_TIMEOUT_SECONDS must be at least 5 seconds$/],
];

for (const [env, sentence] of WRONG) {
  Deno.test(`${JSON.stringify(env)} is refused by one sentence`, () => {
    const sentences = sentencesOf(env);
    assert.equal(sentences.length, 1);
    assert.match(sentences[0] ?? "", sentence);
  });
}

Deno.test("an empty value counts as absent and a SQLAlchemy scheme is understood", () => {
  const config = loadConfig({
    ...REQUIRED,
    REDIS_URL: "",
    DATABASE_URL: "postgresql+asyncpg://u:p@db/jasmin",
    HOOK_URL: "http://10.0.0.2:8000/",
  });
  assert.equal(config.redisUrl, undefined);
  assert.equal(config.databaseUrl, "postgresql://u:p@db/jasmin");
  assert.equal(config.hookUrl, "http://10.0.0.2:8000");
});

Deno.test("variables() tells which are required and what holds without the others", () => {
  const told = new Map(variables().map((each) => [each.name, each]));
  const required = [...told.values()].filter((each) => each.required).map(({ name }) => name);
  assert.deepEqual(required, Object.keys(REQUIRED));
  assert.equal(told.get("PORT")?.fallback, 8000);
  assert.deepEqual(told.get("ROLES")?.fallback, loadConfig(REQUIRED).parts);
  assert.equal(told.get("REDIS_URL")?.fallback, undefined);
});
