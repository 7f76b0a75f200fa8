/**
 * Signatures of callback URLs: who doesn't hold SECRET_KEY can't report a receipt or an MO.
 * @module
 */
import { deriveKey } from "../accounts/mod.ts";

const encoder = new TextEncoder();

/** 128 bits: enough against guessing, short enough for every gateway's URL. */
const SIGNATURE_BYTES = 16;

/** Signs and checks what a callback URL names. */
export interface HookSigner {
  /** The signature of a subject (a message id, or `mo`), base64url, 22 characters. */
  sign(subject: string): Promise<string>;
  /** Whether the signature is the subject's; takes the same time for every wrong one. */
  verify(subject: string, signature: string): Promise<boolean>;
}

/** A signer under a key of its own, derived from `secretKey`. */
export async function hookSigner(secretKey: string): Promise<HookSigner> {
  const key = await crypto.subtle.importKey(
    "raw",
    await deriveKey(secretKey, "hooks/1"),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const bytesOf = async (subject: string) =>
    new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(subject)))
      .subarray(0, SIGNATURE_BYTES);
  return {
    async sign(subject) {
      return (await bytesOf(subject)).toBase64({ alphabet: "base64url", omitPadding: true });
    },
    async verify(subject, signature) {
      const expected = await bytesOf(subject);
      let given: Uint8Array;
      try {
        given = Uint8Array.fromBase64(signature, { alphabet: "base64url" });
      } catch {
        return false;
      }
      if (given.length !== expected.length) return false;
      let difference = 0;
      expected.forEach((byte, index) => difference |= byte ^ (given[index] ?? 0));
      return difference === 0;
    },
  };
}
