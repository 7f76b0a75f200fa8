/**
 * HTTP/1.1 as far as Jasmin's API speaks it (RFC 9112): requests with a length, answers with a
 * length, in chunks, or ended by the close. No I/O.
 * @module
 */

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
const MAX_HEAD = 32 * 1024;
const MAX_BODY = 16 * 1024 * 1024;

/** A request. Header values are ours, never a user's: they are not checked. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** Path and query, already percent-encoded. */
  readonly target: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** A whole answer. */
export interface HttpResponse {
  readonly status: number;
  readonly body: string;
  /** Whether the connection may carry another request. */
  readonly reusable: boolean;
}

/** The answer is not HTTP/1.x, or larger than any that the API gives. */
export class HttpSyntaxError extends Error {}

export function encodeRequest(host: string, request: HttpRequest): Uint8Array<ArrayBuffer> {
  const body = ENCODER.encode(request.body ?? "");
  const head = [
    `${request.method} ${request.target} HTTP/1.1`,
    `Host: ${host}`,
    ...(request.contentType === undefined ? [] : [`Content-Type: ${request.contentType}`]),
    ...(request.method === "POST" ? [`Content-Length: ${body.length}`] : []),
    "",
    "",
  ].join("\r\n");
  const headBytes = ENCODER.encode(head);
  const bytes = new Uint8Array(headBytes.length + body.length);
  bytes.set(headBytes);
  bytes.set(body, headBytes.length);
  return bytes;
}

type BodyEnd =
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunks" }
  | { readonly kind: "close" };

interface Head {
  readonly status: number;
  readonly end: BodyEnd;
  readonly reusable: boolean;
  readonly length: number;
}

/** Reads one answer from bytes in any chunking. */
export class ResponseReader {
  // One character a byte: positions in it are positions in the bytes.
  #received = "";
  #head: Head | null = null;

  /** True before the first byte of the answer. */
  get isEmpty(): boolean {
    return this.#received === "";
  }

  /**
   * @returns the answer when it is whole, else null
   * @throws {HttpSyntaxError}
   */
  push(chunk: Uint8Array): HttpResponse | null {
    this.#received += latin1(chunk);
    if (this.#received.length > MAX_HEAD + MAX_BODY) {
      throw new HttpSyntaxError("Too long an answer");
    }
    return this.#read(false);
  }

  /** The other side closed: the answer, if that ends it, else null. */
  end(): HttpResponse | null {
    return this.isEmpty ? null : this.#read(true);
  }

  #read(closed: boolean): HttpResponse | null {
    for (;;) {
      this.#head ??= readHead(this.#received);
      if (this.#head === null || this.#head.status >= 200) break;
      // An interim answer (100 Continue) precedes the real one.
      this.#received = this.#received.slice(this.#head.length);
      this.#head = null;
    }
    const head = this.#head;
    if (head === null) return null;
    const rest = this.#received.slice(head.length);
    const answer = (bytes: string, extra: boolean): HttpResponse => ({
      status: head.status,
      body: DECODER.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0))),
      // Bytes beyond the answer belong to no request: the connection is out of step.
      reusable: head.reusable && !extra && !closed,
    });
    switch (head.end.kind) {
      case "length": {
        const { length } = head.end;
        return rest.length < length ? null : answer(rest.slice(0, length), rest.length > length);
      }
      case "chunks": {
        const joined = readChunks(rest);
        return joined === null ? null : answer(joined.body, joined.length < rest.length);
      }
      case "close":
        return closed ? answer(rest, false) : null;
    }
  }
}

function readHead(received: string): Head | null {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) {
    if (received.length > MAX_HEAD) throw new HttpSyntaxError("Too long a head");
    if (!"HTTP/1.".startsWith(received.slice(0, 7))) throw new HttpSyntaxError("Not HTTP/1");
    return null;
  }
  const [first = "", ...lines] = received.slice(0, end).split("\r\n");
  const [, minor, status] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: .*)?$/.exec(first) ?? [];
  if (status === undefined) throw new HttpSyntaxError("Not HTTP/1");
  const headers = new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim().toLowerCase()];
  }));
  const code = Number(status);
  const bodyEnd = endOfBody(code, headers);
  return {
    status: code,
    end: bodyEnd,
    length: end + 4,
    reusable: minor === "1" && bodyEnd.kind !== "close" && headers.get("connection") !== "close",
  };
}

function endOfBody(status: number, headers: ReadonlyMap<string, string>): BodyEnd {
  if (status < 200 || status === 204 || status === 304) return { kind: "length", length: 0 };
  const encoding = headers.get("transfer-encoding");
  if (encoding === "chunked") return { kind: "chunks" };
  if (encoding !== undefined) throw new HttpSyntaxError(`Unknown transfer encoding: ${encoding}`);
  const length = headers.get("content-length");
  if (length === undefined) return { kind: "close" };
  if (!/^\d{1,9}$/.test(length)) throw new HttpSyntaxError("Not a length");
  return { kind: "length", length: Number(length) };
}

function readChunks(rest: string): { body: string; length: number } | null {
  let body = "";
  let at = 0;
  for (;;) {
    const lineEnd = rest.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = /^([0-9a-f]{1,8})(?:[ \t]*;.*)?$/i.exec(rest.slice(at, lineEnd))?.[1];
    if (size === undefined) throw new HttpSyntaxError("Not a chunk");
    at = lineEnd + 2;
    const length = parseInt(size, 16);
    if (length === 0) {
      // Trailers, if any, end with an empty line.
      const trailerEnd = rest.startsWith("\r\n", at) ? at : rest.indexOf("\r\n\r\n", at) + 2;
      return trailerEnd < 2 || rest.length < trailerEnd + 2
        ? null
        : { body, length: trailerEnd + 2 };
    }
    if (rest.length < at + length + 2) return null;
    if (!rest.startsWith("\r\n", at + length)) throw new HttpSyntaxError("A chunk without its end");
    body += rest.slice(at, at + length);
    at += length + 2;
  }
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
