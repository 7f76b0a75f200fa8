/**
 * Jasmin's HTTP API as the message-taking side of a gateway.
 * @module
 */
import { z } from "zod";
import { UnauthenticatedError, UnavailableError, ValidationError } from "../../../errors/mod.ts";
import type {
  Balance,
  CallOptions,
  GatewayLogin,
  GatewayTraffic,
  MessageRate,
  MtMessage,
  SendOutcome,
} from "../../model.ts";
import { classifyAnswer, classifyFailure } from "./answers.ts";
import { HttpFailure } from "./connection.ts";
import { type Fields, messageFields, receiptFields } from "./fields.ts";
import type { HttpResponse } from "./message.ts";
import { parseMetrics } from "./metrics.ts";
import { HttpPool } from "./pool.ts";

export interface JasminTrafficOptions {
  readonly host: string;
  /** @default 1401 */
  readonly httpPort: number;
  /** Connections at once, 1 or more; further calls wait for one. @default 16 */
  readonly concurrency?: number;
  /** Milliseconds for one call, the wait for a connection included. @default 15_000 */
  readonly deadlineMs?: number;
  /** Milliseconds to connect. @default 3_000 */
  readonly connectDeadlineMs?: number;
}

/** The traffic side, with connections that must be closed at the end. */
export interface JasminTraffic extends GatewayTraffic {
  /** Calls under way, and calls that wait for a connection. */
  readonly load: { readonly active: number; readonly waiting: number };
  /** Closes all connections; calls under way fail. */
  close(): void;
}

/** Jasmin has no other answer than `"ND"` (not defined) for unlimited. */
const Limit = z.union([z.number(), z.literal("ND").transform(() => null)]);
const BalanceAnswer = z.object({ balance: Limit, sms_count: Limit });
const RateAnswer = z.object({ unit_rate: z.number(), submit_sm_count: z.int() });

export function createJasminTraffic(options: JasminTrafficOptions): JasminTraffic {
  const pool = new HttpPool({
    hostname: options.host,
    port: options.httpPort,
    ...(options.concurrency !== undefined && { maxConnections: options.concurrency }),
    ...(options.connectDeadlineMs !== undefined && {
      connectDeadlineMs: options.connectDeadlineMs,
    }),
  });
  const call = (signal?: AbortSignal) => ({
    ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
    ...(signal && { signal }),
  });

  const get = async (path: string, fields: Fields, { signal }: CallOptions) => {
    const query = new URLSearchParams(fields).toString();
    const target = query === "" ? path : `${path}?${query}`;
    try {
      return await pool.request({ method: "GET", target }, call(signal));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof HttpFailure)) throw error;
      throw new UnavailableError(`The gateway's HTTP API gives no answer: ${error.message}`, {
        cause: error,
      });
    }
  };

  return {
    get load() {
      return pool.load;
    },
    close: () => pool.close(),

    async send(login, message, { signal } = {}): Promise<SendOutcome> {
      try {
        const body = JSON.stringify({
          ...messageFields(login, message),
          ...receiptFields(message),
        });
        const answer = await pool.request(
          // Exactly this type: with a charset behind it Jasmin doesn't read the body.
          { method: "POST", target: "/send", contentType: "application/json", body },
          call(signal),
        );
        return classifyAnswer(answer.status, answer.body);
      } catch (error) {
        if (error instanceof HttpFailure) return classifyFailure(error);
        if (error instanceof ValidationError) return { kind: "rejected", text: error.message };
        throw error;
      }
    },

    async balance(login: GatewayLogin, options = {}): Promise<Balance> {
      const { username, password } = login;
      const answer = await get("/balance", { username, password }, options);
      const { balance, sms_count } = readJson(answer, BalanceAnswer);
      return { balance, smsCount: sms_count };
    },

    async rate(login: GatewayLogin, message: MtMessage, options = {}): Promise<MessageRate> {
      const answer = await get("/rate", messageFields(login, message), options);
      const { unit_rate, submit_sm_count } = readJson(answer, RateAnswer);
      return { unitRate: unit_rate, parts: submit_sm_count };
    },

    async metrics(options = {}) {
      const answer = await get("/metrics", {}, options);
      if (answer.status !== 200) {
        throw new UnavailableError(`The gateway's metrics answer HTTP ${answer.status}`);
      }
      return parseMetrics(answer.body);
    },

    async ping(options = {}) {
      const start = performance.now();
      const answer = await get("/ping", {}, options);
      if (answer.status !== 200 || answer.body !== "Jasmin/PONG") {
        throw new UnavailableError("What answers on the gateway's HTTP port is not Jasmin");
      }
      return performance.now() - start;
    },
  };
}

/** Errors come as a JSON string with the status. */
function readJson<Schema extends z.ZodType>(
  { status, body }: HttpResponse,
  schema: Schema,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw new UnavailableError(`The gateway answered HTTP ${status} without JSON`, { cause });
  }
  if (status === 403 && typeof value === "string") throw new UnauthenticatedError(value);
  const result = schema.safeParse(value);
  if (status === 200 && result.success) return result.data;
  const words = typeof value === "string" ? value : "unknown content";
  throw new UnavailableError(`The gateway answered HTTP ${status}: ${words}`);
}
