/**
 * Every route of the service on one app.
 * @module
 */
import { App } from "fresh";
import denoJson from "../deno.json" with { type: "json" };
import { mountApi } from "./api/mount.ts";
import { ENDPOINTS } from "./api/v1/mod.ts";
import { healthz, livez } from "./health.ts";
import { dlrCallback, moCallback } from "./hooks/jasmin/callbacks.ts";
import { mountLive } from "./live.ts";
import { standardMiddlewares } from "./middleware/mod.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";

/** What of the configuration the routes need. */
export interface AppOptions {
  /** How many proxies in front are believed. */
  readonly trustProxy: number;
  readonly publicUrl: string;
}

export function createApp(services: Services, options: AppOptions): App<State> {
  const app = new App<State>({ trustProxy: options.trustProxy > 0 })
    .use(...standardMiddlewares({ services, trustProxy: options.trustProxy }))
    .get("/livez", livez)
    .get("/healthz", healthz);
  for (const method of ["get", "post"] as const) {
    app[method]("/hooks/jasmin/dlr/:id/:signature", dlrCallback);
    app[method]("/hooks/jasmin/mo/:signature", moCallback);
  }
  mountLive(app);
  mountApi(app, ENDPOINTS, {
    about: { version: denoJson.version, publicUrl: options.publicUrl },
  });
  return app;
}
