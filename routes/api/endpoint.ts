/**
 * An endpoint is declared once. Validation, authorisation, OpenAPI and the access-matrix test all
 * read the declaration.
 * @module
 */
import { z } from "zod";
import { NO_ACCOUNTS, type Scope } from "../../services/accounts/mod.ts";
import type { Permission, Principal, UserPrincipal } from "../../services/auth/mod.ts";
import { ValidationError } from "../../services/errors/mod.ts";
import type { Services } from "../services.ts";
import { readInput } from "./input.ts";
import type { ProblemKind } from "./problem.ts";
import type { Rate } from "./rate_limit.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call: everybody; everybody who is known, by sign-in or API key; only people who signed in,
 * about themselves; or who has the permission.
 */
export type Access = Permission | "public" | "session" | "signed-in";

/** What an answer of one status is; without a schema it has no body. */
export interface ResponseDeclaration {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** A media type that it may have instead of JSON: its body is then a text of that type. */
  readonly text?: string;
}

type Responses = Readonly<Record<number, ResponseDeclaration>>;
type NoFields = z.ZodObject<Record<never, never>, z.core.$strict>;

/** What a schema takes, also when a handler has it as read-only. */
type Shown<T> = T extends readonly (infer Each)[] ? readonly Shown<Each>[]
  : T extends object ? { readonly [Key in keyof T]: Shown<T[Key]> }
  : T;

/** What a handler returns: one of the declared statuses with its body. */
export type Result<R extends Responses> = {
  [Status in keyof R]:
    | { readonly status: Status; readonly headers?: Readonly<Record<string, string>> }
      & (R[Status] extends { readonly schema: infer Schema extends z.ZodType }
        ? { readonly body: Shown<z.input<Schema>> }
        : { readonly body?: undefined })
    | (R[Status] extends { readonly text: infer Text extends string } ? {
        readonly status: Status;
        readonly headers: { readonly "Content-Type": Text } & Readonly<Record<string, string>>;
        readonly body: string;
      }
      : never);
}[keyof R];

/** A checked request, as a handler gets it. */
export interface EndpointContext<
  A extends Access,
  P extends z.ZodType,
  Q extends z.ZodType,
  H extends z.ZodType,
  B extends z.ZodType,
> {
  readonly principal: A extends "public" ? null : A extends "session" ? UserPrincipal : Principal;
  /** The accounts that the caller may see; none for a public endpoint. */
  readonly scope: Scope;
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly headers: z.output<H>;
  readonly body: z.output<B>;
  readonly services: Services;
  readonly request: Request;
  readonly ip: string;
  readonly requestId: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

export interface Declaration<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  H extends z.ZodObject,
  B extends z.ZodType,
  R extends Responses,
> {
  readonly method: Method;
  /** `/api/v1/messages/{id}`; each parameter is a whole segment. */
  readonly path: `/api/${string}`;
  /** A line for a list of endpoints. */
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly permission: A;
  /** One key for each parameter of the path. */
  readonly params?: P;
  /** Unknown keys are refused; a list takes the key repeated. */
  readonly query?: Q;
  /** By their names as documented, such as `Idempotency-Key`. */
  readonly headers?: H;
  /** JSON; objects in it must be strict. An optional schema allows no body at all. */
  readonly body?: B;
  readonly example?: z.input<B>;
  readonly responses: R;
  /** Failures beyond those that every endpoint of its kind has. */
  readonly errors?: readonly ProblemKind[];
  /** A limit of its own, counted apart from all other endpoints. */
  readonly rate?: Rate;
  /** @default 262144 */
  readonly maxBodyBytes?: number;
  handle(ctx: EndpointContext<A, P, Q, H, B>): Promise<Result<R>> | Result<R>;
}

/** What the mount knows about a request when an endpoint begins. */
export interface Call {
  readonly principal: Principal | null;
  /** Decoded segments of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly services: Services;
  readonly request: Request;
  readonly ip: string;
  readonly requestId: string;
  readonly maxBodyBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A declared endpoint of any shape. */
export interface Endpoint {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly permission: Access;
  readonly params: z.ZodObject | undefined;
  readonly query: z.ZodObject | undefined;
  readonly headers: z.ZodObject | undefined;
  readonly body: z.ZodType | undefined;
  readonly example: unknown;
  readonly responses: Responses;
  readonly errors: readonly ProblemKind[];
  readonly rate: Rate | undefined;
  readonly maxBodyBytes: number | undefined;
  /** Checks the input and handles it. @throws {ValidationError | HttpError} for bad input */
  run(call: Call): Promise<Answer>;
}

/**
 * Declares an endpoint.
 * @throws {TypeError} when the declaration contradicts itself: parameters that are not in the path,
 * body objects that would swallow unknown keys, examples that break their schema
 */
export function endpoint<
  const A extends Access,
  const R extends Responses,
  P extends z.ZodObject = NoFields,
  Q extends z.ZodObject = NoFields,
  H extends z.ZodObject = NoFields,
  B extends z.ZodType = z.ZodUndefined,
>(declaration: Declaration<A, P, Q, H, B, R>): Endpoint {
  const { method, path, summary, description, tags, permission, params, query, headers } =
    declaration;
  const { body, example, responses, errors = [], rate, maxBodyBytes } = declaration;
  const declared: Endpoint = {
    method,
    path,
    summary,
    description,
    tags,
    permission,
    params,
    query: query?.strict(),
    headers,
    body,
    example,
    responses,
    errors,
    rate,
    maxBodyBytes,
    async run(call) {
      const input = await readInput(declared, call);
      // readInput() has parsed each part with the schema that gives it its type here, and the mount
      // lets nobody without a principal through to what is not public.
      const ctx = {
        ...input,
        principal: permission === "public" ? null : call.principal,
        scope: call.principal?.scope ?? NO_ACCOUNTS,
        services: call.services,
        request: call.request,
        ip: call.ip,
        requestId: call.requestId,
        signal: call.request.signal,
      } as EndpointContext<A, P, Q, H, B>;
      try {
        return await declaration.handle(ctx) as Answer; // every Result is an Answer
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        throw new ValidationError(
          error.faults.map((fault) => ({ ...fault, field: inApiWords(fault.field) })),
        );
      }
    },
  };
  requireSound(declared);
  return declared;
}

/** Services name a fault's field as they spell it, the API's clients as they wrote it. */
function inApiWords(field: string): string {
  return field.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The names of a path's parameters, in order. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? "");
}

function requireSound(declared: Endpoint): void {
  const name = `${declared.method} ${declared.path}`;
  const { example, params, path } = declared;
  if (!/^\/api(\/([a-z0-9_.-]+|\{[a-z_][a-z0-9_]*\}))+$/.test(path)) {
    throw new TypeError(`${name}: the path must be /api/... of plain segments and {parameters}`);
  }
  const inPath = parametersOf(path).toSorted().join();
  const inSchema = Object.keys(params?.shape ?? {}).toSorted().join();
  if (inPath !== inSchema) {
    throw new TypeError(`${name}: the path has {${inPath}} and params has {${inSchema}}`);
  }
  if (declared.body !== undefined) {
    const json = z.toJSONSchema(declared.body, { io: "input", unrepresentable: "any" });
    const open = openObject(json, "body");
    if (open !== undefined) {
      throw new TypeError(`${name}: ${open} takes unknown keys; make it z.strictObject()`);
    }
    if (example !== undefined) requireExample(name, "body", declared.body, example);
  }
  for (const [status, response] of Object.entries(declared.responses)) {
    if (response.schema !== undefined && response.example !== undefined) {
      requireExample(name, status, response.schema, response.example);
    }
  }
}

function requireExample(name: string, part: string, schema: z.ZodType, example: unknown): void {
  const { error } = schema.safeParse(example);
  if (error !== undefined) {
    throw new TypeError(`${name}: the example of ${part} breaks its schema`, { cause: error });
  }
}

/** Where a JSON Schema has an object with named properties that takes others too. */
function openObject(schema: unknown, at: string): string | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  const isObject = "type" in schema && schema.type === "object" && "properties" in schema;
  if (isObject && !("additionalProperties" in schema)) return at;
  for (const [key, each] of Object.entries(schema)) {
    const open = openObject(each, `${at}.${key}`);
    if (open !== undefined) return open;
  }
  return undefined;
}
