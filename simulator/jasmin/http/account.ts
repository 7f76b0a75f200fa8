/** `/rate` and `/balance`. */
import { quotaText } from "../gateway/credentials.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { PyFloat } from "../python/numbers.ts";
import { type Arguments, bytesArgument, checkArguments, readForm } from "./arguments.ts";
import { billOf } from "./billing.ts";
import { HttpError } from "./errors.ts";
import {
  authenticate,
  codingOf,
  countRequest,
  intercept,
  readContent,
  routableOf,
  routeOf,
  SHARED_FIELDS,
  sourceOf,
} from "./message.ts";
import { splitContent } from "./parts.ts";
import { requireRight } from "./rights.ts";
import type { HttpRequest, HttpResponse } from "./wire.ts";

const JSON_TYPE = { headers: [["Content-Type", "application/json"]] } as const;
const LOGIN = { username: SHARED_FIELDS.username, password: SHARED_FIELDS.password };

function begin(gateway: Gateway): void {
  gateway.http.add("request_count");
  gateway.http.set("last_request_at", new Date());
}

function answerError(error: unknown, chunked: boolean): HttpResponse {
  if (!(error instanceof HttpError)) throw error;
  return { ...JSON_TYPE, status: error.status, body: JSON.stringify(error.message), chunked };
}

/** Answers `/balance`. */
export function balance(gateway: Gateway, request: HttpRequest): HttpResponse {
  begin(gateway);
  try {
    const args = readForm(request);
    checkArguments(args, LOGIN);
    const user = authenticate(gateway, args);
    countRequest(gateway, user, "balance_request_count");
    requireRight(user, "http_balance", "Cannot check balance");
    const quota = (key: string) => {
      const value = user.mt.quotas.get(key) ?? null;
      return value === null ? '"ND"' : quotaText(user.mt, key, value);
    };
    const body = `{"balance": ${quota("balance")}, "sms_count": ${quota("submit_sm_count")}}`;
    return { ...JSON_TYPE, status: 200, body };
  } catch (error) {
    return answerError(error, false);
  }
}

/**
 * Answers `/rate`. The gateway loses the source address on the way and puts no text into the
 * default alphabet, so a route by source and the number of parts can be wrong.
 */
export function rate(gateway: Gateway, request: HttpRequest): HttpResponse {
  begin(gateway);
  let args: Arguments;
  try {
    args = readForm(request);
    if (!args.has("coding")) args.set("coding", bytesArgument("0"));
    if (!args.has("hex-content") && !args.has("content")) args.set("content", bytesArgument(""));
    checkArguments(args, SHARED_FIELDS);
    if (args.has("content") && args.has("hex-content")) {
      throw new HttpError(400, "content and hex-content cannot be used both in same request.");
    }
  } catch (error) {
    return answerError(error, false);
  }
  try {
    return { ...JSON_TYPE, status: 200, body: price(gateway, args), chunked: true };
  } catch (error) {
    return answerError(error, true);
  }
}

function price(gateway: Gateway, args: Arguments): string {
  const content = readContent(args, false);
  const user = authenticate(gateway, args);
  countRequest(gateway, user, "rate_request_count");
  const most = gateway.options.longContentMaxParts ?? 5;
  const parts = splitContent(content, codingOf(args), 0, most);
  requireRight(user, "http_rate", "Cannot check rate");
  const message = routableOf(user, args, sourceOf(user, undefined), parts[0] ?? "");
  intercept(gateway, message);
  const route = routeOf(gateway, message);
  if (route === undefined) throw new HttpError(412, "No route found");
  const bill = billOf(route, user);
  const unit = new PyFloat(bill.now + bill.later);
  return `{"unit_rate": ${unit}, "submit_sm_count": ${parts.length}}`;
}
