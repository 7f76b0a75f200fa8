/**
 * Where Jasmin calls back. It takes a callback as delivered when the status is below 400 and the
 * body is `ACK/Jasmin` (routing/throwers.py); anything else it repeats three times, 30 s apart.
 * @module
 */
import type { Context } from "fresh";
import { NotFoundError, ValidationError } from "../../../services/errors/mod.ts";
import { problemResponse } from "../../api/problem.ts";
import type { State } from "../../state.ts";

const ACKNOWLEDGEMENT = "ACK/Jasmin";

/** A callback of the longest MO is a tenth of this. */
const MAX_BODY_BYTES = 65_536;

async function fieldsOf(request: Request, url: URL): Promise<URLSearchParams> {
  if (request.method === "GET") return url.searchParams;
  const declared = Number(request.headers.get("Content-Length") ?? Number.NaN);
  if (!(declared <= MAX_BODY_BYTES)) {
    throw new ValidationError("body", `A callback needs a Content-Length up to ${MAX_BODY_BYTES}`);
  }
  return new URLSearchParams(await request.text());
}

async function acknowledged(ctx: Context<State>, keep: () => Promise<void>): Promise<Response> {
  try {
    await keep();
    return ctx.text(ACKNOWLEDGEMENT);
  } catch (error) {
    return problemResponse(error, ctx.state.requestId);
  }
}

/** `/hooks/jasmin/dlr/:id/:signature`: a DLR of a message that was sent from here. */
export function dlrCallback(ctx: Context<State>): Promise<Response> {
  const { id, signature } = ctx.params;
  return acknowledged(ctx, async () => {
    if (id === undefined || signature === undefined) throw new NotFoundError("Not a callback");
    await ctx.state.services.hooks.dlr(id, signature, await fieldsOf(ctx.req, ctx.url));
  });
}

/** `/hooks/jasmin/mo/:signature`: an MO, from the gateway's HTTP connector. */
export function moCallback(ctx: Context<State>): Promise<Response> {
  const { signature } = ctx.params;
  return acknowledged(ctx, async () => {
    if (signature === undefined) throw new NotFoundError("Not a callback");
    await ctx.state.services.hooks.mo(signature, await fieldsOf(ctx.req, ctx.url));
  });
}
