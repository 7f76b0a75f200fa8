/**
 * What pages and islands use, on the server and in the browser.
 * @module
 */
import { type ComponentChildren, createContext, h } from "preact";

declare const __FRSH_BUILD_ID__: string | undefined;

/** Which build the static files are of; the bundler puts it into the browser's scripts. */
export let BUILD_ID = typeof __FRSH_BUILD_ID__ === "string" ? __FRSH_BUILD_ID__ : "development";

/** Not for apps. */
export function setBuildId(id: string): void {
  BUILD_ID = id;
}

export const IS_BROWSER: boolean = typeof document !== "undefined";

/** The query parameter by which a static file may be cached for ever. */
export const CACHE_KEY = "__frsh_c";

/** The path of a static file with the build's id, to be cached for as long as the build lives. */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  const url = new URL(path, "http://localhost");
  if (!url.searchParams.has(CACHE_KEY)) url.searchParams.set(CACHE_KEY, BUILD_ID);
  return url.pathname + url.search + url.hash;
}

/** Whether what is rendered belongs into the document's head. */
export const HeadContext = createContext(false);

/**
 * Puts its children into the document's `<head>`. Of several with one `key`, and of titles, the last
 * one counts; it also takes the place of the app wrapper's.
 */
export function Head({ children }: { children?: ComponentChildren }): ComponentChildren {
  return IS_BROWSER ? null : h(HeadContext.Provider, { value: true }, children);
}
