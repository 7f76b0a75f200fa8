import type { RouteFile } from "./build_cache.ts";
import type { Segment } from "./segments.ts";
import type { LayoutConfig, Middleware, Route, RouteComponent, RouteHandler } from "./types.ts";

/** What a file below `routes/` may export. */
interface RouteModule<State> {
  default?: RouteComponent<State> | Middleware<State> | Middleware<State>[];
  config?: Route<State>["config"] & LayoutConfig;
  handler?: RouteHandler<unknown, State> | Middleware<State>[];
  handlers?: RouteHandler<unknown, State> | Middleware<State>[];
}

const SPECIAL = /\/_(app|layout|middleware|error|404|500)$/;
const GROUP = /^\(.*\)$/;

/**
 * Adds what stands around the routes to `root`, then the routes by `add`, the more specific first.
 * @throws when a file exports nothing that its kind needs
 */
export function addFsRoutes<State>(
  files: readonly RouteFile[],
  root: Segment<State>,
  add: (path: string, segment: Segment<State>, route: Route<State>) => void,
): void {
  const pages = files.filter(({ id }) => !SPECIAL.test(id));
  for (const { id, module } of files) {
    const [, kind] = SPECIAL.exec(id) ?? [];
    if (kind !== undefined) surround(segmentOf(root, id), kind, root, checked<State>(id, module));
  }
  for (const { id, module } of pages.toSorted((a, b) => compareIds(a.id, b.id))) {
    const route = toRoute(checked<State>(id, module));
    add(route.config?.routeOverride ?? toPattern(id), segmentOf(root, id), route);
  }
}

function surround<State>(
  segment: Segment<State>,
  kind: string,
  root: Segment<State>,
  module: RouteModule<State>,
): void {
  const component = module.default as RouteComponent<State> | undefined; // but a middleware's
  if (kind === "middleware") {
    const all = (module.handlers ?? module.handler ?? module.default) as // of such a file
    | Middleware<State>
    | Middleware<State>[];
    segment.middlewares.push(...[all].flat());
  } else if (kind === "404") root.notFound = toRoute(module);
  else if (kind === "app") root.app = component ?? null;
  else if (kind !== "layout") segment.errorRoute = toRoute(module);
  else if (component !== undefined) segment.layout = { component, config: module.config ?? {} };
}

function checked<State>(id: string, module: unknown): RouteModule<State> {
  const found = module as RouteModule<State>; // what a file exports is known when it is loaded
  if (found.default ?? found.handler ?? found.handlers ?? found.config) return found;
  throw new Error(`routes${id} must export a default, a handler or a config, and has none`);
}

function toRoute<State>(module: RouteModule<State>): Route<State> {
  return {
    component: module.default as RouteComponent<State> | undefined, // a route's default is a page
    config: module.config,
    handler: (module.handlers ?? module.handler) as RouteHandler<unknown, State> | undefined,
  };
}

/** Folders give the segment, so a group's middleware and layout are its own. */
function segmentOf<State>(root: Segment<State>, id: string): Segment<State> {
  return root.at(toPattern(id.slice(0, id.lastIndexOf("/")), true));
}

/**
 * The URL pattern of a file's path, such as `/users/:id` of `/users/[id]`.
 * @throws {SyntaxError} when two parameters touch
 */
export function toPattern(path: string, keepGroups = false): string {
  if (path.includes("][")) throw new SyntaxError(`Two parameters of "${path}" touch`);
  const parts = path.split("/").filter((part) => part !== "" && (keepGroups || !GROUP.test(part)));
  if (parts.at(-1) === "index") parts.pop();
  const pattern = parts.map((part) => {
    if (/^\[\[.+\]\]$/.test(part)) return `{/:${part.slice(2, -2)}}?`;
    if (part.startsWith("[...")) return `/:${part.slice(4, -1)}*`;
    return `/${part.replace(/\[([^\]]+)\]/g, ":$1")}`;
  }).join("");
  // A path begins with a slash, also where its first segment is missing.
  return /^(\{[^}]*\}\?)*$/.test(pattern) ? `/${pattern.replace("/", "")}` : pattern;
}

/** Text before a parameter, a parameter before a rest; the longer path first. */
function compareIds(left: string, right: string): number {
  const [a, b] = [left, right].map((id) => id.split("/").filter((part) => !GROUP.test(part)));
  const shared = Math.min(a?.length ?? 0, b?.length ?? 0);
  for (let index = 0; index < shared; index++) {
    const difference = looseness(a?.[index]) - looseness(b?.[index]);
    if (difference !== 0) return difference;
  }
  return (b?.length ?? 0) - (a?.length ?? 0);
}

function looseness(part = ""): number {
  if (part.startsWith("[...")) return 2;
  return part.includes("[") ? 1 : 0;
}
