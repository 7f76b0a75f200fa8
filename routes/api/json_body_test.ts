import assert from "node:assert/strict";
import fc from "fast-check";
import { HttpError } from "fresh";
import { brokenAt, readJson } from "./json_body.ts";

function request(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

function refused(status: number, words?: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof HttpError);
    assert.equal(error.status, status);
    if (words !== undefined) assert.match(error.message, words);
    return true;
  };
}

Deno.test("any JSON comes back as it was sent, in any cutting", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.integer({ min: 1, max: 7 }), async (json, cut) => {
      const bytes = new TextEncoder().encode(json);
      const chunks = Array.from(
        { length: Math.ceil(bytes.length / cut) },
        (_, at) => bytes.slice(at * cut, (at + 1) * cut),
      );
      const value = await readJson(request(ReadableStream.from(chunks)));
      assert.deepEqual(value, JSON.parse(json));
    }),
    { numRuns: 50 },
  );
});

Deno.test("no body is undefined, whatever its type", async () => {
  assert.equal(await readJson(new Request("http://localhost/", { method: "POST" })), undefined);
  assert.equal(await readJson(request("", { "content-type": "text/plain" })), undefined);
});

Deno.test("only JSON in UTF-8 is taken", async () => {
  for (const type of ["text/plain", "application/json; charset=latin1", "application/jsonp", ""]) {
    await assert.rejects(readJson(request("{}", { "content-type": type })), refused(415), type);
  }
  assert.deepEqual(
    await readJson(request("{}", { "content-type": 'Application/JSON; charset="UTF-8"' })),
    {},
  );
  await assert.rejects(readJson(request("{}", { "content-encoding": "gzip" })), refused(415));
  const latin1 = new Uint8Array([0x22, 0xe9, 0x22]);
  await assert.rejects(readJson(request(latin1)), refused(400, /UTF-8/));
});

Deno.test("a body that is too large is not read to its end", async () => {
  let pulled = 0;
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(1024));
    },
    cancel() {
      cancelled = true;
    },
  });
  const limits = { maxBytes: 4096, maxDepth: 8 };
  await assert.rejects(readJson(request(endless), limits), refused(413, /4096 bytes/));
  assert.ok(pulled < 10 && cancelled, `${pulled} chunks, cancelled: ${cancelled}`);
  const told = request("{}", { "content-length": "5000" });
  await assert.rejects(readJson(told, limits), refused(413));
  assert.equal(told.bodyUsed, false);
});

Deno.test("depth is bounded, and brackets in texts are no depth", async () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  assert.ok(await readJson(request(nested(32))));
  await assert.rejects(readJson(request(nested(33))), refused(400, /32 levels/));
  await assert.rejects(readJson(request("[".repeat(200_000))), refused(400));
  assert.equal(
    await readJson(request('"[[[[\\"[[[["'), { maxBytes: 99, maxDepth: 1 }),
    '[[[["[[[[',
  );
});

Deno.test("broken JSON is answered with the place where it breaks", async () => {
  const cases: [string, RegExp][] = [
    ['{"to": "+34"', /ends too early at line 1, column 13/],
    ['{"to": +34}', /line 1, column 8/],
    ['{\n  "to": "a",\n}', /line 3, column 1/],
    ["[1 2]", /line 1, column 4/],
    ["{'a': 1}", /line 1, column 2/],
    ['{"a" 1}', /line 1, column 6/],
    ["[1,]", /line 1, column 4/],
    ["01", /line 1, column 2/],
    ["{}{}", /line 1, column 3/],
    ['"a\tb"', /line 1, column 1/],
    ["nul", /line 1, column 1/],
  ];
  for (const [text, words] of cases) {
    await assert.rejects(readJson(request(text)), refused(400, words), text);
  }
  const long = `{"text": "${"a".repeat(250_000)}", }`;
  await assert.rejects(readJson(request(long)), refused(400, /column 250014/));
});

Deno.test("the place found is the end for every beginning of JSON, and inside for broken ones", () => {
  fc.assert(fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 3 }), (json, at, noise) => {
    assert.equal(brokenAt(json), json.length);
    const cut = at % (json.length + 1);
    const broken = json.slice(0, cut) + noise + json.slice(cut);
    try {
      JSON.parse(broken);
    } catch {
      const place = brokenAt(broken);
      assert.ok(place >= 0 && place <= broken.length);
      // What stands before the place can still become JSON, so it breaks nowhere earlier.
      assert.equal(brokenAt(broken.slice(0, place)), place);
    }
  }));
});
