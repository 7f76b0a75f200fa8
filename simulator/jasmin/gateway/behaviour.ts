/** How a simulated connector and the operator behind it behave. */

/** Where messages end: shares of 1, the rest is delivered. */
export interface ReceiptProfile {
  readonly undelivered: number;
  readonly expired: number;
  readonly rejected: number;
  /** No receipt ever comes. */
  readonly none: number;
  /** An `ACCEPTD` comes before the final receipt. */
  readonly intermediate: number;
  /** Shortest time from the submit_sm_resp to the receipt, in ms. */
  readonly delayMs: number;
  /** Mean of the exponential time on top of it, in ms. */
  readonly jitterMs: number;
  /** The same receipt comes twice. */
  readonly duplicated: number;
  /** The receipt comes before the submit_sm_resp. */
  readonly early: number;
  /** The receipt is overtaken: it comes after three times its delay. */
  readonly reordered: number;
}

export interface ConnectorBehaviour {
  /** TCP connections are refused. */
  readonly refuseConnection: boolean;
  /** The operator refuses the bind. */
  readonly failBind: boolean;
  readonly connectMs: number;
  readonly bindMs: number;
  readonly unbindMs: number;
  /** Time of the operator's answer to one submit_sm: the connector's rate is 1 / this. */
  readonly latencyMs: number;
  /** Mean of the exponential time on top of it. */
  readonly latencyJitterMs: number;
  /** Share of submits that are answered ESME_RTHROTTLED. */
  readonly throttled: number;
  /** Share of submits that are answered with {@linkcode errorStatus}. */
  readonly errors: number;
  readonly errorStatus: string;
  readonly receipts: ReceiptProfile;
}

/** A fast and faultless operator. */
export const DEFAULT_BEHAVIOUR: ConnectorBehaviour = {
  refuseConnection: false,
  failBind: false,
  connectMs: 1,
  bindMs: 5,
  unbindMs: 1,
  latencyMs: 5,
  latencyJitterMs: 0,
  throttled: 0,
  errors: 0,
  errorStatus: "ESME_RSUBMITFAIL",
  receipts: {
    undelivered: 0,
    expired: 0,
    rejected: 0,
    none: 0,
    intermediate: 0,
    delayMs: 100,
    jitterMs: 0,
    duplicated: 0,
    early: 0,
    reordered: 0,
  },
};

/** Any part of a behaviour; the rest stays as it is. */
export type BehaviourChange = Partial<Omit<ConnectorBehaviour, "receipts">> & {
  readonly receipts?: Partial<ReceiptProfile>;
};

export function changeBehaviour(
  behaviour: ConnectorBehaviour,
  change: BehaviourChange,
): ConnectorBehaviour {
  return { ...behaviour, ...change, receipts: { ...behaviour.receipts, ...change.receipts } };
}

/** The gateway's own waiting times, in ms. The defaults are the real ones. */
export interface Timing {
  /** Before a message meets an unbound connector again. */
  readonly notReadyMs: number;
  /** Age after which a message for an unbound connector is dropped. */
  readonly maxAgeMs: number;
  /** Before a message is sent again that was under way when its connection was lost. */
  readonly lostInFlightMs: number;
  /** Scales the retry delays of operator errors and the connectors' reconnection delays. */
  readonly retryScale: number;
  /** Before the second and last look-up of a receipt that came too early. */
  readonly dlrLookupMs: number;
  readonly callbackTimeoutMs: number;
  readonly callbackRetryMs: number;
  /** Calls after the first one. */
  readonly callbackRetries: number;
  /** Between two looks at whether quotas changed and users are to be saved. */
  readonly autoPersistMs: number;
  /** A round trip to the message broker, which some jcli commands wait for. */
  readonly brokerMs: number;
  /** Before jcli tries again to start a connector that was still unbinding. */
  readonly restartMs: number;
}

export const DEFAULT_TIMING: Timing = {
  notReadyMs: 30_000,
  maxAgeMs: 1_200_000,
  lostInFlightMs: 240_000,
  retryScale: 1,
  dlrLookupMs: 10_000,
  callbackTimeoutMs: 30_000,
  callbackRetryMs: 30_000,
  callbackRetries: 3,
  autoPersistMs: 60_000,
  brokerMs: 5,
  restartMs: 5_000,
};
