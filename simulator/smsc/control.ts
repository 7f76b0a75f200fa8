/**
 * An HTTP interface to an SMSC that runs in another process: its record and its behaviour.
 *
 * | request | does |
 * | --- | --- |
 * | `GET /counts` | totals; with `?destination=` those of one number, with `?destinations` of all |
 * | `GET /record?systemId=&after=&limit=` | submits and deliveries numbered above `after` |
 * | `GET /messages` | submits that were taken, joined to messages |
 * | `GET /sessions` | the connections |
 * | `GET /behaviour?systemId=` | the settings of one account, or of each |
 * | `POST /behaviour` | `{systemId?, ...settings}` changes some |
 * | `POST /mo` | `{systemId, from, to, text, ...}`; 200 with the parts' ends, 202 when not yet ended |
 * | `POST /drop` | `{systemId?, session?, how?}` ends connections |
 * | `POST /clear` | `{}`; forgets the record |
 * @module
 */
import { z } from "zod";
import { AppError, NotFoundError, ValidationError } from "../../services/errors/mod.ts";
import { deliveryJson, submitJson } from "./journal.ts";
import type { DeliveryRecord } from "./model.ts";
import type { Smsc } from "./smsc.ts";

const MO_WAIT_MS = 5000;
const MAX_LIMIT = 100_000;

const moBody = z.strictObject({
  systemId: z.string(),
  from: z.string().min(1).max(20),
  to: z.string().min(1).max(20),
  text: z.string(),
  coding: z.enum(["gsm7", "latin1", "ucs2"]).optional(),
  concatenation: z.enum(["udh8", "udh16", "sar"]).optional(),
  reference: z.int().min(0).max(65_535).optional(),
  order: z.array(z.int().min(1).max(255)).optional(),
});
const behaviourBody = z.looseObject({ systemId: z.string().optional() });
const dropBody = z.strictObject({
  systemId: z.string().optional(),
  session: z.string().optional(),
  how: z.enum(["close", "destroy", "unbind"]).default("destroy"),
});
const recordQuery = z.object({
  systemId: z.string().optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(1000),
});

function parsed<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ValidationError(result.error.issues.map((issue) => ({
    field: issue.path.join(".") || "body",
    message: issue.message,
  })));
}

/** Without undefined values: optional settings are absent ones. */
function present<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]: Exclude<Fields[Key], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  // The keys and the other values are those of `fields`.
  return Object.fromEntries(entries) as {
    [Key in keyof Fields]: Exclude<Fields[Key], undefined>;
  };
}

async function jsonOf(request: Request): Promise<unknown> {
  // Only a page's own origin may send this type unasked: a web page can't steer the SMSC.
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new ValidationError("content-type", "Send the body as application/json");
  }
  try {
    return await request.json();
  } catch (cause) {
    throw new ValidationError(
      "body",
      `Not JSON: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}

function counts(smsc: Smsc, query: URLSearchParams): unknown {
  const destination = query.get("destination");
  if (destination !== null) {
    return smsc.record.destinations().get(destination) ?? { submits: 0, accepted: 0, messages: 0 };
  }
  return query.has("destinations")
    ? { ...smsc.record.counts(), byDestination: Object.fromEntries(smsc.record.destinations()) }
    : smsc.record.counts();
}

function record(smsc: Smsc, query: URLSearchParams): unknown {
  const { systemId, after, limit } = parsed(recordQuery, Object.fromEntries(query));
  const chosen = <Entry extends { number: number; systemId: string }>(all: readonly Entry[]) =>
    all.filter((each) =>
      each.number > after && (systemId === undefined || each.systemId === systemId)
    ).slice(0, limit);
  return {
    submits: chosen(smsc.record.submits()).map(submitJson),
    deliveries: chosen(smsc.record.deliveries()).map(deliveryJson),
  };
}

function messages(smsc: Smsc): unknown {
  return smsc.record.messages().map((message) => ({
    ...message,
    parts: message.parts.map(submitJson),
    repeated: message.repeated.map(submitJson),
  }));
}

function behaviour(smsc: Smsc, query: URLSearchParams): unknown {
  const systemId = query.get("systemId");
  if (systemId !== null) return smsc.behaviour(systemId);
  return Object.fromEntries(smsc.accounts.map((each) => [each, smsc.behaviour(each)]));
}

async function sendMo(smsc: Smsc, request: Request): Promise<Response> {
  const mo = present(parsed(moBody, await jsonOf(request)));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), MO_WAIT_MS);
  });
  const ended: readonly DeliveryRecord[] | undefined = await Promise.race([
    smsc.sendMo(mo),
    waited,
  ]).finally(() => clearTimeout(timer));
  return Response.json({ parts: ended?.map(deliveryJson) }, { status: ended ? 200 : 202 });
}

async function answer(smsc: Smsc, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case "GET /counts":
      return Response.json(counts(smsc, searchParams));
    case "GET /record":
      return Response.json(record(smsc, searchParams));
    case "GET /messages":
      return Response.json(messages(smsc));
    case "GET /sessions":
      return Response.json(smsc.sessions());
    case "GET /behaviour":
      return Response.json(behaviour(smsc, searchParams));
    case "POST /behaviour": {
      const { systemId, ...settings } = parsed(behaviourBody, await jsonOf(request));
      smsc.setBehaviour(settings, systemId);
      return Response.json(behaviour(smsc, new URLSearchParams(systemId ? { systemId } : {})));
    }
    case "POST /mo":
      return await sendMo(smsc, request);
    case "POST /drop": {
      const { how, ...which } = parsed(dropBody, await jsonOf(request));
      return Response.json({ dropped: smsc.drop(which, how) });
    }
    case "POST /clear":
      await jsonOf(request);
      smsc.record.clear();
      return new Response(null, { status: 204 });
    default:
      throw new NotFoundError(`No ${request.method} ${pathname}`);
  }
}

/** The control API as a handler for `Deno.serve`; failures are `{error}` with 404 or 400. */
export function controlHandler(smsc: Smsc): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await answer(smsc, request);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const status = error instanceof NotFoundError ? 404 : 400;
      return Response.json({ error: error.message }, { status });
    }
  };
}
