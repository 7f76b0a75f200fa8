/** Messages of phones: routed to the customers' URLs. */
import type { Gateway } from "../gateway/gateway.ts";
import { moSm } from "../gateway/deliver_sm.ts";
import type { MessageLog } from "../gateway/message_log.ts";
import { pickTarget, type Target } from "../gateway/routes.ts";
import type { Ledger } from "../record.ts";
import { toHex } from "../python/text.ts";
import { runScript } from "../gateway/script.ts";
import type { Concatenation } from "./concatenation.ts";
import type { Throw, Thrower } from "./thrower.ts";

/** A message as an operator hands it over. Strings are bytes. */
export interface MobileOriginated {
  /** The connector that it comes by. */
  readonly cid: string;
  readonly from: string;
  readonly to: string;
  readonly content: string;
  /** @default 0 */
  readonly coding?: number;
  /** 0 to 3. @default 0 */
  readonly priority?: number;
  readonly validity?: string;
  /** 0x40 says that the content starts with a user data header. @default 0 */
  readonly esmClass?: number;
}

/**
 * Takes a message in and calls the URL of its route.
 * @returns the message's id; it is lost when no route takes it or an interceptor stands in its way
 */
export function receiveMo(
  gateway: Gateway,
  around: { thrower: Thrower; log: MessageLog; ledger: Ledger; long: Concatenation },
  mo: MobileOriginated,
): string {
  const id = gateway.around.random.uuid();
  const counters = gateway.connectorCounters(mo.cid);
  const now = new Date();
  gateway.connectors.get(mo.cid)?.delivered(moSm(mo));
  const message = {
    cid: mo.cid,
    source: { value: mo.from, isText: false },
    destination: mo.to,
    content: mo.content,
    tags: new Set<string>(),
    at: now,
  };
  const interceptor = gateway.moInterceptors.match(message);
  const runs = gateway.options.interceptor === "connected";
  if (interceptor !== undefined) {
    if (!runs || runScript(interceptor.script).kind !== "passed") {
      counters.add("interceptor_error_count");
      return id;
    }
    counters.add("interceptor_count");
  }
  const piece = around.long.take(mo.cid, mo.to, mo.content, ((mo.esmClass ?? 0) & 0x40) !== 0);
  if (piece.kind === "part") return id;
  const { content } = piece;
  if (piece.kind === "whole") around.log.mo({ id, ...mo });
  const route = gateway.moRoutes.match({ ...message, content });
  if (route === undefined) return id;
  const fields = {
    id,
    from: mo.from,
    to: mo.to,
    "origin-connector": mo.cid,
    content,
    binary: toHex(content),
    priority: String(mo.priority ?? 0),
    coding: String.fromCharCode(mo.coding ?? 0),
    ...(mo.validity === undefined ? {} : { validity: mo.validity }),
  };
  if (route.choice !== "failover") {
    const target = pickTarget(route, gateway.around.random);
    if (target !== undefined) deliver(around, target, fields, true, () => {});
    return id;
  }
  const [first, ...others] = route.targets;
  // Each connector is tried once; when all fail the message stays with the broker for good.
  const next = (target: Target | undefined, rest: readonly Target[]): void => {
    if (target === undefined) return;
    deliver(around, target, fields, false, (acknowledged) => {
      if (!acknowledged) next(rest[0], rest.slice(1));
    });
  };
  next(first, others);
  return id;
}

function deliver(
  { thrower, ledger }: { thrower: Thrower; ledger: Ledger },
  target: Target,
  fields: Throw["fields"],
  retry: boolean,
  end: (acknowledged: boolean) => void,
): void {
  if (target.http === undefined) {
    // Nobody is bound to the simulator's SMPP server: it has none.
    ledger.noteCallback({
      kind: "mo",
      url: `smpps(${target.cid})`,
      method: "deliver_sm",
      fields,
      attempt: 1,
      outcome: "SystemIdNotBound",
      acknowledged: false,
      at: new Date(),
    });
    end(false);
    return;
  }
  const { baseurl, method } = target.http;
  thrower.throw({ kind: "mo", url: baseurl, method: method.toUpperCase(), fields }, retry, end);
}
