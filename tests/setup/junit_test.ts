import assert from "node:assert/strict";
import { parseJunit } from "./junit.ts";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="6" failures="2" errors="0" time="0.126">
    <testsuite name="./a_test.ts" tests="6" disabled="1" errors="0" failures="2">
        <testcase name="steps" classname="./a_test.ts" time="0.003" line="2" col="6">
            <failure message="1 test step failed">1 test step failed.</failure>
        </testcase>
        <testcase name="b &lt;&gt;&amp;&quot;&apos;&#x41;" classname="./a_test.ts" time="0.250" line="3" col="6">
        </testcase>
        <testcase name="a &gt; b is no step" classname="./a_test.ts" time="0.000" line="9" col="6">
        </testcase>
        <testcase name="skipped" classname="./a_test.ts" time="0.000" line="4" col="6">
            <skipped/>
        </testcase>
        <testcase name="steps &gt; one" classname="ext:deno_node/testing.ts" time="0.000" line="2" col="39">
        </testcase>
        <testcase name="steps &gt; two &gt; deep" classname="./a_test.ts" time="0.000" line="2" col="69">
            <failure message="Uncaught Error: x
y">Error: x &lt;/testcase&gt;</failure>
        </testcase>
    </testsuite>
</testsuites>`;

Deno.test("parseJunit reads tests, leaves steps out and undoes XML's escapes", () => {
  assert.deepEqual(parseJunit(REPORT), [
    { file: "a_test.ts", name: "steps", status: "failed", seconds: 0.003 },
    { file: "a_test.ts", name: "b <>&\"'A", status: "passed", seconds: 0.25 },
    { file: "a_test.ts", name: "a > b is no step", status: "passed", seconds: 0 },
    { file: "a_test.ts", name: "skipped", status: "skipped", seconds: 0 },
  ]);
});

Deno.test("parseJunit of a report without tests is empty", () => {
  assert.deepEqual(parseJunit('<testsuites name="deno test" tests="0"></testsuites>'), []);
});
