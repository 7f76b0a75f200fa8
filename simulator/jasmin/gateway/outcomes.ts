/** What becomes of messages: operators' answers, their receipts, and what follows from them. */
import type { DlrMap } from "../callbacks/dlr.ts";
import type { Ledger } from "../record.ts";
import type { ConnectorBehaviour } from "./behaviour.ts";
import type { Connector, ConnectorEvents } from "./connector.ts";
import { receiptSm } from "./deliver_sm.ts";
import { updateQuota } from "./credentials.ts";
import type { Gateway } from "./gateway.ts";
import type { LogLevel } from "./link.ts";
import type { MessageLog } from "./message_log.ts";
import type { Operator } from "./operator.ts";
import type { Receipt, Submit } from "./submit.ts";
import type { Timers } from "./timers.ts";

/** Tries in all and seconds between them, by operator status. */
const RETRIES: Readonly<Record<string, readonly [number, number]>> = {
  ESME_RSYSERR: [2, 30],
  ESME_RTHROTTLED: [20, 30],
  ESME_RMSGQFUL: [2, 180],
  ESME_RINVSCHED: [2, 300],
};

/** Levels of the gateway's logs. */
const LEVELS: Readonly<Record<LogLevel, number>> = {
  DEBUG: 10,
  INFO: 20,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
};

/** How long a receipt waits before it looks again whether its connector is bound, in ms. */
const RECEIPT_PATIENCE_MS = 1000;

interface OutcomeContext {
  readonly ledger: Ledger;
  readonly log: MessageLog;
  readonly dlrs: DlrMap;
  readonly timers: Timers;
  operator(): Operator;
  gateway(): Gateway;
}

export class Outcomes implements ConnectorEvents {
  /** Receipts of operators are lost while this is set. */
  losesReceipts = false;

  constructor(private readonly context: OutcomeContext) {}

  log({ cid }: Connector, level: LogLevel, message: string): void {
    if (LEVELS[level] >= this.context.gateway().logLevel(cid)) {
      this.context.log.connector(cid, level, message);
    }
  }

  logsPdus({ cid }: Connector): boolean {
    return this.context.log.active && this.context.gateway().logLevel(cid) <= LEVELS.DEBUG;
  }

  sent({ cid }: Connector, submit: Submit): readonly string[] {
    return this.context.operator().received(submit, this.#behaviour(cid).receipts);
  }

  answer({ cid }: Connector, submit: Submit): string {
    return this.context.operator().answer(submit, this.#behaviour(cid));
  }

  answered({ cid }: Connector, submit: Submit, status: string): number | undefined {
    const { ledger, log, dlrs } = this.context;
    const { msgid } = submit;
    const smscId = status === "ESME_ROK" ? submit.smscId : undefined;
    const [tries, seconds] = RETRIES[status] ?? [0, 0];
    const retried = smscId === undefined && submit.tries < tries;
    ledger.noteResult({ msgid, cid, status, smscId: smscId ?? null, at: new Date() });
    if (smscId === undefined) log.refused(submit, status, retried);
    else {
      log.accepted(submit);
      this.context.operator().accepted(submit, this.#behaviour(cid).receipts);
    }
    // The released 0.11.1 fails right here, each time: no receipt, no deferred charge.
    if (this.context.gateway().release !== "0.11.1") {
      dlrs.answered(msgid, status, smscId);
      if (smscId !== undefined) this.#charge(submit);
    }
    return retried ? seconds * 1000 : undefined;
  }

  dropped({ cid }: Connector, submit: Submit, reason: string): void {
    const { msgid } = submit;
    this.context.log.dropped(submit, reason);
    this.context.ledger.noteResult({ msgid, cid, status: reason, smscId: null, at: new Date() });
  }

  /** An operator sends a receipt; it waits while its connector is not bound. */
  receipt(receipt: Receipt, submit: Submit): void {
    if (this.losesReceipts) return;
    const { gateway, timers, ledger, dlrs } = this.context;
    const { cid, smscId, status } = receipt;
    const connector = gateway().connectors.get(cid);
    if (connector?.bound !== true) {
      timers.after(RECEIPT_PATIENCE_MS, () => this.receipt(receipt, submit));
      return;
    }
    connector.delivered(receiptSm(receipt, submit));
    const at = new Date();
    ledger.noteReceipt({ msgid: dlrs.messageOf(smscId) ?? null, smscId, cid, status, at });
    dlrs.receipt(receipt);
  }

  #behaviour(cid: string): ConnectorBehaviour {
    return this.context.gateway().behaviour(cid);
  }

  #charge(submit: Submit): void {
    const amount = submit.deferredCharge * submit.parts.length;
    const user = this.context.gateway().user(submit.uid);
    const balance = user?.mt.quotas.get("balance") ?? null;
    if (amount <= 0 || user === undefined || balance === null || balance < amount) return;
    updateQuota(user.mt, "balance", -amount);
  }
}
