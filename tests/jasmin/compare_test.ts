import assert from "node:assert/strict";
import fc from "fast-check";
import { firstDifference, normalise } from "./compare.ts";
import { type Entry, formatTranscript, parseTranscript } from "./transcript.ts";

const http = (text: string): Entry => ({ session: "http", direction: "<", text });

Deno.test("normalise ignores a server's name, its dates, the case of names and how a body is cut", () => {
  const twisted = http(
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nServer: TwistedWeb/23.10.0\r\n" +
      'Date: {{date}}\r\nContent-Type: text/plain\r\n\r\n2e\r\nSuccess "{{id1}}"\r\n0\r\n\r\n',
  );
  const other = http(
    'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 46\r\n\r\nSuccess "{{id1}}"',
  );
  assert.deepEqual(normalise(twisted), normalise(other));
});

Deno.test("normalise keeps status, content type and body", () => {
  const base = http('HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\n\r\nError "x"');
  for (
    const other of [
      base.text.replace("403 Forbidden", "400 Bad Request"),
      base.text.replace("text/plain", "text/html"),
      base.text.replace('"x"', '"y"'),
    ]
  ) assert.notDeepEqual(normalise(base), normalise(http(other)));
});

Deno.test("firstDifference names the entry, what came before and both sides", () => {
  const said: Entry = { session: "a", direction: ">", text: "group -l\r\n" };
  const heard: Entry = { session: "a", direction: "<", text: "Total Groups: 0\r\r\r\njcli : " };
  assert.equal(firstDifference([said, heard], [said, heard]), undefined);
  const difference = firstDifference([said, heard], [said, { ...heard, text: "jcli : " }]);
  assert.match(difference ?? "", /^entry 2 of 2\nafter\n {2}a > "group -l/);
  assert.match(firstDifference([said, heard], [said]) ?? "", /\(nothing\)$/);
  assert.match(firstDifference([said], [said, heard]) ?? "", /recording has\n {2}\(nothing\)/);
});

const bytes = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  minLength: 1,
});

Deno.test("a transcript is written and read without the loss of a byte", () => {
  const entry = fc.record({
    session: fc.constantFrom("a", "b", "http"),
    direction: fc.constantFrom("<" as const, ">" as const),
    text: bytes,
  });
  fc.assert(fc.property(fc.array(entry), (entries) => {
    const text = formatTranscript(["a remark"], entries);
    assert.deepEqual(parseTranscript(text), entries.map((entry) => ({ ...entry })));
    assert.doesNotMatch(text, /[^\n\x20-\x7e]/);
  }));
});
