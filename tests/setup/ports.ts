/** Free TCP ports on the loopback address. */

/**
 * Ports are picked below Linux's range for outgoing connections (32768 and up), so that no client
 * socket of another process takes one between the check here and the service's own bind.
 */
const FIRST = 20_000;
const LAST = 31_999;

const given = new Set<number>();

function canListen(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

/** A TCP port of 127.0.0.1 that nobody listens on and that this process never gave before. */
export function freePort(): number {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (given.has(port) || !canListen(port)) continue;
    given.add(port);
    return port;
  }
  throw new Error(`No free port between ${FIRST} and ${LAST}`);
}

/** Whether somebody accepts connections on the port. */
export async function isListening(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}
