import { isLanguage } from "../services/i18n/mod.ts";
import { isTheme, keepTheme } from "./appearance.ts";
import { setCookie } from "./middleware/mod.ts";
import { LANGUAGE_COOKIE } from "./page.ts";
import { placeAfter } from "./places.ts";
import { define } from "./state.ts";

const YEAR_SECONDS = 31_536_000;

/** The page that the form stands on: it says so, or the browser does. */
function backOf(request: Request, url: URL, form: FormData): string {
  const said = form.get("back");
  if (typeof said === "string") return placeAfter(said);
  const from = URL.parse(request.headers.get("referer") ?? "");
  return from?.origin === url.origin ? placeAfter(`${from.pathname}${from.search}`) : "/";
}

/** Keeps the language or the theme of this browser, and of the user when somebody is signed in. */
export const handlers = define.handlers({
  async POST(ctx) {
    const form = await ctx.req.formData();
    const [language, theme] = [form.get("language"), form.get("theme")].map(String);
    const { ip, principal, services } = ctx.state;
    if (principal?.kind === "user") {
      await services.profiles.update({ ip, principal }, {
        ...(isLanguage(language) ? { language } : {}),
        ...(isTheme(theme) ? { theme } : {}),
      });
    }
    // A script asks for no page in return.
    const response = ctx.req.headers.get("accept")?.includes("text/html") === true
      ? ctx.redirect(backOf(ctx.req, ctx.url, form), 303)
      : new Response(null, { status: 204 });
    if (isLanguage(language)) {
      setCookie(response.headers, LANGUAGE_COOKIE, language, {
        secure: ctx.url.protocol === "https:",
        maxAgeSeconds: YEAR_SECONDS,
      });
    }
    if (isTheme(theme)) keepTheme(response.headers, ctx.url, theme);
    return response;
  },
});
