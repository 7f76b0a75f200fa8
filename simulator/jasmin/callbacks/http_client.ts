/**
 * The HTTP client of the gateway's callbacks: a new connection for each call, its headers in their
 * order. Calls to https go by the platform's client.
 */
import { connect } from "node:net";
import { toBytes } from "../python/text.ts";

export interface CallRequest {
  readonly method: string;
  readonly url: string;
  /** Form fields, encoded: the query of a GET, the body of others. */
  readonly form: string;
  readonly agent: string;
}

export interface CallResponse {
  readonly status: number;
  readonly text: string;
}

/** Makes a call. @throws {Error} when there is no answer, or none in time */
export function call(request: CallRequest, signal: AbortSignal): Promise<CallResponse> {
  const url = new URL(request.url);
  return url.protocol === "http:" ? callPlain(url, request, signal) : callTls(url, request, signal);
}

function pathOf(url: URL, { method, form }: CallRequest): string {
  const { pathname, search } = url;
  if (method !== "GET") return pathname + search;
  return `${pathname}${search === "" ? "?" : `${search}&`}${form}`;
}

function callPlain(url: URL, request: CallRequest, signal: AbortSignal): Promise<CallResponse> {
  const { method, form, agent } = request;
  const posts = method !== "GET";
  const head = [
    `${method} ${pathOf(url, request)} HTTP/1.1`,
    "Connection: close",
    ...(posts ? [`Content-Length: ${form.length}`] : []),
    "Content-Type: application/x-www-form-urlencoded",
    "Accept: text/plain",
    `User-Agent: ${agent}`,
    "Accept-Encoding: gzip",
    `Host: ${url.host}`,
    "",
    "",
  ].join("\r\n");
  return new Promise((resolve, reject) => {
    const port = url.port === "" ? 80 : Number(url.port);
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ""), port });
    let heard = "";
    const fail = (error: unknown): void => {
      socket.destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const abort = (): void => fail(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    const finish = (ended: boolean): void => {
      const response = readResponse(heard, ended);
      if (response === undefined) {
        if (ended) fail(new Error("The connection was closed without an answer"));
        return;
      }
      signal.removeEventListener("abort", abort);
      socket.destroy();
      decode(response).then(resolve, reject);
    };
    socket.setEncoding("latin1");
    socket.on("connect", () => socket.write(posts ? head + form : head, "latin1"));
    socket.on("data", (data) => {
      heard += String(data);
      finish(false);
    });
    socket.on("end", () => finish(true));
    socket.on("error", fail);
  });
}

interface RawResponse {
  readonly status: number;
  readonly gzip: boolean;
  readonly body: string;
}

/** Undefined while the answer is not complete. */
function readResponse(heard: string, ended: boolean): RawResponse | undefined {
  const end = heard.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = heard.slice(0, end);
  const rest = heard.slice(end + 4);
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1]);
  const gzip = /\r\ncontent-encoding: *gzip/i.test(head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    return rest.length < Number(length)
      ? undefined
      : { status, gzip, body: rest.slice(0, Number(length)) };
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    if (!/(?:^|\r\n)0\r\n(?:.*\r\n)*\r\n$/.test(rest)) return undefined;
    return { status, gzip, body: unchunk(rest) };
  }
  return ended || status === 204 ? { status, gzip, body: rest } : undefined;
}

function unchunk(text: string): string {
  let body = "";
  for (let at = 0;;) {
    const lineEnd = text.indexOf("\r\n", at);
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (lineEnd < 0 || !(size > 0)) return body;
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}

async function decode({ status, gzip, body }: RawResponse): Promise<CallResponse> {
  const bytes = toBytes(body);
  if (!gzip) return { status, text: new TextDecoder().decode(bytes) };
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return { status, text: await new Response(stream).text() };
}

async function callTls(
  url: URL,
  request: CallRequest,
  signal: AbortSignal,
): Promise<CallResponse> {
  const { method, form, agent } = request;
  const response = await fetch(new URL(pathOf(url, request), url), {
    method,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "text/plain",
      "user-agent": agent,
    },
    ...(method === "GET" ? {} : { body: form }),
    signal,
  });
  return { status: response.status, text: await response.text() };
}
