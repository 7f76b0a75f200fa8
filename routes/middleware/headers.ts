/**
 * Sets headers on a response that somebody else made.
 *
 * The answer to a WebSocket upgrade is left alone: it can't be copied, and the server takes it only
 * as it is. A response whose headers are immutable (`fetch`, `Response.redirect`) is copied.
 */
export function withHeaders(response: Response, set: (headers: Headers) => void): Response {
  if (response.status === 101) return response;
  try {
    set(response.headers);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const copy = new Response(response.body, response);
    set(copy.headers);
    return copy;
  }
}
