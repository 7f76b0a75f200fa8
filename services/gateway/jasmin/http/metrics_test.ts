import assert from "node:assert/strict";
import { UnavailableError } from "../../../errors/mod.ts";
import { bytesOf, recordedRequests } from "../../../../tests/jasmin/recorded.ts";
import { ResponseReader } from "./message.ts";
import { parseMetrics } from "./metrics.ts";

Deno.test("the recorded counters are read, of every connector", () => {
  const recorded = recordedRequests().filter(({ request }) => request.startsWith("GET /metrics"));
  assert.ok(recorded.length > 0);
  let connectors = 0;
  for (const { answer } of recorded) {
    const body = new ResponseReader().push(bytesOf(answer))?.body ?? "";
    const metrics = parseMetrics(body);
    assert.equal(Object.keys(metrics.http).length, 9);
    assert.equal(Object.keys(metrics.smpps).length, 19);
    for (const [cid, counters] of metrics.connectors) {
      assert.equal(
        counters.submits,
        Number(new RegExp(`smppc_submit_sm_count\\{cid="${cid}"\\} (\\d+)`).exec(body)?.[1]),
      );
    }
    connectors += metrics.connectors.size;
  }
  assert.ok(connectors > 0);
});

Deno.test("families of other names are left alone, a broken line is an error", () => {
  assert.equal(parseMetrics("other_total 3\n").connectors.size, 0);
  assert.throws(() => parseMetrics("httpapi_request_count\n"), UnavailableError);
  assert.throws(() => parseMetrics("<html>\n"), UnavailableError);
});

Deno.test("a connector without one of its counters is an error that names it", () => {
  assert.throws(() => parseMetrics('smppc_bound_count{cid="op_1"} 1\n'), /connected_count.*op_1/);
});
