import assert from "node:assert/strict";
import { bytesOf, recordedExchanges } from "../../../../tests/jasmin/recorded.ts";
import { frame, type Reply, withoutCarriageReturns } from "./framing.ts";
import { parseConnector, parseConnectorList, parseHttpConnectorList } from "./parse_connectors.ts";
import {
  parseFilter,
  parseFilterList,
  parseInterceptorList,
  parseMoRouteList,
  parseMtRouteList,
} from "./parse_routing.ts";
import {
  parseConnectorStats,
  parseStatItems,
  parseUserStatItems,
  parseUserStats,
} from "./parse_stats.ts";
import { parseGroupList, parseUser, parseUserList } from "./parse_users.ts";
import { TelnetDecoder } from "./telnet.ts";

// The reply to `load` goes on after its prompt at times. This client never says it.
const EXCHANGES = recordedExchanges().filter(({ line }) => !line.startsWith("load")).map((
  { where, line, answer },
) => ({
  where: `${where}: ${line}`,
  line,
  text: withoutCarriageReturns(new TelnetDecoder().push(bytesOf(answer)).text),
}));

function replyTo(line: string, text: string): Reply | null {
  // The prompt that NAWS draws belongs to no line; the password is not echoed.
  const answer = text.replace(/^Username: (?=.)/, "");
  const hidden = answer.startsWith("\n") ? null : line;
  const framed = frame(answer, hidden);
  return framed.kind === "reply" ? framed.reply : null;
}

Deno.test("every recorded answer is one reply, and no beginning of it is", () => {
  assert.ok(EXCHANGES.length > 500, `only ${EXCHANGES.length} exchanges were recorded`);
  // A connector with a log rotation that Python doesn't know breaks inside the gateway, which then
  // says nothing at all: the model refuses such a value.
  const silent = EXCHANGES.filter(({ line, text }) => text === `${line}\n`);
  assert.deepEqual(silent.map(({ where }) => where), ["smppccm-add-keys.txt a: ok"]);
  for (const { where, line, text } of EXCHANGES) {
    if (text === `${line}\n`) continue;
    assert.ok(replyTo(line, text) !== null, `no reply in ${where}: ${JSON.stringify(text)}`);
    for (let end = 0; end < text.length; end++) {
      assert.equal(replyTo(line, text.slice(0, end)), null, `${where}, cut at ${end}`);
    }
  }
});

const PARSERS: readonly (readonly [RegExp, (lines: readonly string[]) => unknown])[] = [
  [/^smppccm -l$/, parseConnectorList],
  [/^smppccm -s /, parseConnector],
  [/^httpccm -l$/, parseHttpConnectorList],
  [/^group -l$/, parseGroupList],
  [/^user -l/, parseUserList],
  [/^user -s /, parseUser],
  [/^filter -l$/, parseFilterList],
  [/^filter -s /, parseFilter],
  [/^mtrouter -l$/, parseMtRouteList],
  [/^morouter -l$/, parseMoRouteList],
  [/^mtinterceptor -l$/, (lines) => parseInterceptorList("mt", lines)],
  [/^mointerceptor -l$/, (lines) => parseInterceptorList("mo", lines)],
  [/^stats --smppcs$/, parseConnectorStats],
  [/^stats --smppc[ =]/, parseStatItems],
  [/^stats --(?:smppsapi|httpapi)$/, parseStatItems],
  [/^stats --users$/, parseUserStats],
  [/^stats --user[ =]/, parseUserStatItems],
];

Deno.test("every recorded table and every recorded -s output is read", () => {
  for (const [command, parse] of PARSERS) {
    const recorded = EXCHANGES.filter(({ line }) => command.test(line));
    assert.ok(recorded.length > 0, `no transcript has ${command}`);
    for (const { where, line, text } of recorded) {
      const lines = replyTo(line, text)?.lines ?? [];
      if (/^Unknown /.test(lines[0] ?? "")) continue;
      assert.doesNotThrow(() => parse(lines), `${where}: ${JSON.stringify(lines)}`);
    }
  }
});
