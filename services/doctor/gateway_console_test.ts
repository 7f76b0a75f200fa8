import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { saveServiceState } from "../gateway/mod.ts";
import { consoleLogin, gatewayRelease, moRoute } from "./gateway_console.ts";
import { closedPort, Installation, standIn } from "./testing.ts";

describe("doctor on jcli", () => {
  it("logs in under the lease, gives it back and leaves no session", async () => {
    await using place = await Installation.start();
    const result = await place.examine(consoleLogin);
    assert.equal(result.outcome, "ok");
    assert.match(result.got, /^Jasmin 0\.11\.0, session \d+/);
    assert.equal(place.gateway.jcliConnections, 0);
    const [lease] = await place.database.sql`
      select holder like 'doctor %' as ours, expires_at <= clock_timestamp() as free from leases`;
    assert.deepEqual({ ...lease }, { ours: true, free: true });
  });

  it("names the mend of a refused login and shows no password", async () => {
    await using place = await Installation.start();
    const result = await place.examineWith(consoleLogin, { password: "not-the-password" });
    assert.equal(result.outcome, "fail");
    assert.match(result.got, /refused the jcli user name or password/);
    assert.match(result.mend ?? "", /JASMIN_USERNAME and JASMIN_PASSWORD/);
    assert.doesNotMatch(JSON.stringify(result), /not-the-password/);
  });

  it("names the mend of a closed port, and of one that is no jcli", async () => {
    await using place = await Installation.start();
    const closed = await place.examineWith(consoleLogin, { telnetPort: closedPort() });
    assert.equal(closed.outcome, "fail");
    assert.match(closed.got, /can't be reached: the connection was refused/);
    assert.match(closed.mend ?? "", /Start jasmind/);
    const other = standIn(() => new Response("hello"));
    const wrong = await place.examineWith(consoleLogin, { telnetPort: other.port });
    assert.equal(wrong.outcome, "fail");
    assert.match(wrong.mend ?? "", /JASMIN_TELNET_PORT/);
    await other.close();
  });

  it("opens no session beside the one writer, and tells what that one tells", async () => {
    await using place = await Installation.start();
    const { sql } = place.database;
    await place.holdGateway();
    const silent = await place.examine(consoleLogin);
    assert.equal(silent.outcome, "warn");
    assert.match(silent.mend ?? "", /log of the role gateway/);
    await saveServiceState(sql, "jcli", "down", "The gateway refused it");
    const down = await place.examine(consoleLogin);
    assert.equal(down.outcome, "fail");
    assert.match(down.got, /The gateway refused it/);
    await saveServiceState(sql, "jcli", "up", null);
    assert.equal((await place.examine(consoleLogin)).outcome, "ok");
    assert.equal(place.gateway.gateway.user("dashboard"), undefined);
    const [{ sessions } = { sessions: -1 }] = await sql<{ sessions: number }[]>`
      select count(*)::int as sessions from leases where holder like 'doctor %'`;
    assert.equal(sessions, 0);
  });
});

describe("doctor on the release", () => {
  it("takes 0.11.0", async () => {
    await using place = await Installation.start();
    const result = await place.examine(gatewayRelease);
    assert.deepEqual([result.outcome, result.got], ["ok", "Jasmin 0.11.0"]);
  });

  it("finds the released 0.11.1 by a connector's keys", async () => {
    await using place = await Installation.start({ release: "0.11.1" });
    await place.furnish();
    const result = await place.examine(gatewayRelease);
    assert.equal(result.outcome, "fail");
    assert.match(result.got, /loses every DLR/);
    assert.match(result.mend ?? "", /Use 0\.11\.0 .+listeners\.py/);
  });

  it("takes the repository after it, which calls itself the same", async () => {
    await using place = await Installation.start({ release: "0.12" });
    await place.furnish();
    assert.equal((await place.examine(gatewayRelease)).outcome, "ok");
  });

  it("says when the two can't be told apart", async () => {
    await using place = await Installation.start({ release: "0.11.1" });
    await place.holdGateway();
    const result = await place.examine(gatewayRelease);
    assert.equal(result.outcome, "warn");
    assert.match(result.got, /from here they look the same/);
    assert.match(result.mend ?? "", /check of callbacks/);
  });
});

describe("doctor on MO routes", () => {
  it("finds the route to this service", async () => {
    await using place = await Installation.start();
    const none = await place.examine(moRoute);
    assert.equal(none.outcome, "warn");
    assert.match(none.mend ?? "", /dashboard_mo/);
    await place.furnish();
    assert.equal((await place.examine(moRoute)).outcome, "ok");
  });

  it("finds a route to an address of before", async () => {
    await using place = await Installation.start();
    await place.furnish("http://127.0.0.1:1/hooks/jasmin/mo/old-signature");
    const result = await place.examine(moRoute);
    assert.equal(result.outcome, "fail");
    assert.match(result.mend ?? "", /Restart the service/);
    assert.doesNotMatch(JSON.stringify(result), /old-signature/);
  });

  it("finds a route to somebody else", async () => {
    await using place = await Installation.start();
    await place.withConsole(async (console) => {
      await console.httpConnectors.add({ cid: "crm", url: "http://192.0.2.1/mo", method: "GET" });
      await console.moRoutes.add({
        type: "DefaultRoute",
        connector: { kind: "http", cid: "crm" },
      });
    });
    const result = await place.examine(moRoute);
    assert.equal(result.outcome, "warn");
    assert.match(result.got, /MOs go to crm/);
  });

  it("looks for MOs that came while another process holds jcli", async () => {
    await using place = await Installation.start();
    await place.holdGateway();
    assert.equal((await place.examine(moRoute)).outcome, "skipped");
    await place.database.sql`
      insert into mo_messages (id, account_id, gateway_message_id, sender, recipient, body, coding,
        raw, received_at)
      values (gen_random_uuid(), gen_random_uuid(), 'mo-1', '+34600000001', '1000', 'STOP', 0, '',
        now())`;
    assert.equal((await place.examine(moRoute)).outcome, "ok");
  });
});
