import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  gatewayClock,
  gatewayMetrics,
  gatewayPing,
  gatewayUsers,
  joinFindings,
} from "./gateway_http.ts";
import { closedPort, Installation, SECRET_KEY, standIn } from "./testing.ts";

describe("doctor on the gateway's HTTP API", () => {
  it("finds a gateway well", async () => {
    await using place = await Installation.start();
    await place.furnish();
    for (const check of [gatewayPing, gatewayMetrics, gatewayUsers]) {
      const { outcome, got } = await place.examine(check);
      assert.equal(outcome, "ok", `${check.id}: ${got}`);
    }
  });

  it("names the mend of a closed port", async () => {
    await using place = await Installation.start();
    await place.furnish();
    for (const check of [gatewayPing, gatewayMetrics, gatewayUsers]) {
      const result = await place.examineWith(check, { httpPort: closedPort() });
      assert.equal(result.outcome, "fail", check.id);
      assert.match(result.mend ?? "", /JASMIN_HTTP_PORT/, check.id);
    }
    const clock = await place.examineWith(gatewayClock, { httpPort: closedPort() });
    assert.equal(clock.outcome, "skipped");
  });

  it("finds another program on the port", async () => {
    await using place = await Installation.start();
    const other = standIn(() => new Response("Not found", { status: 404 }));
    const ping = await place.examineWith(gatewayPing, { httpPort: other.port });
    assert.equal(ping.outcome, "fail");
    assert.match(ping.got, /HTTP 404/);
    const metrics = await place.examineWith(gatewayMetrics, { httpPort: other.port });
    assert.equal(metrics.outcome, "fail");
    assert.match(metrics.mend ?? "", /0\.11\.0 or later/);
    await other.close();
  });

  it("reads the gateway's clock out of its answers", async () => {
    await using place = await Installation.start();
    for (
      const [shiftMs, outcome, words] of [
        [0, "ok", /No difference/],
        [-300_000, "warn", /5 min behind/],
        [300_000, "warn", /5 min ahead/],
      ] as const
    ) {
      const date = () => new Date(Date.now() + shiftMs).toUTCString();
      const gateway = standIn(() => new Response("Jasmin/PONG", { headers: { date: date() } }));
      const result = await place.examineWith(gatewayClock, { httpPort: gateway.port });
      assert.equal(result.outcome, outcome);
      assert.match(result.got, words);
      await gateway.close();
    }
  });

  it("names the mend of a user that the gateway refuses, and shows no password", async () => {
    await using place = await Installation.start();
    await place.furnish();
    await place.sendAs("dashboard", "wrong-password");
    const result = await place.examine(gatewayUsers);
    assert.equal(result.outcome, "fail");
    assert.match(result.got, /^dashboard: Authentication failure/);
    assert.match(result.mend ?? "", /Enable dashboard/);
    assert.doesNotMatch(JSON.stringify(result), /wrong-password/);
  });

  it("names the mend of another SECRET_KEY", async () => {
    await using place = await Installation.start();
    await place.sendAs("dashboard", "some-password", `${SECRET_KEY}-of-before`);
    const result = await place.examine(gatewayUsers);
    assert.equal(result.outcome, "fail");
    assert.match(result.mend ?? "", /SECRET_KEY/);
  });

  it("finds accounts without a user, and a user without credit", async () => {
    await using place = await Installation.start();
    const none = await place.examine(gatewayUsers);
    assert.equal(none.outcome, "fail");
    assert.match(none.got, /1 account without a gateway user/);
    await place.furnish();
    await place.withConsole((console) =>
      console.users.update("dashboard", { credentials: { quota: { balance: 0 } } })
    );
    const spent = await place.examine(gatewayUsers);
    assert.equal(spent.outcome, "warn");
    assert.match(spent.mend ?? "", /Raise the quota of dashboard/);
  });

  it("joins findings into the worst, with each mend once", () => {
    assert.deepEqual(
      joinFindings([
        { outcome: "ok", got: "one: fine" },
        { outcome: "fail", got: "two: no", mend: "Do this" },
        { outcome: "warn", got: "three: low", mend: "Do this" },
      ], "Tried"),
      { outcome: "fail", tried: "Tried", got: "two: no; three: low", mend: "Do this" },
    );
  });
});
