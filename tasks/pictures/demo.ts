/**
 * A demo of its own to photograph: on a free port, with data of its own.
 * @module
 */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { freePort } from "../../tests/setup/mod.ts";
import { ROOT } from "../../tests/setup/paths.ts";

const PASSWORD = "demo";
const LOOK_EVERY_MS = 250;
/** The chart of the last minutes is to be full; the figures of a minute follow its end. */
const LONGEST_SECONDS = 480;

const tokenSchema = z.object({ access_token: z.string() });
const madeSchema = z.object({ path: z.string() });
const idsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const historySchema = z.object({ coverage: z.array(z.number().nullable()) });

/** What the pages are asked for. */
export interface Demo {
  readonly url: string;
  /** What stands for `{message}`, `{user}` and `{wall}` in paths. */
  readonly places: Readonly<Record<string, string>>;
  readonly password: string;
  [Symbol.asyncDispose](): Promise<void>;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LONGEST_SECONDS * 1000;
  while (!await holds()) {
    if (performance.now() > deadline) {
      throw new Error(`Waited ${LONGEST_SECONDS} s in vain for ${what}`);
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Starts it, and waits until its last five minutes are measured whole. */
export async function startDemo(): Promise<Demo> {
  const folder = await Deno.makeTempDir({ prefix: "pictures-" });
  await Deno.chmod(folder, 0o755); // as root, PostgreSQL runs as another user, who must enter
  const url = `http://localhost:${freePort()}`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=serve", "--no-prompt", "main.ts", "demo"],
    cwd: ROOT,
    env: { DATA_DIR: folder, DEMO_PASSWORD: PASSWORD, PORT: new URL(url).port },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(folder, { recursive: true });
  };
  try {
    return { url, password: PASSWORD, places: await furnish(url), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the demo's data, and makes what it doesn't bring: a key, a wall display. */
async function furnish(url: string): Promise<Record<string, string>> {
  let token = "";
  const ask = (path: string, body?: unknown): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...body === undefined ? {} : { body: JSON.stringify(body), method: "POST" },
    });
  const signIn = async (): Promise<boolean> => {
    try {
      const login = { email: "super@demo.test", password: PASSWORD };
      const response = await ask("/auth/login", login);
      if (!response.ok) {
        await response.body?.cancel();
        return false;
      }
      token = tokenSchema.parse(await response.json()).access_token;
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false; // nobody listens yet
      throw error;
    }
  };
  await until("the demo to let its users in", signIn);
  const made = await ask("/walls", { name: "Operations room" });
  const wall = madeSchema.parse(await made.json()).path;
  const key = await ask("/api-keys", {
    name: "Shop back end",
    scopes: ["messages:send", "messages:read"],
  });
  if (!key.ok) throw new Error(`The key was refused: ${await key.text()}`);
  await until("five measured minutes", async () => {
    const response = await ask("/metrics/history?range=1h&step=1m");
    if (response.status === 401) {
      await response.body?.cancel();
      await signIn();
      return false;
    }
    const { coverage } = historySchema.parse(await response.json());
    // Besides five whole ones, that of the start and the one that is under way.
    return coverage.filter((each) => each === 1).length >= 7;
  });
  await signIn();
  const idOf = async (path: string): Promise<string> =>
    idsSchema.parse(await (await ask(path)).json()).items[0]?.id ?? "";
  return {
    message: await idOf("/messages?state=delivered&limit=1"),
    user: await idOf("/users?limit=1"),
    wall,
  };
}
