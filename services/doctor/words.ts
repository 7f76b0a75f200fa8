/**
 * How failures and figures are put into words. Messages of others are only taken where they can't
 * carry a secret: an address that was fetched holds a signature.
 * @module
 */
import type { Finding } from "./model.ts";

/** A failure's own words. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") {
    return error.errors.map(messageOf).join("; ");
  }
  return error instanceof Error ? error.message : String(error);
}

/** The messages of an error and of what it was caused by. */
function chainOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${chainOf(error.cause)}` : "";
}

/** Why a connection or request failed, without the address that it was for. */
export function connectionFailure(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return "No answer in time";
  const words = chainOf(error);
  if (/refused/i.test(words)) return "The connection was refused";
  if (/dns|resolve|lookup/i.test(words)) return "The host's name has no address";
  if (/certificate|tls|ssl/i.test(words)) return "The TLS handshake failed";
  if (/reset|closed|aborted|eof/i.test(words)) return "The connection was cut";
  return "The host can't be reached";
}

/** `1.2 ms`, `340 ms`, `2.5 s`, `3 min`, `2 h`. */
export function duration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 10) return `${size.toFixed(1)} ms`;
  if (size < 1_000) return `${Math.round(size)} ms`;
  if (size < 120_000) return `${(size / 1_000).toFixed(1)} s`;
  if (size < 7_200_000) return `${Math.round(size / 60_000)} min`;
  return `${Math.round(size / 3_600_000)} h`;
}

/** `3 messages`, `1 message`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A host as a URL writes it. */
export function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** The finding of a check that needs what another check finds missing. */
export function skipped(tried: string, got: string): Finding {
  return { outcome: "skipped", tried, got };
}
