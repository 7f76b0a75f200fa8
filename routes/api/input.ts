/**
 * Takes a request apart and checks each part with its schema.
 * @module
 */
import { z } from "zod";
import { type FieldFault, ValidationError } from "../../services/errors/mod.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { check } from "./faults.ts";
import { DEFAULT_JSON_LIMITS, readJson } from "./json_body.ts";

/** For a part that is not declared. Made once: making a schema costs more than using it. */
const NOTHING = z.strictObject({});

/** The parts of a checked request; each is what its schema gave. */
export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

/**
 * All faults of all parts are told at once. Fields are named as the client wrote them: a body's by
 * their path (`messages.3.text`), parameters and headers by their name.
 * @throws {ValidationError} when a part breaks its schema
 * @throws {HttpError} when the body can't be read
 */
export async function readInput(endpoint: Endpoint, call: Call): Promise<Input> {
  const faults: FieldFault[] = [];
  const part = (schema: z.ZodType | undefined, value: unknown, whole: string): unknown =>
    check(schema ?? NOTHING, value, whole, faults);

  const params = part(endpoint.params, call.params, "path");
  const query = part(endpoint.query, queryValues(call.query, endpoint.query), "query");
  const headers = part(
    endpoint.headers,
    headerValues(call.request.headers, endpoint.headers),
    "headers",
  );
  let body: unknown;
  if (endpoint.body !== undefined) {
    const limits = { ...DEFAULT_JSON_LIMITS, maxBytes: call.maxBodyBytes };
    body = part(endpoint.body, await readJson(call.request, limits), "body");
  }
  if (faults.length > 0) throw new ValidationError(faults);
  return { params, query, headers, body };
}

/** A key that is given once is a text, or a list where the schema wants one; else a list. */
function queryValues(
  query: URLSearchParams,
  schema: z.ZodObject | undefined,
): Record<string, string | string[]> {
  const entries = [...new Set(query.keys())].map((key): [string, string | string[]] => {
    const values = query.getAll(key);
    const [only = ""] = values;
    const shape: Readonly<Record<string, unknown>> = schema?.shape ?? {};
    const wantsList = Object.hasOwn(shape, key) && isList(shape[key]);
    return [key, values.length === 1 && !wantsList ? only : values];
  });
  return Object.fromEntries(entries);
}

function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return isList(schema.unwrap());
  }
  return schema instanceof z.ZodArray;
}

function headerValues(
  headers: Headers,
  schema: z.ZodObject | undefined,
): Record<string, string> {
  const entries = Object.keys(schema?.shape ?? {}).flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
