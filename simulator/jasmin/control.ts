/**
 * The control port: faults and looks inside by HTTP, for a simulator that runs as a program.
 * Bodies are JSON.
 */
import { z } from "zod";
import { HttpListener, type HttpRequest, type HttpResponse } from "./http/wire.ts";
import { decodeUtf8, toBinary } from "./python/text.ts";
import type { JasminSimulator } from "./simulator.ts";

const share = z.number().min(0).max(1);
const ms = z.number().min(0);

const behaviour = z.strictObject({
  refuseConnection: z.boolean(),
  failBind: z.boolean(),
  connectMs: ms,
  bindMs: ms,
  unbindMs: ms,
  latencyMs: ms,
  latencyJitterMs: ms,
  throttled: share,
  errors: share,
  errorStatus: z.string(),
  receipts: z.strictObject({
    undelivered: share,
    expired: share,
    rejected: share,
    none: share,
    intermediate: share,
    delayMs: ms,
    jitterMs: ms,
    duplicated: share,
    early: share,
    reordered: share,
  }).partial(),
}).partial();

const httpFault = z.strictObject({
  kind: z.enum(["error", "slow", "cut", "cut-after"]),
  share: share.optional(),
  delayMs: ms.optional(),
  path: z.string().optional(),
});

const hex = z.string().regex(/^(?:[0-9a-fA-F]{2})*$/);

type Action = (simulator: JasminSimulator, body: unknown) => unknown;

/** An action that takes a body of this form. */
function taking<T>(
  schema: z.ZodType<T>,
  act: (simulator: JasminSimulator, body: T) => unknown,
): Action {
  return (simulator, body) => act(simulator, schema.parse(body));
}

/** What can be posted, by path. */
const ACTIONS: Readonly<Record<string, Action>> = {
  "/connector": taking(
    z.strictObject({ cid: z.string(), behaviour }),
    // exactOptionalPropertyTypes: zod says `undefined` where JSON can only leave a member out.
    (simulator, { cid, behaviour }) =>
      simulator.changeConnector(cid, behaviour as Parameters<typeof simulator.changeConnector>[1]),
  ),
  "/drop": taking(
    z.strictObject({ cid: z.string(), kept: z.enum(["timeout", "requeue"]).default("timeout") }),
    (simulator, { cid, kept }) => simulator.dropConnector(cid, kept),
  ),
  "/answers": taking(
    z.array(z.string()),
    (simulator, statuses) => simulator.scriptAnswers(statuses.map((status) => ({ status }))),
  ),
  "/receipt": taking(
    z.strictObject({ nth: z.number().int().min(1), status: z.string() }),
    (simulator, { nth, status }) => simulator.sendReceipt(nth, { status }),
  ),
  "/receipts": taking(
    z.strictObject({ lost: z.boolean() }),
    (simulator, { lost }) => simulator.loseReceipts(lost),
  ),
  "/mo": taking(
    z.strictObject({
      cid: z.string(),
      from: z.string(),
      to: z.string(),
      text: z.string().optional(),
      hex: hex.optional(),
      coding: z.number().int().default(0),
    }),
    (simulator, { cid, from, to, text, hex, coding }) => ({
      id: simulator.receiveMo({
        cid,
        from: toBinary(from),
        to: toBinary(to),
        content: hex === undefined
          ? toBinary(text ?? "")
          : hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
        coding,
      }),
    }),
  ),
  "/http-fault": taking(
    httpFault.nullable(),
    (simulator, fault) =>
      simulator.setHttpFault(
        // As above: members that are left out are never `undefined`.
        (fault ?? undefined) as Parameters<typeof simulator.setHttpFault>[0],
      ),
  ),
  "/http-listening": taking(
    z.strictObject({ listening: z.boolean() }),
    (simulator, { listening }) => simulator.setHttpListening(listening),
  ),
  "/jcli-fault": taking(
    z.strictObject({
      fault: z.enum(["none", "half-open", "drop-before", "drop-after"]),
      times: z.number().int().min(1).default(1),
    }),
    (simulator, { fault, times }) => simulator.setJcliFault(fault, times),
  ),
  "/jcli-drop": (simulator) => simulator.dropJcli(),
  "/restart": (simulator) => simulator.restart(),
  "/rotate": taking(
    z.strictObject({ file: z.string() }),
    async (simulator, { file }) => ({ rotated: await simulator.rotateLog(file) }),
  ),
};

/** What can be read, by path. */
const VIEWS: Readonly<Record<string, (simulator: JasminSimulator) => unknown>> = {
  "/state": (simulator) => ({
    jcliPort: simulator.jcliPort,
    httpPort: simulator.httpPort,
    jcliConnections: simulator.jcliConnections,
    backlog: simulator.backlog,
    connectors: [...simulator.gateway.connectors.values()].map((connector) => ({
      cid: connector.cid,
      running: connector.running,
      state: connector.state,
      queued: connector.queue.length,
    })),
  }),
  "/accepted": (simulator) => simulator.ledger.accepted,
  "/results": (simulator) => simulator.ledger.results,
  "/receipts": (simulator) => simulator.ledger.receipts,
  "/callbacks": (simulator) => simulator.ledger.callbacks,
};

/** The paths, for a help text. */
export const CONTROL_PATHS: readonly string[] = [
  ...Object.keys(VIEWS).map((path) => `GET ${path}`),
  ...Object.keys(ACTIONS).map((path) => `POST ${path}`),
];

/** Starts the control port. @throws {Error} when the port is taken */
export async function startControl(
  simulator: JasminSimulator,
  port: number,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const listener = new HttpListener(simulator.host, (request) => answer(simulator, request));
  await listener.listen(port);
  return { port: listener.port, stop: () => listener.close() };
}

async function answer(simulator: JasminSimulator, request: HttpRequest): Promise<HttpResponse> {
  const path = request.target.split("?")[0] ?? "";
  try {
    if (request.method === "GET" && VIEWS[path] !== undefined) {
      return reply(200, VIEWS[path](simulator));
    }
    const action = request.method === "POST" ? ACTIONS[path] : undefined;
    if (action === undefined) return reply(404, { paths: CONTROL_PATHS });
    const body: unknown = request.body === "" ? null : JSON.parse(decodeUtf8(request.body));
    return reply(200, await action(simulator, body) ?? {});
  } catch (error) {
    const message = error instanceof z.ZodError
      ? z.prettifyError(error)
      : error instanceof Error
      ? error.message
      : String(error);
    return reply(400, { error: message });
  }
}

function reply(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: [["Content-Type", "application/json"]],
    body: toBinary(JSON.stringify(value)),
  };
}
