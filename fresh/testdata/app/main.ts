import { App, csp, csrf, staticFiles } from "fresh";
import type { State } from "./define.ts";

const POLICY = [
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
];

/** Everything that the tests look at, on one small site. */
export const app: App<State> = new App<State>()
  .use(async (ctx) => {
    const response = await ctx.next();
    // As an app on plain http does: the middleware's default would send all to https.
    const policy = response.headers.get("content-security-policy");
    response.headers.set("content-security-policy", policy?.replace(/; upgrade-.*$/, "") ?? "");
    return response;
  })
  .use(csp({ csp: [...POLICY, "upgrade-insecure-requests"], useNonce: true }))
  .use(csrf())
  .use(staticFiles())
  .fsRoutes();
