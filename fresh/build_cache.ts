/**
 * What the Builder made of a project; `_fresh/server.js` gives it to the app.
 * @module
 */
import { setBuildId } from "./runtime/mod.ts";

export type Module = Readonly<Record<string, unknown>>;

/** A file to serve. */
export interface StaticFile {
  /** From the project's root. */
  readonly path: string;
  readonly contentType: string;
  readonly hash: string;
  /** Its name changes whenever its content does. */
  readonly immutable: boolean;
}

export interface Build {
  readonly root: string;
  readonly version: string;
  /** The path of the script that brings islands to life. */
  readonly clientEntry: string;
  /** Each module's name and the path of its script. */
  readonly islands: readonly Readonly<{ name: string; file: string; module: Module }>[];
  /** By their path below `routes/` without the extension: `/users/[id]`. */
  readonly routes: Readonly<Record<string, Module>>;
  /** By the path of their URL. */
  readonly files: Readonly<Record<string, StaticFile>>;
}

/** A build as an app uses it: each island's component with its name, its script and its name there. */
export type BuildCache = Build & {
  readonly components: ReadonlyMap<unknown, readonly [name: string, file: string, own: string]>;
};

/** The builds of apps that have one. */
export const builds = new WeakMap<object, BuildCache>();

/** Gives an app its build; before `app.handler()`. */
export function setBuildCache(app: object, build: Build): void {
  setBuildId(build.version);
  const components = build.islands.flatMap(({ file, module, name }) =>
    Object.entries(module).map(([own, value]) => [value, [`${name}-${own}`, file, own]] as const)
  );
  builds.set(app, { ...build, components: new Map(components) });
}
