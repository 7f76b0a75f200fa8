import type { RouteConfig } from "fresh";
import { define } from "../define.ts";

export const config: RouteConfig = { routeOverride: "/files/:name.json" };

export const handler = define.handlers((ctx) => ctx.json(ctx.params["name"]));
