/**
 * `WS /ws/{client}`: the live channels over a WebSocket. See `protocol.ts` for what is said on it.
 *
 * Who the client is comes, in this order, from the session that the caller's middleware found (a
 * cookie; then the page's origin must be ours, or any site could read along), from a token offered
 * as sub-protocol `bearer.<token>`, or from the first message `{"type":"auth","token":"..."}` within
 * 10 s. A token in the address is not taken: addresses end up in logs, histories and proxies.
 * @module
 */
import type { Principal } from "../../services/auth/mod.ts";
import { ForbiddenError, ValidationError } from "../../services/errors/mod.ts";
import type { Hub } from "../../services/live/mod.ts";
import { WebSocketClient } from "./client.ts";
import { parseOffer, PROTOCOL } from "./protocol.ts";

/** What the caller's middleware found out, and what it lends. */
export interface SocketOptions {
  /** The `{client}` of the address: what the client calls itself. */
  readonly name: string;
  readonly hub: Hub;
  /** @throws {UnauthenticatedError} when the token doesn't stand for anyone */
  authenticate(token: string): Promise<Principal>;
  /** Who the request's cookie stands for, if it has one. */
  readonly principal?: Principal | undefined;
  /** Who that is by now; asked every minute. */
  readonly recheck?: (() => Promise<Principal>) | undefined;
  /** Where our pages live (`PUBLIC_URL`), when that isn't the address of the request. */
  readonly publicUrl?: string | undefined;
}

const NAME = /^[\w.@-]{1,64}$/;

/** Seconds without a sign of life after which the connection is closed; the runtime pings itself. */
const IDLE_TIMEOUT_SECONDS = 30;

/**
 * Upgrades the request.
 * @throws {ValidationError} when it asks for no WebSocket or the name isn't one
 * @throws {ForbiddenError} when a page of another origin uses the session's cookie
 */
export function socket(request: Request, options: SocketOptions): Response {
  const { name, hub, principal, recheck } = options;
  if (!NAME.test(name)) {
    throw new ValidationError("client", "Use 1 to 64 letters, digits and _ . @ -");
  }
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new ValidationError(
      "upgrade",
      "This address speaks WebSocket; connect with ws:// or wss://",
    );
  }
  if (principal) requireOwnOrigin(request, options.publicUrl);
  const offer = parseOffer(request.headers.get("sec-websocket-protocol"));
  const upgrade = { idleTimeout: IDLE_TIMEOUT_SECONDS };
  const { socket, response } = Deno.upgradeWebSocket(
    request,
    offer.protocol ? { ...upgrade, protocol: PROTOCOL } : upgrade,
  );
  new WebSocketClient(socket, {
    name,
    hub,
    principal,
    recheck,
    token: offer.token,
    authenticate: (token) => options.authenticate(token),
  });
  return response;
}

// Browsers send cookies with a WebSocket from any page, and CORS doesn't apply (RFC 6455, 10.2).
function requireOwnOrigin(request: Request, publicUrl: string | undefined): void {
  const origin = request.headers.get("origin");
  const own = [new URL(request.url).host, request.headers.get("host")];
  if (publicUrl !== undefined) own.push(new URL(publicUrl).host);
  if (origin === null || !URL.canParse(origin) || !own.includes(new URL(origin).host)) {
    throw new ForbiddenError("This page's origin isn't ours; sign in with a token instead");
  }
}
