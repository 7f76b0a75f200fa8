/**
 * Messages as the API gives them (`routes/api/v1/messages/schemas.ts`), and the way to ask for them.
 * @module
 */
import type { MtState } from "../services/messages/mod.ts";

/** An MT message. */
export interface ApiMessage {
  readonly id: string;
  readonly account_id: string;
  /** E.164. */
  readonly to: string;
  readonly from: string | null;
  readonly text: string;
  readonly charset: "gsm7" | "ucs2";
  readonly parts: number;
  readonly country: string | null;
  readonly state: MtState;
  readonly state_since: string;
  readonly reason: string | null;
  readonly connector: string | null;
  readonly gateway_message_id: string | null;
  readonly attempts: number;
  readonly created_at: string;
  readonly accepted_at: string | null;
  readonly sent_at: string | null;
  readonly final_at: string | null;
}

/** A step of a message's life. */
export interface ApiStep {
  readonly state: MtState;
  readonly at: string;
  readonly signal: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A message with its life. */
export interface ApiMessageLife extends ApiMessage {
  readonly transitions: readonly ApiStep[];
}

/** An MO message. */
export interface ApiMo {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly connector: string | null;
  readonly received_at: string;
}

/** A page of a list. */
export interface ApiPage<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** What the API refused, in its words (RFC 9457). */
export class ApiError extends Error {
  readonly status: number;
  /** The fields that it found fault with. */
  readonly fields: readonly string[];

  constructor(status: number, detail: string, fields: readonly string[] = []) {
    super(detail);
    this.status = status;
    this.fields = fields;
  }
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

async function problemOf(response: Response): Promise<ApiError> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  // The API's own words; what stands before it, such as a proxy, answers in its own form.
  const problem: Problem = isProblem === true ? await response.json() as Problem : {};
  const errors = problem.errors ?? [];
  return new ApiError(
    response.status,
    problem.detail ?? errors[0]?.message ?? problem.title ?? response.statusText,
    errors.map(({ field }) => field.replace(/^body\./, "")),
  );
}

/**
 * Asks the API with the page's session.
 * @throws {ApiError} when it refuses; status 0 when nothing answered
 */
export async function api<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      ...init,
      headers: { accept: "application/json", ...init.headers },
    });
  } catch (error) {
    throw new ApiError(0, error instanceof Error ? error.message : String(error));
  }
  if (!response.ok) throw await problemOf(response);
  return await response.json() as Answer; // what the endpoint declares, by the caller's type
}

/** Posts JSON. @throws {ApiError} as `api` */
export async function post<Answer>(
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return await api<Answer>(path, {
    method: "POST",
    headers: { ...body === undefined ? {} : { "content-type": "application/json" }, ...headers },
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  });
}
