/**
 * The API as a program uses it: signs in, keeps its token fresh, repeats what may be repeated.
 * @module
 */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { Problem, problemOf } from "./problem.ts";

const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});
type Tokens = z.infer<typeof tokensSchema> & { readonly readAt: number };

/** A token is exchanged so long before its end, or at half its life when that is shorter. */
const EARLY_SECONDS = 60;

/** Answers after which the same request may be taken: the service or its database is away. */
const REPEATED = new Set([429, 502, 503, 504]);
const LONGEST_WAIT_MS = 5_000;

/** A request; only those that do nothing twice are given. */
export interface ApiRequest {
  readonly method?: "GET" | "POST";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Nothing answers at the service's address. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** One who is signed in. */
export class ApiClient {
  readonly #url: string;
  #tokens: Tokens;
  #refreshing: Promise<void> | undefined;

  private constructor(url: string, tokens: Tokens) {
    this.#url = url;
    this.#tokens = tokens;
  }

  /**
   * Signs in.
   * @throws {Problem} when the service refuses
   * @throws {UnreachableError} when nothing answers; this is not tried again
   */
  static async signIn(
    url: string,
    credentials: { readonly email: string; readonly password: string },
    signal: AbortSignal,
  ): Promise<ApiClient> {
    const { email, password } = credentials;
    let answer: Response;
    try {
      answer = await post(`${url}/api/v1/auth/login`, { email, password }, signal);
    } catch (cause) {
      signal.throwIfAborted();
      throw new UnreachableError(`Nothing answers at ${url}; start the service, or give --url`, {
        cause,
      });
    }
    return new ApiClient(url, await tokensOf(answer));
  }

  /**
   * Asks until there is an answer that is none of "come back later".
   * @throws {Problem} when it is an error
   */
  async json(path: string, request: ApiRequest): Promise<unknown> {
    const { signal } = request;
    for (let tries = 0;; tries++) {
      let wait = Math.min(LONGEST_WAIT_MS, 250 * 2 ** tries);
      try {
        const response = await this.open(path, request);
        if (response.ok) return await response.json();
        const problem = await problemOf(response);
        if (!REPEATED.has(response.status)) throw problem;
        const asked = Number(response.headers.get("retry-after") ?? Number.NaN);
        if (asked > 0) wait = asked * 1_000;
      } catch (error) {
        if (error instanceof Problem) throw error;
        signal.throwIfAborted();
      }
      await pause(wait, undefined, { signal });
    }
  }

  /** One try, with a valid token; an answer that the token has ended gets one more with a new one. */
  async open(
    path: string,
    { method = "GET", body, headers, signal }: ApiRequest,
  ): Promise<Response> {
    if (performance.now() >= freshUntil(this.#tokens)) await this.#refresh(signal);
    const once = () =>
      fetch(`${this.#url}${path}`, {
        method,
        signal,
        headers: {
          ...headers,
          authorization: `Bearer ${this.#tokens.access_token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const response = await once();
    if (response.status !== 401) return response;
    await response.body?.cancel();
    await this.#refresh(signal);
    return await once();
  }

  /** Exchanges the token once, however many need it: a refresh token used twice ends the session. */
  #refresh(signal: AbortSignal): Promise<void> {
    return this.#refreshing ??= (async () => {
      try {
        const body = { refresh_token: this.#tokens.refresh_token };
        const answer = await post(`${this.#url}/api/v1/auth/refresh`, body, signal);
        this.#tokens = await tokensOf(answer);
      } finally {
        this.#refreshing = undefined;
      }
    })();
  }
}

function freshUntil({ expires_in, readAt }: Tokens): number {
  return readAt + Math.max(expires_in / 2, expires_in - EARLY_SECONDS) * 1_000;
}

function post(url: string, body: unknown, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
}

async function tokensOf(response: Response): Promise<Tokens> {
  const readAt = performance.now();
  if (!response.ok) throw await problemOf(response);
  return { ...tokensSchema.parse(await response.json()), readAt };
}
