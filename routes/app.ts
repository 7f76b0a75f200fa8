/**
 * Every route of the service on one app.
 * @module
 */
import { App, csrf, staticFiles } from "fresh";
import { respondToError } from "./(_parts)/error_page.tsx";
import denoJson from "../deno.json" with { type: "json" };
import { config } from "../fresh.config.ts";
import { mountApi } from "./api/mount.ts";
import { ENDPOINTS } from "./api/v1/mod.ts";
import { healthz, livez } from "./health.ts";
import { dlrCallback, moCallback } from "./hooks/jasmin/callbacks.ts";
import { mountLive } from "./live.ts";
import { bodyLimit, pagePolicy, standardMiddlewares } from "./middleware/mod.ts";
import { prometheus } from "./prometheus.ts";
import type { State } from "./state.ts";

/** A callback of the longest MO is a tenth of this; forms are smaller still. */
const MAX_BODY_BYTES = 65_536;

/** The app; `install` gives it what it serves with. */
export function createApp(): App<State> {
  const app = new App<State>(config)
    .use(pagePolicy())
    .use(...standardMiddlewares({ respond: respondToError }))
    .get("/livez", livez)
    .get("/healthz", healthz)
    .get("/metrics", prometheus);
  for (const method of ["get", "post"] as const) {
    app[method]("/hooks/jasmin/dlr/:id/:signature", bodyLimit(MAX_BODY_BYTES), dlrCallback);
    app[method]("/hooks/jasmin/mo/:signature", bodyLimit(MAX_BODY_BYTES), moCallback);
  }
  mountLive(app);
  mountApi(app, ENDPOINTS, {
    about: { version: denoJson.version, publicUrl: "http://localhost:8000" },
  });
  return app.use(staticFiles()).use(csrf()).fsRoutes();
}
