import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesOf } from "../../../../tests/jasmin/recorded.ts";
import { TelnetDecoder } from "./telnet.ts";

const OPENING =
  '\xff\xfd"\xff\xfd\x1f\xff\xfd\x03\xff\xfb\x01\x1bc\x1b[4hAuthentication required.\r\r\r\n';
const AGREED = '\xff\xfb"\xff\xfb\x1f\xff\xfa\x1f\x00P\x00\x18\xff\xf0\xff\xfb\x03\xff\xfd\x01';

function decode(decoder: TelnetDecoder, text: string): { text: string; reply: string } {
  const event = decoder.push(bytesOf(text));
  return { text: event.text, reply: String.fromCharCode(...event.reply) };
}

Deno.test("Jasmin's opening is agreed to, with one window size, and leaves the text", () => {
  assert.deepEqual(decode(new TelnetDecoder(), OPENING), {
    text: "Authentication required.\r\r\r\n",
    reply: AGREED,
  });
});

Deno.test("any chunking gives the same text and the same replies", () => {
  const stream =
    `${OPENING}\xff\xfa"\x01\x02\xff\xf0Username: \xff\xff\xc3\xa9\x1b[12;3Hx\xff\xf1y`;
  const whole = decode(new TelnetDecoder(), stream);
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
    const decoder = new TelnetDecoder();
    const marks = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
    let text = "";
    let reply = "";
    marks.slice(1).forEach((end, index) => {
      const part = decode(decoder, stream.slice(marks[index], end));
      text += part.text;
      reply += part.reply;
    });
    assert.deepEqual({ text, reply }, whole);
  }));
});

Deno.test("after the login the window size is agreed to but not sent", () => {
  const decoder = new TelnetDecoder();
  decoder.settle();
  assert.equal(decode(decoder, "\xff\xfd\x1f").reply, "\xff\xfb\x1f");
});

Deno.test("other options are declined, and nothing is answered twice", () => {
  const decoder = new TelnetDecoder();
  assert.equal(decode(decoder, "\xff\xfd\x05\xff\xfb\x18").reply, "\xff\xfc\x05\xff\xfe\x18");
  assert.equal(decode(decoder, "\xff\xfd\x05\xff\xfb\x18\xff\xfe\x05\xff\xfc\x18").reply, "");
});

Deno.test("a doubled 0xFF is a byte, terminal sequences are nothing", () => {
  const decoder = new TelnetDecoder();
  // 0xFF is not UTF-8: the replacement character shows that the byte came through.
  assert.equal(decode(decoder, "a\xff\xffb\x1bcd\x1b[4h\x1b[1;2He").text, "a\ufffdbde");
});

Deno.test("UTF-8 that is cut between chunks is one character", () => {
  const decoder = new TelnetDecoder();
  assert.equal(decode(decoder, "\xc3").text + decode(decoder, "\xa9").text, "é");
});

Deno.test("no bytes make it throw", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    new TelnetDecoder().push(bytes);
  }));
});
