import { FRAME } from "../frame.ts";
import { BUILD_ID } from "../runtime/build_id.ts";
import { CACHE_KEY } from "../runtime/mod.ts";
import type { Middleware } from "../types.ts";

/**
 * Serves what is in `static/` and what the Builder made. Files that a URL names by their content
 * (`asset()`, scripts) may be kept for ever, others are asked for again (RFC 9110, 13.1.2).
 */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { config, req, url } = ctx;
    const path = decode(url.pathname.slice(config.basePath.length));
    const file = await ctx[FRAME].cache?.readFile(path);
    if (file === undefined || file === null) return await ctx.next();
    if (req.method !== "GET" && req.method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405, headers: { Allow: "GET, HEAD" } });
    }
    const key = url.searchParams.get(CACHE_KEY);
    if (key !== null && key !== BUILD_ID) {
      url.searchParams.delete(CACHE_KEY); // of another build: what this one has may not be kept
      return ctx.redirect(url.pathname + url.search, 307);
    }

    const etag = `W/"${file.hash}"`;
    const isFinal = config.mode === "production" && (key !== null || file.immutable);
    const headers = new Headers({
      "Cache-Control": isFinal ? "public, max-age=31536000, immutable" : "no-cache",
      "Content-Type": file.contentType,
      ETag: etag,
      Vary: "Accept-Encoding",
    });
    const known = req.headers.get("if-none-match")?.split(/\s*,\s*/) ?? [];
    if (known.some((tag) => tag === "*" || etag.endsWith(tag))) {
      return new Response(null, { status: 304, headers });
    }
    const accepted = req.headers.get("accept-encoding") ?? "";
    const gzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) ? file.gzip : null;
    if (gzip !== null) headers.set("Content-Encoding", "gzip");
    const body = gzip ?? file.content;
    headers.set("Content-Length", `${body.length}`);
    return new Response(body, { headers });
  };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
