/** `/send`. */
import type { Address } from "../gateway/filters.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { addressText } from "../gateway/message_log.ts";
import { pickTarget, type Route } from "../gateway/routes.ts";
import type { User } from "../gateway/users.ts";
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
  typeOf,
} from "./arguments.ts";
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
import { billOf, charge, checkThroughput } from "./billing.ts";
import { splitContent } from "./parts.ts";
import { checkSend } from "./rights.ts";
import type { HttpRequest, HttpResponse } from "./wire.ts";
import { readDlr, timesOf } from "./wishes.ts";

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

/** A validity period that ends later in its second is more than the gateway can encode. */
const LAST_TENTH_MS = 900;

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
  if (kind === "AuthenticationError") context.logs.write("http-api.log", "ERROR", message);
  // These messages are bytes inside the gateway.
  const shown = /^(?:Mandatory argument|Argument) \[/.test(message) ? bytesRepr(message) : message;
  context.logs.write("http-api.log", "ERROR", `Error: ${status}: ${kind} (${shown})`);
  return { ...TEXT, status, body: `Error "${message}"`, chunked };
}

function readArguments(request: HttpRequest): Arguments {
  const args = readForm(request);
  if (request.headers.get("content-type") === "application/json") addJson(args, request.body);
  const byDefault = (name: string, value: () => Parameters<Arguments["set"]>[1]) => {
    if (!args.has(name)) args.set(name, value());
  };
  byDefault("custom_tlvs", () => ({ kind: "structure", type: "list" }));
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
    throw new HttpError(500, `Unknown error: '${typeOf(method)}' object has no attribute 'upper'`);
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
  const times = timesOf(args);
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
    ...times,
    receipt: dlr.wanted,
    deferredCharge: bill.later,
    queuedAt: Date.now(),
    unencodable: to.kind !== "bytes" || (from !== undefined && from.kind !== "bytes") ||
      (times.validUntil?.getMilliseconds() ?? 0) >= LAST_TENTH_MS,
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
