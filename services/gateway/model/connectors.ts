/**
 * Connectors: the gateway's SMPP client connectors towards SMSCs, and the HTTP client connectors
 * that deliver MO messages.
 * @module
 */
import { z } from "zod";
import { lineText, nameableText, Seconds } from "./common.ts";

/** Names an SMPP or HTTP connector. */
export const ConnectorId: z.ZodString = z.string().regex(
  /^[A-Za-z0-9_-]{3,25}$/,
  "Use 3 to 25 letters, digits, _ or -",
);

/** Numbering plan indicators of SMPP 3.4, 5.2.6. */
const Npi = z.literal([0, 1, 3, 4, 6, 8, 9, 10, 14, 18]);
/** Types of number of SMPP 3.4, 5.2.5. */
const Ton = z.literal([0, 1, 2, 3, 4, 5, 6]);
/** SMPP integers of one octet. */
const Octet = z.int().min(0).max(255);

/** Every key of an SMPP client connector but its id, with the gateway's units and rules. */
export const ConnectorSettings = z.strictObject({
  host: nameableText(255),
  port: z.int().min(1).max(65_535),
  username: nameableText(15),
  /** SMPP carries 8 characters; the gateway takes 16, then fails to bind without a word. */
  password: nameableText(8),
  systype: z.union([z.literal(""), nameableText(12)]),
  bind: z.enum(["transceiver", "transmitter", "receiver"]),
  ssl: z.boolean(),
  bind_ton: Ton,
  bind_npi: Npi,
  src_ton: Ton,
  src_npi: Npi,
  dst_ton: Ton,
  dst_npi: Npi,
  src_addr: nameableText(20).nullable(),
  addr_range: nameableText(40).nullable(),
  /** Messages per second; 0 is unlimited. */
  submit_throughput: z.number().min(0).max(100_000),
  priority: z.literal([0, 1, 2, 3]),
  validity: z.int().min(0).nullable(),
  coding: z.literal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14]),
  proto_id: Octet.nullable(),
  ripf: z.literal([0, 1]),
  def_msg_id: Octet,
  requeue_delay: Seconds,
  dlr_expiry: Seconds,
  /** 0: ids as they are; 1: hex in the response, decimal in the receipt; 2: the other way round. */
  dlr_msgid: z.literal([0, 1, 2]),
  bind_to: Seconds,
  res_to: Seconds,
  trx_to: Seconds,
  pdu_red_to: Seconds,
  elink_interval: Seconds,
  con_loss_retry: z.boolean(),
  con_loss_delay: Seconds,
  con_fail_retry: z.boolean(),
  con_fail_delay: Seconds,
  logfile: lineText(255).regex(
    /^\/|stdout/,
    "Must be an absolute path on the gateway's host, or stdout",
  ),
  logrotate: z.enum(["S", "M", "H", "D", "W0", "W1", "W2", "W3", "W4", "W5", "W6", "midnight"]),
  /** Of Python's logging: 10 also writes each PDU, with the bind password. */
  loglevel: z.literal([10, 20, 30, 40, 50]),
  logprivacy: z.boolean(),
  /** `tag,type,max[,required|optional];...`; only releases after April 2026 know it. */
  custom_tlvs: lineText(1_024).nullable(),
});
export type ConnectorSettings = z.infer<typeof ConnectorSettings>;

/** A connector to add; what is left out takes the gateway's default. */
export const NewConnector = ConnectorSettings.partial().extend({ cid: ConnectorId });
export type NewConnector = z.infer<typeof NewConnector>;

/** Changes of a connector, at least one. */
export const ConnectorChanges = ConnectorSettings.partial().refine(
  (changes) => Object.values(changes).some((value) => value !== undefined),
  "Has nothing to change",
);
export type ConnectorChanges = z.infer<typeof ConnectorChanges>;

/**
 * A connector as the gateway has it, without the password. The gateway takes almost any value, so
 * what was set elsewhere may lie outside the bounds of `ConnectorSettings`.
 */
export type ConnectorConfig =
  & { readonly cid: string }
  & {
    readonly [K in Exclude<keyof ConnectorSettings, "password">]?: ReadBack<ConnectorSettings[K]>;
  }
  & {
    /**
     * As the gateway writes them: keys of a later release that are not known here, and values that
     * are not of their key's kind, whose key is then absent above.
     */
    readonly other: Readonly<Record<string, string>>;
  };

type ReadBack<T> = T extends number ? number : T;

/** The state of the SMPP session, in Jasmin's words (smpp.twisted). */
export const SessionState = z.enum([
  "NONE",
  "OPEN",
  "BIND_TX_PENDING",
  "BOUND_TX",
  "BIND_RX_PENDING",
  "BOUND_RX",
  "BIND_TRX_PENDING",
  "BOUND_TRX",
  "UNBIND_PENDING",
  "UNBIND_RECEIVED",
  "UNBOUND",
]);
export type SessionState = z.infer<typeof SessionState>;

/** What a connector is doing now. */
export interface ConnectorStatus {
  readonly cid: string;
  /** Whether it is meant to run. `started` says nothing of the bind: `session` does. */
  readonly service: "started" | "stopped";
  readonly session: SessionState;
  /** Starts and stops since the gateway was started. */
  readonly starts: number;
  readonly stops: number;
}

/** True when messages can be exchanged with the SMSC. */
export function isBound(status: Pick<ConnectorStatus, "session">): boolean {
  return status.session.startsWith("BOUND_");
}

/** An HTTP client connector: where MO messages are sent to. */
export const HttpConnector = z.strictObject({
  cid: ConnectorId,
  url: lineText(1_024).regex(/^https?:\/\/\S+$/, "Must be an http or https URL without spaces"),
  method: z.enum(["GET", "POST"]),
});
export type HttpConnector = z.infer<typeof HttpConnector>;
