/**
 * What the main thread and the bcrypt worker say to each other.
 * @module
 */

export type BcryptRequest =
  | {
    readonly kind: "hash";
    readonly id: number;
    readonly password: string;
    readonly cost: number;
  }
  | {
    readonly kind: "verify";
    readonly id: number;
    readonly password: string;
    readonly hash: string;
  };

export type BcryptReply =
  | { readonly id: number; readonly value: string | boolean }
  | { readonly id: number; readonly error: string };
