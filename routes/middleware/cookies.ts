/**
 * Cookies of pages: never for scripts, never for other sites' requests that change something.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 * @module
 */

/** How long a cookie lives, and whether it travels over TLS only. */
export interface CookieOptions {
  readonly secure: boolean;
  /** Absent: as long as the browser runs. */
  readonly maxAgeSeconds?: number;
  /** Readable by scripts: for preferences, never for secrets. @default false */
  readonly readable?: boolean;
}

/** The cookies of a request by name. */
export function getCookies(headers: Headers): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return cookies;
}

/** Adds a cookie for the whole site; `value` must be of the characters that a cookie takes. */
export function setCookie(
  headers: Headers,
  name: string,
  value: string,
  { secure, maxAgeSeconds, readable = false }: CookieOptions,
): void {
  const parts = [`${name}=${value}`, "Path=/", "SameSite=Lax"];
  if (!readable) parts.push("HttpOnly");
  if (secure) parts.push("Secure");
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${maxAgeSeconds}`);
  headers.append("Set-Cookie", parts.join("; "));
}

export function deleteCookie(headers: Headers, name: string): void {
  headers.append("Set-Cookie", `${name}=; Path=/; SameSite=Lax; HttpOnly; Max-Age=0`);
}
