/** Debian packages that the test stack needs and a fresh machine lacks. */

import { CACHE } from "./paths.ts";

/** A program is missing and could not be installed; the message says why and what to do. */
export class MissingProgramError extends Error {
  override readonly name = "MissingProgramError";
}

const POLICY = "/usr/sbin/policy-rc.d";

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}

/** The first of the paths (or names looked up in PATH and the sbin folders) that exists. */
export async function findProgram(...names: string[]): Promise<string | undefined> {
  const folders = (Deno.env.get("PATH") ?? "").split(":").concat("/usr/sbin", "/sbin");
  for (const name of names) {
    const candidates = name.startsWith("/") ? [name] : folders.map((folder) => `${folder}/${name}`);
    for (const candidate of candidates) if (await exists(candidate)) return candidate;
  }
  return undefined;
}

/**
 * Runs `install` while Debian's packages are kept from starting their own daemons: the tests start
 * what they need themselves, on other ports.
 */
async function withoutDaemons<T>(install: () => Promise<T>): Promise<T> {
  const ours = !(await exists(POLICY));
  if (ours) await Deno.writeTextFile(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return await install();
  } finally {
    if (ours) await Deno.remove(POLICY);
  }
}

async function apt(...args: string[]): Promise<string | undefined> {
  const { code, stderr, stdout } = await new Deno.Command("apt-get", {
    args: ["-y", "-q", "-o", "DPkg::Lock::Timeout=300", ...args],
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (code === 0) return undefined;
  const said = new TextDecoder().decode(stderr) || new TextDecoder().decode(stdout);
  return said.trim().split("\n").slice(-3).join("; ");
}

/** Runs one at a time over all processes of this checkout. */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  await Deno.mkdir(CACHE, { recursive: true });
  const file = await Deno.open(`${CACHE}/${name}.lock`, { create: true, write: true });
  try {
    await file.lock(true);
    return await work();
  } finally {
    file.close();
  }
}

/**
 * Installs the packages unless `find` finds the program, and returns what it finds.
 *
 * @throws {MissingProgramError} when it is missing and can't be installed.
 */
export async function ensureProgram(
  name: string,
  packages: readonly string[],
  find: () => Promise<string | undefined>,
): Promise<string> {
  const found = await find();
  if (found !== undefined) return found;
  const mend = `install it with: apt-get install ${packages.join(" ")}`;
  return await exclusively("apt", async () => {
    const meanwhile = await find();
    if (meanwhile !== undefined) return meanwhile;
    if (Deno.uid() !== 0) throw new MissingProgramError(`${name} is missing; as root, ${mend}`);
    if (await findProgram("apt-get") === undefined) {
      throw new MissingProgramError(`${name} is missing and this is not a Debian machine; ${mend}`);
    }
    const failure = await apt("update") ??
      await withoutDaemons(() => apt("install", "--no-install-recommends", ...packages));
    const installed = await find();
    if (installed !== undefined) return installed;
    throw new MissingProgramError(`${name} is missing and apt could not install it: ${failure}`);
  });
}
