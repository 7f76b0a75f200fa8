/** `/send`. */
import type { Address } from "../gateway/filters.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { addressText } from "../gateway/message_log.ts";
import { pickTarget, type Route } from "../gateway/routes.ts";
import type { DlrRequest } from "../gateway/submit.ts";
import type { User } from "../gateway/users.ts";
import { updateQuota } from "../gateway/credentials.ts";
import type { LogFiles } from "../log_files.ts";
import type { Ledger } from "../record.ts";
import { bytesRepr, toHex } from "../python/text.ts";
import {
  addJson,
  argumentRepr,
  type Arguments,
  bytesArgument,
  bytesOf,
  checkArguments,
  plain,
  readForm,
} from "./arguments.ts";
import { HttpError } from "./errors.ts";
import {
  authenticate,
  billOf,
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
import { checkSend } from "./rights.ts";
import type { HttpRequest, HttpResponse } from "./wire.ts";

const FIELDS = {
  to: SHARED_FIELDS.to,
  from: SHARED_FIELDS.from,
  coding: SHARED_FIELDS.coding,
  username: SHARED_FIELDS.username,
  password: SHARED_FIELDS.password,
  priority: SHARED_FIELDS.priority,
  sdt: { pattern: /^\d{13}\d{2}[+\-R]$/ },
  "validity-period": SHARED_FIELDS["validity-period"],
  dlr: { required: true, pattern: /^(?:yes|no)$/ },
  "dlr-url": { pattern: /^https?:\/\/.*$/ },
  "dlr-level": { pattern: /^[1-3]$/ },
  "dlr-method": { pattern: /^(?:get|post)$/i },
  tags: SHARED_FIELDS.tags,
  content: SHARED_FIELDS.content,
  "hex-content": SHARED_FIELDS["hex-content"],
  custom_tlvs: {},
} as const;

/** Where accepted messages are noted. */
export interface SendContext {
  readonly ledger: Ledger;
  readonly logs: LogFiles;
  /** Reference number of the next message of several parts. */
  nextReference(): number;
}

/** Answers `/send`, as the gateway does: what is checked in its first step is not chunked. */
export function send(
  gateway: Gateway,
  context: SendContext,
  request: HttpRequest,
): HttpResponse {
  gateway.http.add("request_count");
  gateway.http.set("last_request_at", new Date());
  let args: Arguments;
  try {
    args = readArguments(request);
  } catch (error) {
    return answerError(context, error, false);
  }
  try {
    const msgid = accept(gateway, context, args);
    return { ...TEXT, status: 200, body: `Success "${msgid}"`, chunked: true };
  } catch (error) {
    return answerError(context, error, true);
  }
}

const TEXT = { headers: [["Content-Type", "text/plain"]] } as const;

function answerError(context: SendContext, error: unknown, chunked: boolean): HttpResponse {
  if (!(error instanceof HttpError)) throw error;
  const { status, kind, message } = error;
  context.logs.write("http-api.log", "ERROR", `Error: ${status}: ${kind} (${message})`);
  return { ...TEXT, status, body: `Error "${message}"`, chunked };
}

function readArguments(request: HttpRequest): Arguments {
  const args = readForm(request);
  if (request.headers.get("content-type") === "application/json") addJson(args, request.body);
  const byDefault = (name: string, value: () => Parameters<Arguments["set"]>[1]) => {
    if (!args.has(name)) args.set(name, value());
  };
  byDefault("custom_tlvs", () => ({ kind: "structure" }));
  byDefault("coding", () => bytesArgument("0"));
  if (args.has("dlr-url") || args.has("dlr-level")) args.set("dlr", bytesArgument("yes"));
  byDefault("dlr", () => bytesArgument("no"));
  if (bytesOf(args, "dlr") === "yes") {
    byDefault("dlr-level", () => ({ kind: "int", number: 1, text: "1" }));
    byDefault("dlr-method", () => bytesArgument("POST"));
  }
  const method = args.get("dlr-method");
  if (method?.kind === "bytes") args.set("dlr-method", bytesArgument(method.bytes.toUpperCase()));
  else if (method !== undefined) {
    throw new HttpError(500, `Unknown error: '${method.kind}' object has no attribute 'upper'`);
  }
  checkArguments(args, FIELDS);
  if (!args.has("content") && !args.has("hex-content")) {
    throw new HttpError(400, "content or hex-content not present.");
  }
  if (args.has("content") && args.has("hex-content")) {
    throw new HttpError(400, "content and hex-content cannot be used both in same request.");
  }
  return args;
}

/** Accepts a message. @returns its id @throws {HttpError} */
function accept(gateway: Gateway, context: SendContext, args: Arguments): string {
  // A coding given as a JSON number is not taken for the default alphabet.
  const content = readContent(args, bytesOf(args, "coding") === "0");
  const user = authenticate(gateway, args);
  countRequest(gateway, user, "submit_sm_request_count");
  const coding = codingOf(args);
  const parts = split(gateway, context, content, coding);
  checkSend(user, args, parts.length, content);
  const from = args.get("from");
  const source = sourceOf(user, from === undefined ? undefined : plain(from));
  const asked = routableOf(user, args, source, parts[0] ?? "");
  const changed = intercept(gateway, asked);
  const message = { ...asked, tags: new Set([...asked.tags, ...changed?.tags ?? []]) };
  const route = routeOf(gateway, message);
  if (route === undefined) {
    gateway.http.add("route_error_count");
    throw new HttpError(412, "No route found", "RouteNotFoundError");
  }
  const cid = connectorOf(gateway, route);
  const dlr = readDlr(args);
  checkThroughput(gateway, user);
  const bill = billOf(route, user);
  charge(gateway, user, bill, parts.length);
  const msgid = gateway.around.random.uuid();
  const priority = Number(plain(args.get("priority") ?? bytesArgument("0")));
  const to = args.get("to") ?? bytesArgument("");
  const queued = gateway.submit({
    msgid,
    uid: user.uid,
    cid,
    source,
    destination: plain(to),
    content,
    coding,
    // A script changes the first part only.
    parts: changed?.content === undefined ? parts : [changed.content, ...parts.slice(1)],
    priority,
    ...timesOf(args),
    receipt: dlr.wanted,
    deferredCharge: bill.later,
    queuedAt: Date.now(),
    unencodable: to.kind !== "bytes" || (from !== undefined && from.kind !== "bytes"),
    tries: 0,
    smscId: "",
  }, dlr.request);
  if (!queued) {
    gateway.http.add("server_error_count");
    throw new HttpError(
      500,
      "Cannot send submit_sm, check SMPPClientManagerPB log file for details",
      "ServerError",
    );
  }
  gateway.http.add("success_count");
  gateway.http.set("last_success_at", new Date());
  context.ledger.noteAccepted({
    msgid,
    uid: user.uid,
    cid,
    from: source?.value ?? null,
    to: plain(to),
    contentHex: toHex(content),
    coding,
    parts: parts.length,
    dlrUrl: dlr.request?.url ?? null,
    dlrLevel: dlr.request?.level ?? 0,
    acceptedAt: new Date(),
  });
  logAccepted(gateway, context, {
    user,
    cid,
    msgid,
    priority,
    dlr: dlr.text,
    source,
    to: argumentRepr(to),
    content,
  });
  return msgid;
}

function timesOf(args: Arguments): { scheduled?: string; validUntil?: Date } {
  const scheduled = bytesOf(args, "sdt");
  const minutes = args.get("validity-period");
  return {
    ...(scheduled === undefined ? {} : { scheduled }),
    ...(minutes === undefined
      ? {}
      : { validUntil: new Date(Date.now() + Number(plain(minutes)) * 60_000) }),
  };
}

function split(
  gateway: Gateway,
  context: SendContext,
  content: string,
  coding: number,
): readonly string[] {
  const most = gateway.options.longContentMaxParts ?? 5;
  const single = splitContent(content, coding, 0, most);
  return single.length === 1
    ? single
    : splitContent(content, coding, context.nextReference(), most);
}

/** @throws {HttpError} 412 when a failover route has no bound connector */
function connectorOf(gateway: Gateway, route: Route): string {
  const target = route.choice === "failover"
    ? route.targets.find(({ cid }) => gateway.connectors.get(cid)?.bound)
    : pickTarget(route, gateway.around.random);
  if (target !== undefined) return target.cid;
  gateway.http.add("route_error_count");
  throw new HttpError(412, "Failover route has no bound connectors", "ConnectorNotFoundError");
}

function readDlr(args: Arguments): {
  readonly wanted: boolean;
  readonly text: string;
  readonly request: DlrRequest | undefined;
} {
  if (bytesOf(args, "dlr") !== "yes") return { wanted: false, text: "No", request: undefined };
  const level = args.get("dlr-level") ?? bytesArgument("1");
  const number = Number(plain(level));
  // The level by default, and one from JSON, are numbers: the log calls them All.
  const text = level.kind !== "bytes" || number === 3 ? "All" : number === 2 ? "Terminal" : "SMS-C";
  const url = args.get("dlr-url");
  return {
    wanted: true,
    text,
    request: url === undefined ? undefined : {
      url: plain(url),
      level: number === 3 ? 3 : number === 2 ? 2 : 1,
      method: bytesOf(args, "dlr-method") ?? "POST",
    },
  };
}

/** A user's throughput is a smallest gap between two messages. @throws {HttpError} 403 */
function checkThroughput(gateway: Gateway, user: User): void {
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
function charge(
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

function logAccepted(gateway: Gateway, { logs }: SendContext, entry: {
  readonly user: User;
  readonly cid: string;
  readonly msgid: string;
  readonly priority: number;
  readonly dlr: string;
  readonly source: Address | null;
  readonly to: string;
  readonly content: string;
}): void {
  if (!logs.active) return;
  const shown = bytesRepr(entry.content.replace(/[^ -~]+/g, "."));
  logs.write(
    "http-api.log",
    "INFO",
    `SMS-MT [uid:${entry.user.uid}] [cid:${entry.cid}] [msgid:${entry.msgid}] ` +
      `[prio:${entry.priority}] [dlr:${entry.dlr}] [from:${addressText(entry.source)}] ` +
      `[to:${entry.to}] [content:${shown}]${gateway.later ? " [tlvs:none]" : ""}`,
  );
}
