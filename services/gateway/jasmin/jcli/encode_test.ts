import assert from "node:assert/strict";
import fc from "fast-check";
import { ValidationError } from "../../../errors/mod.ts";
import { credential, line, MAX_LINE, type Option, setting, valueOf } from "./encode.ts";

/** Everything that a user could type or a program could send, breaks and controls included. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
  fc.stringMatching(/^[ -~]{0,40}$/),
  fc.constantFrom(
    "ok",
    "ko",
    "quit",
    "",
    " ",
    "a b",
    "x\r\nquit",
    "x\nok",
    "x\u2028ok",
    "\x1b[A",
    "\t",
  ),
  fc.tuple(
    fc.stringMatching(/^[ -~]{0,9}$/),
    fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
  )
    .map((parts) => parts.join("")),
);

/** What jcli reads from the bytes: whole lines, stripped, split into keyword and rest. */
function asJcliReads(sent: string): readonly (readonly [string, string])[] {
  return `${sent}\r\n`.split(/\r\n|\r|\n|\0/).slice(0, -1).map((each): [string, string] => {
    const stripped = each.trim();
    const word = /^\w*/.exec(stripped)?.[0] ?? "";
    return [word, stripped.slice(word.length).trim()];
  });
}

/** The encoded line, or null when the value was refused, by a ValidationError that names the field. */
function encoded(field: string, encode: () => string): string | null {
  try {
    return encode();
  } catch (error) {
    assert.ok(error instanceof ValidationError, String(error));
    assert.deepEqual(error.faults.map((fault) => fault.field), [field]);
    return null;
  }
}

const KEYS = ["gid", "password", "url", "mt_messaging_cred valuefilter content"] as const;

Deno.test("no value of any setting is a second line, a command, or another value", () => {
  fc.assert(
    fc.property(fc.constantFrom(...KEYS), anyText, fc.boolean(), (key, value, secret) => {
      const sent = encoded(
        "some.field",
        () => setting({ key, value, secret, field: "some.field" }),
      );
      if (sent === null) return;
      assert.match(sent, /^[ -~]+$/);
      assert.ok(sent.length <= MAX_LINE);
      const [word = "", ...others] = key.split(" ");
      assert.deepEqual(asJcliReads(sent), [[word, [...others, value].join(" ")]]);
      assert.equal(valueOf(setting({ key, value }), key), value);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("no value of any command is a second line or a second word", () => {
  const options: readonly Option<"user">[] = ["-e", "-d", "-u", "-r", "-s", "--smpp-unbind"];
  fc.assert(
    fc.property(fc.constantFrom(...options), anyText, (option, text) => {
      const sent = encoded("uid", () => line("user", option, { field: "uid", text }));
      if (sent === null) return;
      assert.deepEqual(asJcliReads(sent), [["user", `${option} ${text}`]]);
      // optparse splits at spaces: the value is the one word after the option.
      assert.deepEqual(sent.split(/\s+/), ["user", option, text]);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("what jcli would change or misread is refused, with the field and the reason", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["a\r\nquit", /U\+000D/],
    ["a\nok", /U\+000A/],
    ["a\tb", /U\+0009/],
    ["\x1b[A", /U\+001B/],
    ["a\x7f", /U\+007F/],
    ["a\0b", /U\+0000/],
    ["señal", /U\+00F1/],
    ["a\u2028b", /U\+2028/],
    ["\u{1F600}", /U\+1F600/],
    [" a", /space/],
    ["a ", /space/],
    ["", /empty/i],
    ["x".repeat(MAX_LINE), /too long/],
  ];
  for (const [value, reason] of cases) {
    assert.throws(() => setting({ key: "host", value }), (error) => {
      assert.ok(error instanceof ValidationError);
      assert.equal(error.faults[0]?.field, "host");
      assert.match(error.message, reason, JSON.stringify(value));
      return true;
    });
  }
  assert.throws(() => line("group", "-e", { field: "gid", text: "a b" }), /space/);
  assert.throws(() => line("group", "-e", { field: "gid", text: "" }), /empty/i);
});

Deno.test("values that are commands elsewhere are only values", () => {
  for (const value of ["ok", "ko", "quit", "help", "?"]) {
    assert.equal(setting({ key: "gid", value }), `gid ${value}`);
  }
});

Deno.test("a keyword can't be made of what acts by itself", () => {
  for (const key of ["ok", "ko", "quit", "", "a b\n", "gid g1\nok", "?"]) {
    assert.throws(() => setting({ key, value: "x" }), TypeError);
  }
});

Deno.test("an empty value passes only where jcli takes one", () => {
  assert.equal(setting({ key: "systype", value: "", mayBeEmpty: true }), "systype");
  assert.throws(() => setting({ key: "host", value: "" }), ValidationError);
});

Deno.test("a refused secret is in no error", () => {
  for (
    const refuse of [
      () => setting({ key: "password", value: "hunter\u00e9", secret: true }),
      () => credential("password", "hunter\u00e9"),
      () => credential("password", " hunter"),
    ]
  ) {
    assert.throws(refuse, (error) => {
      assert.ok(error instanceof ValidationError);
      assert.doesNotMatch(`${error.message} ${error.cause}`, /hunter|00E9/);
      return true;
    });
  }
});
