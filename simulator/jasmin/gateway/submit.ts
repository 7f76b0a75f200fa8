/** One message on its way to an operator. */
import type { Address } from "./filters.ts";

/** What the HTTP API asks for when it wants receipts. */
export interface DlrRequest {
  readonly url: string;
  readonly level: 1 | 2 | 3;
  readonly method: string;
}

/** A message as it waits in its connector's queue. Strings are bytes. */
export interface Submit {
  readonly msgid: string;
  readonly uid: string;
  readonly cid: string;
  readonly source: Address | null;
  readonly destination: string;
  /** Whole content, without user data headers. */
  readonly content: string;
  readonly coding: number;
  /** Payloads of the parts, with their user data headers when there are several. */
  readonly parts: readonly string[];
  readonly priority: number;
  /** As it was asked for; in SMPP's form. */
  readonly scheduled?: string;
  /** Until when it is worth sending. */
  readonly validUntil?: Date;
  /** Whether the operator is asked for a delivery receipt, for the last part only. */
  readonly receipt: boolean;
  /** Price of one part that is due when the operator has accepted it. */
  readonly deferredCharge: number;
  readonly queuedAt: number;
  /** The gateway accepts it and fails to encode it: it is dropped at its connector. */
  readonly unencodable: boolean;
  tries: number;
  /** The operator's id of the last part, which is the one the gateway keeps. */
  smscId: string;
}

/** A receipt as an operator sends it. */
export interface Receipt {
  readonly smscId: string;
  readonly cid: string;
  readonly status: string;
  readonly sub: string;
  readonly dlvrd: string;
  /** `YYMMDDhhmm`. */
  readonly submitDate: string;
  /** `YYMMDDhhmm`. */
  readonly doneDate: string;
  readonly error: string;
  readonly text: string;
}

/** `YYMMDDhhmm`, as receipts carry it. */
export function stamp(at: Date): string {
  const parts = [at.getFullYear() % 100, at.getMonth() + 1, at.getDate()];
  return [...parts, at.getHours(), at.getMinutes()]
    .map((part) => String(part).padStart(2, "0")).join("");
}
