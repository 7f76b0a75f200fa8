import { dropSession } from "./middleware/mod.ts";
import { define } from "./state.ts";

export const handlers = define.handlers({
  async POST(ctx) {
    const { ip, principal, services } = ctx.state;
    if (principal?.kind === "user") {
      const userAgent = ctx.req.headers.get("user-agent");
      await services.auth.logout({ sessionId: principal.sessionId }, { ip, userAgent });
    }
    const response = ctx.redirect("/sign-in?out", 303);
    dropSession(response.headers);
    return response;
  },
});
