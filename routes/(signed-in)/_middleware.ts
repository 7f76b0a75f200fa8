import { define } from "../state.ts";

/** Whoever is not signed in goes to the sign-in, and comes back afterwards. */
export const handler = define.middleware((ctx) => {
  if (ctx.state.principal !== undefined) return ctx.next();
  const back = ctx.req.method === "GET" ? `${ctx.url.pathname}${ctx.url.search}` : "/";
  const query = back === "/" ? "" : `?next=${encodeURIComponent(back)}`;
  return ctx.redirect(`/sign-in${query}`, 303);
});
