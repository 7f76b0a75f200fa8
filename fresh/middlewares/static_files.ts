import { join } from "node:path";
import { FRAME } from "../render.ts";
import { BUILD_ID, CACHE_KEY } from "../runtime/mod.ts";
import type { Middleware } from "../types.ts";

/**
 * Serves what is in `static/` and what the Builder made. Files that a URL names by their content
 * (`asset()`, scripts) may be kept for ever, others are asked for again (RFC 9110, 13.1.2).
 */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { req, url } = ctx;
    const { cache } = ctx[FRAME];
    const file = cache?.files[url.pathname];
    const isRead = req.method === "GET" || req.method === "HEAD";
    if (!cache || file === undefined || !isRead) return await ctx.next();

    const etag = `W/"${file.hash}"`;
    const isFinal = file.immutable || url.searchParams.get(CACHE_KEY) === BUILD_ID;
    const headers = new Headers({
      "Cache-Control": isFinal ? "public, max-age=31536000, immutable" : "no-cache",
      "Content-Type": file.contentType,
      ETag: etag,
      Vary: "Accept-Encoding", // as Deno.serve compresses
    });
    const known = req.headers.get("if-none-match")?.split(/\s*,\s*/) ?? [];
    if (known.some((tag) => tag === "*" || etag.endsWith(tag))) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(await Deno.readFile(join(cache.root, file.path)), { headers });
  };
}
