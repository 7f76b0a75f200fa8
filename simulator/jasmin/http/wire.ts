/**
 * HTTP/1.1 on sockets, as the gateway's own web server speaks it: its headers, their order, and
 * faults that a library would hide.
 */
import { createServer, type Server, type Socket } from "node:net";

/** A request. Strings are bytes; header names are in lower case. */
export interface HttpRequest {
  readonly method: string;
  /** As it came, query included. */
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  /** As bytes. */
  readonly body: string;
  /** Sent in one chunk: what the gateway does when it answers later than in its first step. */
  readonly chunked?: boolean;
}

/** `cut` closes the connection without an answer. */
export type Answer = HttpResponse | "cut";

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  408: "Request Time-out",
  409: "Conflict",
  410: "Gone",
  412: "Precondition Failed",
  417: "Expectation Failed",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Time-out",
};

export class HttpListener {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  port = 0;

  constructor(
    private readonly host: string,
    private readonly handle: (request: HttpRequest) => Answer | Promise<Answer>,
  ) {}

  /** Listens; 0 is a free port. @throws {Error} when the port is taken */
  listen(port: number): Promise<void> {
    const server = createServer((socket) => this.#serve(socket));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, this.host, () => {
        const address = server.address();
        if (typeof address === "object" && address !== null) this.port = address.port;
        resolve();
      });
    });
  }

  get listening(): boolean {
    return this.#server !== undefined;
  }

  /** Refuses connections and ends those there are. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    let buffer = "";
    let busy = false;
    const next = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      while (!socket.destroyed) {
        const parsed = parseRequest(buffer);
        if (parsed === undefined) break;
        if (parsed === "bad") {
          socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
          break;
        }
        buffer = buffer.slice(parsed.length);
        const answer = await this.handle(parsed.request);
        if (socket.destroyed) break;
        if (answer === "cut") {
          socket.destroy();
          break;
        }
        const closes = parsed.version === "HTTP/1.0" ||
          parsed.request.headers.get("connection")?.toLowerCase() === "close";
        socket.write(responseText(answer, parsed, closes), "latin1");
        if (closes) socket.end();
      }
      busy = false;
    };
    socket.on("data", (data) => {
      buffer += String(data);
      void next();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }
}

interface Parsed {
  readonly request: HttpRequest;
  readonly version: string;
  /** Bytes that the request took. */
  readonly length: number;
}

function parseRequest(buffer: string): Parsed | "bad" | undefined {
  const end = buffer.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = buffer.slice(0, end).split("\r\n");
  const [method, target, version] = first.split(" ");
  if (method === undefined || target === undefined || !version?.startsWith("HTTP/1.")) return "bad";
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const start = end + 4;
  const body = headers.get("transfer-encoding")?.toLowerCase() === "chunked"
    ? readChunks(buffer, start)
    : readSized(buffer, start, Number(headers.get("content-length") ?? 0));
  if (body === undefined) return undefined;
  return { request: { method, target, headers, body: body.text }, version, length: body.end };
}

function readSized(
  buffer: string,
  start: number,
  size: number,
): { text: string; end: number } | undefined {
  const end = start + size;
  return buffer.length < end ? undefined : { text: buffer.slice(start, end), end };
}

function readChunks(buffer: string, start: number): { text: string; end: number } | undefined {
  let text = "";
  for (let at = start;;) {
    const lineEnd = buffer.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(buffer.slice(at, lineEnd), 16);
    const from = lineEnd + 2;
    if (buffer.length < from + size + 2) return undefined;
    if (size === 0) return { text, end: from + 2 };
    text += buffer.slice(from, from + size);
    at = from + size + 2;
  }
}

function responseText(response: HttpResponse, { request, version }: Parsed, closes: boolean) {
  const { status, body, headers = [] } = response;
  const chunked = response.chunked === true && version !== "HTTP/1.0";
  const typed = headers.some(([name]) => name === "Content-Type");
  const lines = [
    `${version} ${status} ${REASONS[status] ?? "Unknown Status"}`,
    ...(chunked ? ["Transfer-Encoding: chunked"] : []),
    ...(closes && version !== "HTTP/1.0" ? ["Connection: close"] : []),
    "Server: TwistedWeb/23.10.0",
    `Date: ${new Date().toUTCString()}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(response.chunked === true ? [] : [`Content-Length: ${body.length}`]),
    ...(typed ? [] : ["Content-Type: text/html"]),
  ];
  const payload = request.method === "HEAD"
    ? ""
    : chunked
    ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    : body;
  return `${lines.join("\r\n")}\r\n\r\n${payload}`;
}
