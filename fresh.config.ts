/**
 * How the web framework serves and builds this project.
 * @module
 */
import type { FreshConfig } from "fresh";
import type { BuildOptions } from "fresh/dev";

export const config: FreshConfig = {};

export const build: BuildOptions = {
  root: import.meta.dirname ?? ".",
  // Pages and islands are .tsx; what stands beside them is neither, but for middlewares.
  ignore: [/_test\.tsx?$/, /(?<!\/_middleware)\.ts$/],
};
