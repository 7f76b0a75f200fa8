/**
 * What is handed to the gateway to be sent, and what may come of it.
 * @module
 */
import { z } from "zod";
import { lineText } from "./common.ts";
import { GatewayPassword } from "./users.ts";

/** Which user of the gateway sends. */
export interface GatewayLogin {
  readonly username: string;
  readonly password: string;
}

/** One MT message for the gateway. */
export const MtMessage = z.strictObject({
  /** E.164, with the plus. */
  to: z.string().regex(/^\+[1-9]\d{4,14}$/, "Use the international form, +34600112233"),
  /** Sender id, as SMPP's source_addr carries it; the user's or the connector's when absent. */
  from: lineText(20).optional(),
  text: z.string().min(1),
  /** Where receipts are called back to. */
  dlrUrl: z.string().regex(/^https?:\/\//).optional(),
  /** 0 (lowest) to 3. */
  priority: z.int().min(0).max(3).optional(),
  /** Minutes until the SMSC gives up. */
  validityMinutes: z.int().min(1).max(527_040).optional(),
  /** Read by the gateway's tag filters and interceptors. */
  tags: z.array(z.string().regex(/^[-a-zA-Z0-9]+$/)).max(16).readonly().optional(),
});
export type MtMessage = z.infer<typeof MtMessage>;

export const GatewayLogin = z.strictObject({
  username: z.string().min(1).max(16),
  password: GatewayPassword,
});

/** Why a message may be handed over again: it certainly did not get into the gateway's queue. */
export type RetryReason =
  /** No connection could be made: nothing was sent. */
  | "unreachable"
  /** All our connections were in use until the deadline: nothing was sent. */
  | "busy"
  /** The user's throughput at the gateway is used up. */
  | "throughput"
  /** No connector of the failover route is bound. */
  | "no-bound-connector"
  /** The user's balance or message count at the gateway is used up. */
  | "gateway-credit"
  /** The gateway knows no such user, or it is disabled: a matter of set-up, not of the message. */
  | "authentication"
  /** An interceptor must run and the process that runs it is away. */
  | "interceptor-away"
  /** What answers is not the gateway, and refused the request as such. */
  | "not-a-gateway";

/** What became of one hand-over. */
export type SendOutcome =
  /** In the gateway's queue, under the gateway's id. */
  | { readonly kind: "accepted"; readonly gatewayId: string }
  /** Not in its queue; the same message may be sent again. */
  | { readonly kind: "retry"; readonly reason: RetryReason; readonly text: string }
  /** Not in its queue, and would never be: `text` is the gateway's reason. */
  | { readonly kind: "rejected"; readonly text: string }
  /** Nobody knows. A receipt may settle it; sending again may send twice. */
  | { readonly kind: "uncertain"; readonly text: string };

/** What is left to a user of the gateway; null is unlimited. */
export interface Balance {
  readonly balance: number | null;
  readonly smsCount: number | null;
}

/** What a message would cost: the gateway's units per part, and its own count of parts. */
export interface MessageRate {
  readonly unitRate: number;
  readonly parts: number;
}
