import type { BuildCache } from "./build_cache.ts";
import type { RouteComponent } from "./types.ts";

/** What stands around a page: set on the way to its route, for `ctx.render`. */
export interface Frame<State> {
  app: RouteComponent<State> | null;
  /** Outermost first. */
  layouts: readonly RouteComponent<State>[];
  readonly cache: BuildCache | null;
}

/** Where a context keeps its frame; not for apps. */
export const FRAME: unique symbol = Symbol("frame");
