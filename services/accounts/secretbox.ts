/**
 * Secrets that must be read back (gateway passwords) and keys that are derived, all from the one
 * SECRET_KEY: HKDF-SHA-256 with a label for each purpose, so that no two uses share a key.
 * @see https://www.rfc-editor.org/rfc/rfc5869 HKDF
 * @see https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf AES-GCM
 * @module
 */
import { UnavailableError } from "../errors/mod.ts";

/** First byte of what is sealed, so that another cipher can follow without guessing. */
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Seals and opens short texts. */
export interface SecretBox {
  /** @param context where the secret belongs (`gateway_users:<id>`); opening takes the same one */
  seal(plaintext: string, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws {UnavailableError} when it was sealed under another SECRET_KEY, context, or altered */
  open(sealed: Uint8Array, context: string): Promise<string>;
}

/**
 * 32 bytes for one purpose.
 * @param purpose label such as `auth/access-token/1`; another label gives an unrelated key
 */
export async function deriveKey(
  secretKey: string,
  purpose: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bits = await crypto.subtle.deriveBits(
    hkdf(purpose),
    await material(secretKey),
    256,
  );
  return new Uint8Array(bits);
}

/** AES-256-GCM under a key of its own, derived from `secretKey` for `purpose`. */
export function secretBox(secretKey: string, purpose = "secretbox/1"): SecretBox {
  let key: Promise<CryptoKey> | undefined;
  const ready = () => key ??= aesKey(secretKey, purpose);
  return {
    async seal(plaintext, context) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await crypto.subtle.encrypt(
        gcm(iv, context),
        await ready(),
        encoder.encode(plaintext),
      );
      const out = new Uint8Array(1 + IV_BYTES + sealed.byteLength);
      out[0] = VERSION;
      out.set(iv, 1);
      out.set(new Uint8Array(sealed), 1 + IV_BYTES);
      return out;
    },
    async open(sealed, context) {
      try {
        if (sealed[0] !== VERSION || sealed.length < 1 + IV_BYTES + TAG_BYTES) {
          throw new Error(`Not sealed by version ${VERSION}`);
        }
        // A copy, because bytes from a driver may be a view into a larger, shared buffer.
        const bytes = new Uint8Array(sealed);
        const opened = await crypto.subtle.decrypt(
          gcm(bytes.subarray(1, 1 + IV_BYTES), context),
          await ready(),
          bytes.subarray(1 + IV_BYTES),
        );
        return decoder.decode(opened);
      } catch (cause) {
        throw new UnavailableError(
          "A stored secret can't be read: SECRET_KEY isn't the one it was stored under; set the former key or enter the secret again",
          { cause },
        );
      }
    },
  };
}

async function aesKey(secretKey: string, purpose: string): Promise<CryptoKey> {
  return await crypto.subtle.deriveKey(
    hkdf(purpose),
    await material(secretKey),
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** The key is bound to its context: a sealed value moved to another row doesn't open. */
function gcm(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encoder.encode(context) };
}

/** SECRET_KEY is random already, so HKDF needs no salt (RFC 5869, 3.1); the label is its `info`. */
function hkdf(purpose: string): HkdfParams {
  return {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: encoder.encode(`jasmin-dashboard ${purpose}`),
  };
}

function material(secretKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", encoder.encode(secretKey), "HKDF", false, [
    "deriveBits",
    "deriveKey",
  ]);
}
