/** What `/send` and `/rate` have in common: the content, the sender, the route, the price. */
import type { Address, Routable } from "../gateway/filters.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Route } from "../gateway/routes.ts";
import { runScript, type ScriptResult } from "../gateway/script.ts";
import type { User } from "../gateway/users.ts";
import { bytesRepr, decodeUtf8, toBinary } from "../python/text.ts";
import { type Arguments, bytesOf, plain, typeOf } from "./arguments.ts";
import { HttpError } from "./errors.ts";
import { encodeGsm } from "./gsm0338.ts";

/** Forms of the arguments that `/send` and `/rate` share. */
export const SHARED_FIELDS = {
  to: { required: true, pattern: /^\+?\d+$/ },
  from: {},
  coding: { pattern: /^(?:0|1|2|3|4|5|6|7|8|9|10|13|14)$/ },
  username: { required: true, pattern: /^.{1,16}$/ },
  password: { required: true, pattern: /^.{1,16}$/ },
  priority: { pattern: /^[0-3]$/ },
  "validity-period": { pattern: /^\d+$/ },
  tags: { pattern: /^[-a-zA-Z0-9,]*$/ },
  content: {},
  "hex-content": {},
} as const;

/**
 * The message's bytes for the operator.
 * @param converts whether text is put into the default alphabet
 * @throws {HttpError} 400 for hex that is none, 500 where the gateway fails
 */
export function readContent(args: Arguments, converts: boolean): string {
  const hex = args.get("hex-content");
  if (hex !== undefined) {
    const digits = hex.kind === "bytes" ? hex.bytes : "";
    if (hex.kind !== "bytes" || !/^(?:[0-9A-Fa-f]{2})*$/.test(digits)) {
      const shown = hex.kind === "bytes" ? bytesRepr(digits) : plain(hex);
      throw new HttpError(400, `Invalid hex-content data: '${shown}'`);
    }
    return digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  }
  const content = args.get("content");
  if (content?.kind !== "bytes") {
    const type = content === undefined ? "NoneType" : typeOf(content);
    const what = converts ? "attribute 'encode'" : "len()";
    throw new HttpError(
      500,
      converts
        ? `Unknown error: '${type}' object has no ${what}`
        : `Unknown error: object of type '${type}' has no ${what}`,
    );
  }
  if (!converts) return content.bytes;
  const text = decodeUtf8(content.bytes);
  if (toBinary(text) !== content.bytes) {
    throw new HttpError(500, `Unknown error: ${utf8Fault(content.bytes)}`);
  }
  return encodeGsm(text);
}

function utf8Fault(bytes: string): string {
  let at = 0;
  while (at < bytes.length && toBinary(decodeUtf8(bytes.slice(0, at + 1))).length <= at + 1) at++;
  const byte = bytes.charCodeAt(at).toString(16).padStart(2, "0");
  return `'utf-8' codec can't decode byte 0x${byte} in position ${at}: invalid start byte`;
}

/** @throws {HttpError} 403 */
export function authenticate(gateway: Gateway, args: Arguments): User {
  const username = plainOf(args, "username");
  const password = args.get("password");
  if (
    password !== undefined && password.kind !== "bytes" &&
    gateway.users.some((user) => user.username === username)
  ) {
    const type = typeOf(password);
    throw new HttpError(500, `Unknown error: '${type}' object has no attribute 'encode'`);
  }
  const user = gateway.authenticate(username, plainOf(args, "password"));
  if (user !== undefined) return user;
  gateway.http.add("auth_error_count");
  throw new HttpError(
    403,
    `Authentication failure for username:${username}`,
    "AuthenticationError",
  );
}

function plainOf(args: Arguments, name: string): string {
  const argument = args.get(name);
  return argument === undefined ? "" : plain(argument);
}

/** Counts a request of a user. */
export function countRequest(gateway: Gateway, user: User, counter: string): void {
  const { http } = gateway.activity(user.uid);
  for (const name of ["connects_count", counter]) http.set(name, Number(http.get(name) ?? 0) + 1);
  http.set("last_activity_at", new Date());
}

/** The alphabet's number. */
export function codingOf(args: Arguments): number {
  const coding = args.get("coding");
  return coding === undefined ? 0 : Number(plain(coding));
}

/** The sender address: the one given, else the user's default, which is text. */
export function sourceOf(user: User, from: string | undefined): Address | null {
  if (from !== undefined) return { value: from, isText: false };
  const fallback = user.mt.defaults.get("source_address") ?? null;
  return fallback === null ? null : { value: fallback, isText: true };
}

/** What the routes look at. */
export function routableOf(
  user: User,
  args: Arguments,
  source: Address | null,
  firstPart: string,
): Routable {
  const tags = bytesOf(args, "tags");
  const to = args.get("to");
  return {
    uid: user.uid,
    gid: user.gid,
    source,
    destination: plainOf(args, "to"),
    ...(to === undefined || to.kind === "bytes" ? {} : { destinationType: typeOf(to) }),
    content: firstPart,
    tags: new Set(tags === undefined ? [] : tags.split(",")),
    at: new Date(),
  };
}

/**
 * Passes the message by the interceptors.
 * @returns what a script made of it, or undefined when no interceptor takes it
 * @throws {HttpError} when it is refused, its script fails or there is nothing to run scripts
 */
export function intercept(
  gateway: Gateway,
  message: Routable,
): Extract<ScriptResult, { kind: "passed" }> | undefined {
  const interceptor = guarded(() => gateway.mtInterceptors.match(message));
  if (interceptor === undefined) return undefined;
  const mode = gateway.options.interceptor ?? "absent";
  const refuse = (status: number, text: string, kind: string): HttpError => {
    gateway.http.add("interceptor_error_count");
    return new HttpError(status, text, kind);
  };
  if (mode === "absent") throw refuse(503, "InterceptorPB not set !", "InterceptorNotSetError");
  if (mode === "disconnected") {
    throw refuse(503, "InterceptorPB not connected !", "InterceptorNotConnectedError");
  }
  const result = runScript(interceptor.script);
  if (result.kind === "refused") {
    const text = `Interception specific error code ${result.httpStatus}`;
    throw refuse(result.httpStatus, text, "InterceptorRunError");
  }
  if (result.kind === "failed") {
    const text = "Failed running interception script, check log for details";
    throw refuse(400, text, "InterceptorRunError");
  }
  gateway.http.add("interceptor_count");
  return result;
}

/** The route of a message. @throws {HttpError} 500 where a filter fails on the message */
export function routeOf(gateway: Gateway, message: Routable): Route | undefined {
  return guarded(() => gateway.mtRoutes.match(message));
}

function guarded<T>(match: () => T): T {
  try {
    return match();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new HttpError(500, `Unknown error: ${error.message}`);
  }
}
