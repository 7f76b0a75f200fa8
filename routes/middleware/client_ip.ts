import type { Middleware } from "fresh";
import { isIP } from "node:net";
import type { State } from "../state.ts";

/** Finds out from which address a request comes, for limits, the log and the audit. */
export function clientIp(trustProxy: number): Middleware<State> {
  return (ctx) => {
    const { remoteAddr } = ctx.info;
    // A Unix socket is a proxy on this machine.
    const peer = "hostname" in remoteAddr ? remoteAddr.hostname : "127.0.0.1";
    ctx.state.ip = clientAddress(peer, ctx.req.headers.get("x-forwarded-for"), trustProxy);
    return ctx.next();
  };
}

/**
 * The address of the client behind `trustProxy` proxies. Each of them appends whom it heard from
 * to `X-Forwarded-For`, so counting from the right, the last trusted proxy's entry is the client;
 * everything further left was written by the client itself. With fewer or broken entries, the
 * nearest address that is known for sure counts.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | null,
  trustProxy: number,
): string {
  let address = plain(peer);
  const heard = (forwardedFor ?? "").split(",").slice(-100).reverse();
  for (const entry of heard.slice(0, trustProxy)) {
    const next = withoutPort(entry.trim());
    if (isIP(next) === 0) break;
    address = plain(next);
  }
  return address;
}

/** `[2001:db8::1]:4711` and `192.0.2.1:4711` as some proxies write them. */
function withoutPort(entry: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
}

/** An IPv4 address that came over an IPv6 socket is that IPv4 address. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
