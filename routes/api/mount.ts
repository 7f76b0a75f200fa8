/**
 * Puts declared endpoints on an app: who asks, may they, how often; then the endpoint.
 * @module
 */
import type { App, Context } from "fresh";
import { HttpError } from "fresh";
import { type Principal, require as requirePermission } from "../../services/auth/mod.ts";
import {
  ForbiddenError,
  RateLimitedError,
  UnauthenticatedError,
} from "../../services/errors/mod.ts";
import type { State } from "../state.ts";
import type { Access, Answer, Endpoint } from "./endpoint.ts";
import { DEFAULT_JSON_LIMITS } from "./json_body.ts";
import { openApiDocument } from "./openapi.ts";
import { problemResponse } from "./problem.ts";
import { networkOf, type Rate, type RateDecision, RateLimiter } from "./rate_limit.ts";

export interface MountOptions {
  /** For each principal, over all endpoints. @default 6000 in 60 seconds */
  readonly principalRate?: Rate;
  /** For each network, over public endpoints, and over tokens that were refused. @default 300 in 60 seconds */
  readonly networkRate?: Rate;
  /** @default 262144 */
  readonly maxBodyBytes?: number;
  /** Refuse to answer what the declaration does not promise: for tests. @default false */
  readonly verifyAnswers?: boolean;
  /** What `/api/openapi.json` says about the installation. */
  readonly about?: { readonly version: string; readonly publicUrl: string };
}

interface Limiters {
  readonly principal: RateLimiter;
  readonly network: RateLimiter;
  readonly own: ReadonlyMap<Endpoint, RateLimiter>;
}

type Handling = Required<Pick<MountOptions, "maxBodyBytes" | "verifyAnswers">> & {
  readonly limiters: Limiters;
};

const REALM = 'Bearer realm="jasmin-dashboard"';

/**
 * Registers the endpoints, `/api/openapi.json`, and an answer for everything else below `/api/`.
 * Call it after every other route below `/api/` that has parameters: patterns are tried in order.
 * Needs the middlewares that fill `State`.
 * @throws {TypeError} when two endpoints claim the same method and path
 */
export function mountApi(
  app: App<State>,
  endpoints: readonly Endpoint[],
  options: MountOptions = {},
): void {
  const own = endpoints.flatMap((each): [Endpoint, RateLimiter][] =>
    each.rate === undefined ? [] : [[each, new RateLimiter(each.rate)]]
  );
  const handling: Handling = {
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_JSON_LIMITS.maxBytes,
    verifyAnswers: options.verifyAnswers ?? false,
    limiters: {
      principal: new RateLimiter(options.principalRate ?? { limit: 6000, windowSeconds: 60 }),
      network: new RateLimiter(options.networkRate ?? { limit: 300, windowSeconds: 60 }),
      own: new Map(own),
    },
  };

  for (const [path, byMethod] of byPath(endpoints)) {
    const pattern = path.replaceAll(/\{([^}]*)\}/g, ":$1");
    app.all(pattern, (ctx) => dispatch(ctx, path, byMethod, handling));
  }
  if (options.about !== undefined) {
    const document = JSON.stringify(openApiDocument(endpoints, options.about));
    app.get("/api/openapi.json", () =>
      new Response(document, {
        headers: { "Content-Type": "application/json", "Cache-Control": "no-cache" },
      }));
  }
  app.all("/api/*", (ctx) => problemResponse(new HttpError(404), ctx.state.requestId));
}

/** Paths with what each of their methods does; plain segments before parameters. */
function byPath(endpoints: readonly Endpoint[]): [string, Map<string, Endpoint>][] {
  const paths = new Map<string, [string, Map<string, Endpoint>]>();
  for (const each of endpoints) {
    const shape = each.path.replaceAll(/\{[^}]*\}/g, "{}");
    const [path, byMethod] = paths.get(shape) ?? [each.path, new Map<string, Endpoint>()];
    if (byMethod.has(each.method) || path !== each.path) {
      throw new TypeError(`${each.method} ${each.path} is already there as ${path}`);
    }
    paths.set(shape, [path, byMethod.set(each.method, each)]);
  }
  // "{" sorts after every character that a plain segment may have.
  return [...paths.values()].sort(([left], [right]) => left < right ? -1 : 1);
}

async function dispatch(
  ctx: Context<State>,
  path: string,
  byMethod: ReadonlyMap<string, Endpoint>,
  handling: Handling,
): Promise<Response> {
  const { method } = ctx.req;
  const headers = new Headers({ "Cache-Control": "no-store" });
  const endpoint = byMethod.get(method === "HEAD" ? "GET" : method);
  try {
    if (endpoint !== undefined) return await serve(ctx, endpoint, handling, headers);
    const get = byMethod.has("GET") ? ["HEAD"] : [];
    headers.set("Allow", [...byMethod.keys(), ...get, "OPTIONS"].sort().join(", "));
    if (method === "OPTIONS") return new Response(null, { status: 204, headers });
    throw new HttpError(405, `${path} has no ${method}`);
  } catch (error) {
    // Nobody reads the answer, and work that was given up on purpose is no incident.
    if (ctx.req.signal.aborted) return new Response(null, { status: 499 });
    return problemResponse(error, ctx.state.requestId, headers);
  }
}

async function serve(
  ctx: Context<State>,
  endpoint: Endpoint,
  handling: Handling,
  headers: Headers,
): Promise<Response> {
  const { ip, requestId, services } = ctx.state;
  const { permission } = endpoint;
  const principal = permission === "public" ? null : await authenticate(ctx, handling, headers);
  countRequest(endpoint, principal, ip, handling.limiters, headers);
  if (principal !== null) requireAccess(principal, permission);
  const answer = await endpoint.run({
    principal,
    params: pathValues(endpoint.path, ctx.url.pathname),
    query: ctx.url.searchParams,
    services,
    request: ctx.req,
    ip,
    requestId,
    maxBodyBytes: endpoint.maxBodyBytes ?? handling.maxBodyBytes,
  });
  if (handling.verifyAnswers) verify(endpoint, answer);
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  const text = textOf(endpoint, answer);
  if (text !== undefined) return new Response(text, { status: answer.status, headers });
  headers.set("Content-Type", "application/json");
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
}

/** The body of an answer in the other media type that its declaration allows. */
function textOf({ responses }: Endpoint, { status, headers, body }: Answer): string | undefined {
  const text = responses[status]?.text;
  const isText = text !== undefined && headers?.["Content-Type"] === text;
  return isText && typeof body === "string" ? body : undefined;
}

/** @throws {ForbiddenError} when the caller may not use what is declared so */
function requireAccess(principal: Principal, permission: Access): void {
  if (permission === "public" || permission === "signed-in") return;
  if (permission !== "session") return requirePermission(principal, permission);
  if (principal.kind !== "user") {
    throw new ForbiddenError("This is for people, about themselves; sign in instead of an API key");
  }
}

/**
 * What a request shows of who sends it: an access token or an API key.
 * @see https://www.rfc-editor.org/rfc/rfc6750
 */
function credentialOf({ headers }: Request): string | undefined {
  const header = headers.get("authorization");
  // Who sends both means the first one: an API key must not stand in for a token that is refused.
  if (header === null) return headers.get("x-api-key") ?? undefined;
  return /^bearer +([\x21-\x7e]+)$/i.exec(header)?.[1];
}

async function authenticate(
  ctx: Context<State>,
  { limiters }: Handling,
  headers: Headers,
): Promise<Principal> {
  // A page of ours: the session middleware found its principal, and that the request is its own.
  if (ctx.state.principal !== undefined) return ctx.state.principal;
  const credential = credentialOf(ctx.req);
  if (credential === undefined) {
    headers.set("WWW-Authenticate", REALM);
    throw new UnauthenticatedError(
      "Sign in first; send Authorization: Bearer and the access token, or X-API-Key and a key",
    );
  }
  try {
    const principal = await ctx.state.services.auth.authenticate(credential);
    ctx.state.principal = principal;
    return principal;
  } catch (error) {
    if (error instanceof UnauthenticatedError) {
      // Only refused tokens are counted: behind one address may be good callers too.
      requireAllowed(limiters.network.take(`refused ${networkOf(ctx.state.ip)}`));
      headers.set("WWW-Authenticate", `${REALM}, error="invalid_token"`);
    }
    throw error;
  }
}

function countRequest(
  endpoint: Endpoint,
  principal: Principal | null,
  ip: string,
  limiters: Limiters,
  headers: Headers,
): void {
  const key = principal === null ? networkOf(ip) : callerKey(principal);
  const own = limiters.own.get(endpoint);
  const limiter = own ?? (principal === null ? limiters.network : limiters.principal);
  const name = own !== undefined ? "endpoint" : principal === null ? "network" : "principal";
  const decision = limiter.take(key);
  const { limit, windowSeconds } = limiter.rate;
  headers.set("RateLimit-Policy", `"${name}";q=${limit};w=${windowSeconds}`);
  headers.set("RateLimit", `"${name}";r=${decision.remaining};t=${decision.resetSeconds}`);
  requireAllowed(decision);
}

/** Each API key is counted by itself: a program that runs wild must not shut its user out. */
function callerKey(principal: Principal): string {
  return principal.kind === "user" ? `user ${principal.userId}` : `api-key ${principal.keyId}`;
}

function requireAllowed(decision: RateDecision): void {
  if (decision.allowed) return;
  const seconds = decision.retryAfterSeconds;
  throw new RateLimitedError(`Too many requests; try again in ${seconds} s`, seconds);
}

/**
 * The values of the path's parameters. `ctx.params` won't do: Fresh decodes it by `decodeURI`,
 * which leaves `%2F` and its like, and decoding again would turn `%252F` into a slash too.
 */
function pathValues(path: string, pathname: string): Record<string, string> {
  const segments = pathname.split("/");
  const values: Record<string, string> = {};
  for (const [index, segment] of path.split("/").entries()) {
    const name = /^\{(.*)\}$/.exec(segment)?.[1];
    if (name === undefined) continue;
    try {
      values[name] = decodeURIComponent(segments[index] ?? "");
    } catch {
      throw new HttpError(400, `The path has a broken escape in its ${name}`);
    }
  }
  return values;
}

function verify(endpoint: Endpoint, answer: Answer): void {
  const declared = endpoint.responses[answer.status];
  const name = `${endpoint.method} ${endpoint.path}`;
  if (declared === undefined) {
    throw new TypeError(`${name} answered an undeclared ${answer.status}`);
  }
  if (textOf(endpoint, answer) !== undefined) return;
  const { success, error } = declared.schema === undefined
    ? { success: answer.body === undefined, error: "a body where none is declared" }
    : declared.schema.safeParse(answer.body);
  if (!success) {
    throw new TypeError(`${name} broke its promise for ${answer.status}`, { cause: error });
  }
}
