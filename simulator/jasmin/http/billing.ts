/** What a message costs, and whether its sender may send it now. */
import { updateQuota } from "../gateway/credentials.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Route } from "../gateway/routes.ts";
import type { User } from "../gateway/users.ts";
import { HttpError } from "./errors.ts";

/** The price of one part: what is due at once, and what when the operator has accepted it. */
export function billOf(route: Route, user: User): { now: number; later: number } {
  if (!(route.rate > 0) || (user.mt.quotas.get("balance") ?? null) === null) {
    return { now: 0, later: 0 };
  }
  const percent = user.mt.quotas.get("early_decrement_balance_percent") ?? null;
  if (percent === null) return { now: route.rate, later: 0 };
  const now = route.rate * percent / 100;
  return { now, later: route.rate - now };
}

/** A user's throughput is a smallest gap between two messages. @throws {HttpError} 403 */
export function checkThroughput(gateway: Gateway, user: User): void {
  const { http } = gateway.activity(user.uid);
  const perSecond = user.mt.quotas.get("http_throughput") ?? 0;
  const last = http.get("qos_last_submit_sm_at");
  if (
    perSecond > 0 && last instanceof Date && Date.now() - last.getTime() < 1000 / perSecond
  ) {
    gateway.http.add("throughput_error_count");
    throw new HttpError(403, "User throughput exceeded", "ThroughputExceededError");
  }
  http.set("qos_last_submit_sm_at", new Date());
}

/** Charges what is due at once, if the whole is covered. @throws {HttpError} 403 */
export function charge(
  gateway: Gateway,
  user: User,
  bill: { now: number; later: number },
  parts: number,
): void {
  const balance = user.mt.quotas.get("balance") ?? null;
  const count = user.mt.quotas.get("submit_sm_count") ?? null;
  const total = (bill.now + bill.later) * parts;
  const covered = (balance === null || bill.now + bill.later <= 0 || total <= balance) &&
    (count === null || parts <= count);
  if (!covered) {
    gateway.http.add("charging_error_count");
    throw new HttpError(
      403,
      "Cannot charge submit_sm, check RouterPB log file for details",
      "ChargingError",
    );
  }
  if (balance !== null && bill.now * parts > 0) updateQuota(user.mt, "balance", -bill.now * parts);
  if (count !== null) updateQuota(user.mt, "submit_sm_count", -parts);
}
