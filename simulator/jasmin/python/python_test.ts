import assert from "node:assert/strict";
import { formatHelp, type OptionSpec, OptParseError, parseOptions } from "./optparse.ts";
import { PyRegex, RegexError } from "./regex.ts";
import { syntaxFault } from "./syntax.ts";
import { plainTable } from "./table.ts";
import { bytesRepr, decodeUtf8, toBinary, toHex } from "./text.ts";

const OPTIONS: readonly OptionSpec[] = [
  { short: "-l", long: "--list", help: "List things" },
  { short: "-r", long: "--remove", metavar: "ID", help: "Remove a thing" },
  { long: "--smpp-unbind", metavar: "UID", help: "Unbind" },
  { long: "--smpp-ban", metavar: "UID", help: "Ban" },
];

Deno.test("an option's value may stand apart, joined, or behind an equals sign", () => {
  for (const words of [["-r", "x"], ["-rx"], ["--remove", "x"], ["--remove=x"], ["--rem=x"]]) {
    assert.deepEqual(parseOptions(OPTIONS, words), { values: { remove: "x" }, rest: [] });
  }
  assert.deepEqual(parseOptions(OPTIONS, ["-lr", "x", "y"]), {
    values: { list: true, remove: "x" },
    rest: ["y"],
  });
  assert.deepEqual(parseOptions(OPTIONS, ["--", "-l"]), { values: {}, rest: ["-l"] });
});

Deno.test("options that are none are refused in optparse's words", () => {
  const cases: readonly [string[], string][] = [
    [["-x"], "no such option: -x"],
    [["--nothing"], "no such option: --nothing"],
    [["-r"], "-r option requires 1 argument"],
    [["--list=x"], "--list option does not take a value"],
    [["--smpp"], "ambiguous option: --smpp (--smpp-ban, --smpp-unbind?)"],
  ];
  for (const [words, message] of cases) {
    assert.throws(() => parseOptions(OPTIONS, words), new OptParseError(message));
  }
});

Deno.test("the help of options that are too long goes to the next line", () => {
  const help = formatHelp("thing", [
    ...OPTIONS.slice(0, 2),
    { short: "-p", long: "--profile", metavar: "PROFILE", help: "Where" },
  ]);
  assert.equal(
    help,
    "Usage: thing [options] \n\nOptions:\n" +
      "  -l, --list            List things\n" +
      "  -r ID, --remove=ID    Remove a thing\n" +
      "  -p PROFILE, --profile=PROFILE\n" +
      "                        Where\n",
  );
});

Deno.test("a pattern is anchored at its start only, and has Python's syntax", () => {
  assert.ok(new PyRegex("34").matches("346"));
  assert.ok(!new PyRegex("34").matches("0346"));
  assert.ok(new PyRegex("(?P<a>x)(?P=a)$").matches("xx\n"));
  assert.ok(!new PyRegex("x\\Z").matches("x\n"));
  assert.ok(new PyRegex("(?i)acme").matches("ACME"));
  assert.ok(new PyRegex("[]a]").matches("]"));
  assert.ok(!new PyRegex(".").matches("\n"));
  for (const bad of ["(", "[a", "*a", "\\q", "a\\", "(?<n>a)", "a**"]) {
    assert.throws(() => new PyRegex(bad), RegexError, bad);
  }
});

Deno.test("bytes print as Python prints them", () => {
  assert.equal(bytesRepr("hi"), "b'hi'");
  assert.equal(bytesRepr("it's"), 'b"it\'s"');
  assert.equal(bytesRepr("'\"\n\x00\xff\\"), "b'\\'\"\\n\\x00\\xff\\\\'");
  assert.equal(toHex(toBinary("é")), "c3a9");
  assert.equal(decodeUtf8("\xff"), "\ufffd");
});

Deno.test("a table's header counts two characters more, its cells do not", () => {
  assert.equal(plainTable(["#A", "B"], [["#long", "1"], ["#x", ""]]), "#A     B\n#long  1\n#x");
  assert.equal(plainTable(["#Abc", "B"], []), "#Abc    B");
});

Deno.test("syntax faults that need no Python are told with their line", () => {
  assert.equal(syntaxFault("print((\n"), "'(' was never closed (, line 1)");
  assert.equal(syntaxFault("x = 1\ny = = 2\n"), "invalid syntax (, line 2)");
  assert.equal(syntaxFault("x = )\n"), "unmatched ')' (, line 1)");
  for (const good of ["x == 1", "a = '(' # [", "f(x=='=')", '"""\n(\n"""', "a = b == c"]) {
    assert.equal(syntaxFault(good), undefined, good);
  }
});
