import assert from "node:assert/strict";
import type { SendOutcome } from "../../model.ts";
import { bytesOf, recordedRequests } from "../../../../tests/jasmin/recorded.ts";
import { classifyAnswer, classifyFailure } from "./answers.ts";
import { HttpFailure, type Phase } from "./connection.ts";
import { ResponseReader } from "./message.ts";

function short(outcome: SendOutcome): string {
  return outcome.kind === "retry" ? outcome.reason : outcome.kind;
}

/** The table of answers. */
const TABLE: readonly (readonly [number, string, string])[] = [
  [200, 'Success "07033084-5cfd-4812-90a4-e4d24ffb6e3d"', "accepted"],
  [403, 'Error "User throughput exceeded"', "throughput"],
  [429, "Too Many Requests", "throughput"],
  [412, 'Error "Failover route has no bound connectors"', "no-bound-connector"],
  [
    403,
    'Error "Cannot charge submit_sm, check RouterPB log file for details"',
    "gateway-credit",
  ],
  [403, 'Error "Authentication failure for username:bob"', "authentication"],
  [503, 'Error "InterceptorPB not set !"', "interceptor-away"],
  [503, 'Error "InterceptorPB not connected !"', "interceptor-away"],
  [412, 'Error "No route found"', "rejected"],
  [400, 'Error "Mandatory argument [to] is not found."', "rejected"],
  [400, 'Error "Argument [to] has an invalid value: [abc]."', "rejected"],
  [400, 'Error "Authorization failed for user [u] (Cannot send MT messages)."', "rejected"],
  [400, 'Error "Value filter failed for user [u] (content filter mismatch)."', "rejected"],
  [400, 'Error "Failed running interception script, check log for details"', "rejected"],
  [418, 'Error "Interception specific error code 418"', "rejected"],
  [500, 'Error "Interception specific error code 500"', "rejected"],
  [403, 'Error "something new"', "rejected"],
  [
    500,
    'Error "Cannot send submit_sm, check SMPPClientManagerPB log file for details"',
    "uncertain",
  ],
  [500, "Error \"Unknown error: 'NoneType' object has no attribute 'decode'\"", "uncertain"],
  [500, "", "uncertain"],
  [502, "<html>Bad Gateway</html>", "uncertain"],
  [504, "", "uncertain"],
  [200, "<html>hello</html>", "uncertain"],
  [200, 'Success ""', "uncertain"],
  [202, "", "uncertain"],
  [404, "<html>No Such Resource</html>", "not-a-gateway"],
  [400, "", "not-a-gateway"],
  [301, "", "not-a-gateway"],
];

Deno.test("each answer decides what the table says", () => {
  for (const [status, body, expected] of TABLE) {
    assert.equal(short(classifyAnswer(status, body)), expected, `${status} ${body}`);
  }
});

Deno.test("an accepted message has the gateway's id, a refused one its words", () => {
  assert.deepEqual(classifyAnswer(200, 'Success "abc-1"'), {
    kind: "accepted",
    gatewayId: "abc-1",
  });
  assert.deepEqual(classifyAnswer(412, 'Error "No route found"'), {
    kind: "rejected",
    text: "No route found",
  });
  const long = classifyAnswer(400, `Error "${"x".repeat(10_000)}"`);
  assert.equal(long.kind === "rejected" && long.text.length, 500);
});

Deno.test("without an answer, what counts is whether a byte can have left", () => {
  const cases: readonly (readonly [Phase, boolean, string])[] = [
    ["waiting", false, "busy"],
    ["connecting", false, "unreachable"],
    ["sending", false, "unreachable"],
    ["sending", true, "uncertain"],
    ["answering", true, "uncertain"],
  ];
  for (const [phase, bytesLeft, expected] of cases) {
    const outcome = classifyFailure(new HttpFailure("why", phase, bytesLeft));
    assert.equal(short(outcome), expected, `${phase} ${bytesLeft}`);
    assert.equal(outcome.kind === "accepted" ? "" : outcome.text, "why");
  }
});

/** What recorded answers of `/send` must become, by their words. Every one fits one line. */
const RECORDED: readonly (readonly [RegExp, string])[] = [
  [/^Success /, "accepted"],
  [/throughput exceeded/, "throughput"],
  [/Cannot charge/, "gateway-credit"],
  [/Authentication failure/, "authentication"],
  [/no bound connectors/, "no-bound-connector"],
  [/InterceptorPB/, "interceptor-away"],
  [/Unknown error|Cannot send submit_sm/, "uncertain"],
  [
    /Argument \[|Mandatory arg|Authorization failed|Value filter|hex-content|No route found|specific error code|Failed running/,
    "rejected",
  ],
];

Deno.test("every recorded answer of the real gateway is decided as its words ask", () => {
  const seen = new Set<string>();
  for (const { where, request, answer } of recordedRequests()) {
    if (!/^(?:GET|POST) \/send[? ]/.test(request)) continue;
    const reader = new ResponseReader();
    const response = reader.push(bytesOf(answer)) ?? reader.end();
    assert.ok(response !== null);
    const outcome = classifyAnswer(response.status, response.body);
    const expected = RECORDED.find(([words]) => words.test(response.body))?.[1];
    assert.equal(short(outcome), expected, `${where}: ${response.status} ${response.body}`);
    seen.add(short(outcome));
  }
  assert.deepEqual([...seen].sort(), [...new Set(RECORDED.map(([, kind]) => kind))].sort());
});
