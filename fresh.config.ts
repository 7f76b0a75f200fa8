/**
 * How the web framework serves and builds this project.
 * @module
 */
import type { FreshConfig } from "fresh";
import type { BuildOptions } from "fresh/dev";

// The service itself drops what a client forwards when no proxy is believed (TRUST_PROXY).
export const config: FreshConfig = { trustProxy: true };

export const build: BuildOptions = {
  root: import.meta.dirname ?? ".",
  // Pages and islands are .tsx; what stands beside them is neither, but for middlewares.
  ignore: [/_test\.tsx?$/, /\/(routes|islands)\/.*(?<!\/_middleware)\.ts$/],
};
