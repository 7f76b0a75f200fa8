import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesOf, recordedRequests } from "../../../../tests/jasmin/recorded.ts";
import { encodeRequest, type HttpResponse, HttpSyntaxError, ResponseReader } from "./message.ts";

function readWhole(text: string): HttpResponse | null {
  return new ResponseReader().push(bytesOf(text));
}

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
  '5\r\nSucce\r\nA;x=1\r\nss "0703"\n\r\n0\r\n\r\n';

Deno.test("every recorded answer is read, at its last byte and not before", () => {
  const recorded = recordedRequests();
  assert.ok(recorded.length > 100, `only ${recorded.length} were recorded`);
  for (const { where, request, answer } of recorded) {
    const reader = new ResponseReader();
    let response: HttpResponse | null = null;
    for (let at = 0; at < answer.length; at++) {
      assert.equal(response, null, `${where}: an answer before its end`);
      response = reader.push(bytesOf(answer.charAt(at)));
    }
    // A HEAD has no body whatever its head says; this client sends none.
    if (request.startsWith("HEAD ")) continue;
    response ??= reader.end();
    assert.ok(response !== null, `${where}: ${request.slice(0, 60)} ${answer}`);
    assert.equal(response.status, Number(answer.slice(9, 12)));
  }
});

Deno.test("lengths and chunks end an answer in any chunking", () => {
  const withLength = "HTTP/1.1 403 Forbidden\r\ncontent-LENGTH: 3\r\n\r\na\xc3\xa9";
  for (const [text, body] of [[withLength, "aé"], [CHUNKED, 'Success "0703"\n']] as const) {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: text.length - 1 })), (cuts) => {
      const reader = new ResponseReader();
      const marks = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const answers = marks.slice(1).map((end, index) =>
        reader.push(bytesOf(text.slice(marks[index], end)))
      );
      assert.ok(answers.slice(0, -1).every((each) => each === null));
      assert.equal(answers.at(-1)?.body, body);
      assert.equal(answers.at(-1)?.reusable, true);
    }));
  }
});

Deno.test("an answer without a length ends with the connection", () => {
  const reader = new ResponseReader();
  assert.equal(reader.push(bytesOf("HTTP/1.1 200 OK\r\n\r\nabc")), null);
  assert.deepEqual(reader.end(), { status: 200, body: "abc", reusable: false });
});

Deno.test("a connection that ends early gives no answer", () => {
  for (const cut of [0, 5, 30, CHUNKED.length - 1]) {
    const reader = new ResponseReader();
    reader.push(bytesOf(CHUNKED.slice(0, cut)));
    assert.equal(reader.end(), null);
  }
});

Deno.test("a connection is kept only when both sides may use it again", () => {
  const head = (lines: string) => readWhole(`${lines}\r\nContent-Length: 0\r\n\r\n`)?.reusable;
  assert.equal(head("HTTP/1.1 200 OK"), true);
  assert.equal(head("HTTP/1.0 200 OK"), false);
  assert.equal(head("HTTP/1.1 200 OK\r\nConnection: close"), false);
  assert.equal(readWhole("HTTP/1.1 204 No Content\r\n\r\nmore")?.reusable, false);
});

Deno.test("an interim answer is passed over", () => {
  assert.equal(readWhole(`HTTP/1.1 100 Continue\r\n\r\n${CHUNKED}`)?.status, 200);
});

Deno.test("what is not HTTP/1 is told at once", () => {
  assert.throws(() => readWhole("SSH-2.0-OpenSSH_9.2\r\n"), HttpSyntaxError);
  assert.throws(() => readWhole("HTTP/1.1 2000 OK\r\n\r\n"), HttpSyntaxError);
  assert.throws(
    () => readWhole("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
    HttpSyntaxError,
  );
  assert.throws(
    () => readWhole("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    HttpSyntaxError,
  );
});

Deno.test("a request states the bytes of its body", () => {
  const bytes = encodeRequest("gateway:1401", {
    method: "POST",
    target: "/send",
    contentType: "application/json",
    body: '"é"',
  });
  assert.equal(
    new TextDecoder().decode(bytes),
    "POST /send HTTP/1.1\r\nHost: gateway:1401\r\nContent-Type: application/json\r\n" +
      'Content-Length: 4\r\n\r\n"é"',
  );
});
