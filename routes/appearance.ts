/**
 * The theme that a browser is shown, before its first paint.
 * @module
 */
import { type Theme, THEMES } from "../services/auth/mod.ts";
import { getCookies, setCookie } from "./middleware/mod.ts";

const THEME_COOKIE = "jd_theme";
const YEAR_SECONDS = 31_536_000;

/** Whether the text names a theme. */
export function isTheme(text: unknown): text is Theme {
  return THEMES.some((theme) => theme === text);
}

/** The theme that this browser keeps; null follows the system. */
export function themeOf(request: Request): "light" | "dark" | null {
  const theme = getCookies(request.headers).get(THEME_COOKIE);
  return theme === "light" || theme === "dark" ? theme : null;
}

/** Has this browser keep the theme. */
export function keepTheme(headers: Headers, url: URL, theme: Theme): void {
  setCookie(headers, THEME_COOKIE, theme, {
    secure: url.protocol === "https:",
    maxAgeSeconds: YEAR_SECONDS,
  });
}
