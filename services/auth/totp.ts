/**
 * Codes that an authenticator app shows: TOTP with what every app knows, SHA-1, 6 digits, 30 s.
 * @see https://www.rfc-editor.org/rfc/rfc6238
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 * @module
 */
import { Secret, TOTP } from "otpauth";

const ISSUER = "Jasmin Dashboard";
const PERIOD_SECONDS = 30;

/** As long as SHA-1's output (RFC 4226, 4: at least 128 bits, 160 recommended). */
const SECRET_BYTES = 20;

/** Steps that a phone's clock may be off, each way (RFC 6238, 5.2 recommends one). */
const WINDOW = 1;

/** A new secret, in base32 as people type it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What a QR code tells the app. */
export function totpUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/** The time step of a code, if it is one of now; a step counts once, which the caller sees to. */
export function stepOfCode(secret: string, code: string, now: Date): bigint | undefined {
  const timestamp = now.getTime();
  const delta = totp(secret, "").validate({ timestamp, token: code, window: WINDOW });
  if (delta === null) return undefined;
  return BigInt(Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta);
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({
    algorithm: "SHA1",
    digits: 6,
    issuer: ISSUER,
    label,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}
