/**
 * The built site on a whole server, before a simulated Jasmin: what browser tests look at.
 * @module
 */
import type { Role } from "../../services/accounts/mod.ts";
import { ROOT } from "../setup/paths.ts";
import { PASSWORD, type Stack, type StackOptions, startStack } from "../integration/stack.ts";

/** Folders that pages are built of. */
const SOURCES = [
  "assets",
  "components",
  "fresh",
  "islands",
  "locales",
  "routes",
  "services",
  "static",
];

async function newestOf(folder: string): Promise<number> {
  let newest = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    const at = isDirectory ? await newestOf(path) : (await Deno.stat(path)).mtime?.getTime() ?? 0;
    newest = Math.max(newest, at);
  }
  return newest;
}

async function builtAt(): Promise<number> {
  try {
    return (await Deno.stat(`${ROOT}/_fresh/server.js`)).mtime?.getTime() ?? 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

let building: Promise<void> | undefined;

/** Builds the pages, unless they are newer than what they are built of. */
export function buildPages(): Promise<void> {
  return building ??= (async () => {
    const newest = await Promise.all(SOURCES.map((folder) => newestOf(`${ROOT}/${folder}`)));
    if (await builtAt() > Math.max(...newest)) return;
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-prompt", "dev.ts", "build"],
      cwd: ROOT,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) throw new Error(`The build failed: ${new TextDecoder().decode(stderr)}`);
  })();
}

/** A stack with its pages. */
export interface Site {
  readonly url: string;
  readonly stack: Stack;
  /** Adds a user; answers with what to sign in by. */
  user(role: Role): Promise<{ readonly email: string; readonly password: string }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the site; on the embedded defaults with `TEST_STACK=embedded`. */
export async function startSite(options: StackOptions = {}): Promise<Site> {
  await buildPages();
  const stack = await startStack(options);
  return {
    url: stack.url,
    stack,
    user: async (role) => ({ email: await stack.addUser(role), password: PASSWORD }),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
