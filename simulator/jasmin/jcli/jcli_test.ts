import assert from "node:assert/strict";
import { TestJcli, until, withSimulator } from "../testing.ts";

Deno.test("jcli greets to the byte and echoes with three carriage returns", () =>
  withSimulator({}, async (simulator) => {
    const client = await TestJcli.open(simulator);
    client.write("jcliadmin\r\n");
    await until(() => client.heard.endsWith("Password: "), "password prompt");
    assert.equal(client.heard, "jcliadmin\r\r\r\nPassword: ");
    await client.say("jclipwd");
    assert.match(client.heard, /^\r\r\r\nWelcome to Jasmin 0\.11\.0 console\r\r\r\n/);
    assert.match(client.heard, /Session ref: 2\r\r\r\njcli : $/);
    client.close();
  }));

Deno.test("a wrong password leads back to the username", () =>
  withSimulator({}, async (simulator) => {
    const client = await TestJcli.open(simulator);
    await client.say("jcliadmin");
    assert.equal(await client.say("wrong"), "Incorrect Username/Password.\n");
    assert.match(client.heard, /Username: $/);
    assert.equal(await client.say("group -l"), "");
    client.close();
  }));

Deno.test("quit resets the terminal and closes", () =>
  withSimulator({}, async (simulator) => {
    const client = await TestJcli.login(simulator);
    client.write("quit\r\n");
    await until(() => client.closed, "closing");
    assert.ok(client.heard.endsWith("quit\r\r\r\n\x1bc"));
  }));

Deno.test("an unknown option gets two answers with two prompts", () =>
  withSimulator({}, async (simulator) => {
    const client = await TestJcli.login(simulator);
    client.write("group -u g1\r\n");
    await until(() => /Remove group[\s\S]*jcli : $/.test(client.heard), "the help");
    assert.match(client.heard, /no such option: -u\r\r\r\njcli : Usage: group \[options\]/);
    client.close();
  }));

Deno.test("an argument before an option ends the session, and so does a bad regular expression", () =>
  withSimulator({}, async (simulator) => {
    const first = await TestJcli.login(simulator);
    await first.say("user g1 -l");
    assert.ok(first.closed);
    const second = await TestJcli.login(simulator);
    await second.all("group -a", "gid g1", "ok", "user -a");
    await second.say("mt_messaging_cred valuefilter dst_addr (");
    assert.ok(second.closed);
  }));

Deno.test("re-adding a username replaces its user without a word", () =>
  withSimulator({}, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    await jcli.all("group -a", "gid g1", "ok");
    const add = (uid: string) =>
      jcli.all("user -a", `uid ${uid}`, "gid g1", "username alice", "password secret", "ok");
    await add("u1");
    assert.equal(await add("u2"), "Successfully added User [u2] to Group [g1]");
    assert.deepEqual(simulator.gateway.users.map(({ uid }) => uid), ["u2"]);
    jcli.close();
  }));

Deno.test("a sub-session ends with ok or ko, and not with quit", () =>
  withSimulator({}, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    assert.equal(await jcli.say("group -a"), "Adding a new Group: (ok: save, ko: exit)");
    assert.equal(await jcli.say("quit"), "Exit session before quitting");
    assert.equal(await jcli.say("gid g1"), "");
    await jcli.say("ko");
    assert.equal(await jcli.say("group -l"), "Total Groups: 0");
    jcli.close();
  }));

Deno.test("filters belong to their session until it persists and the other loads", () =>
  withSimulator({}, async (simulator) => {
    const [one, two] = [await TestJcli.login(simulator), await TestJcli.login(simulator)];
    await one.all("filter -a", "fid f1", "type TransparentFilter", "ok");
    assert.equal(await two.say("filter -l"), "Total Filters: 0");
    await one.say("persist");
    assert.equal(await two.say("filter -l"), "Total Filters: 0");
    await two.say("load");
    assert.match(await two.say("filter -l"), /#f1 {15}TransparentFilter {6}MO MT {2}<T>/);
    one.close();
    two.close();
  }));

Deno.test("a restart loses what was not persisted, and starts what was started", () =>
  withSimulator({}, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    await jcli.all("group -a", "gid kept", "ok", "smppccm -a", "cid op_1", "ok");
    await jcli.all("smppccm -1 op_1", "persist");
    await jcli.all("group -a", "gid lost", "ok");
    await simulator.restart();
    await until(() => jcli.closed, "the session's end");
    const again = await TestJcli.login(simulator);
    assert.match(again.heard, /Session ref: 2\r/);
    assert.equal(
      await again.say("group -l"),
      "#Group id        \n#kept            \nTotal Groups: 1",
    );
    await until(() => simulator.gateway.connectors.get("op_1")?.bound === true, "bound again");
    again.close();
  }));

Deno.test("objects are persisted into files, and another simulator loads them", async () => {
  const storeDir = await Deno.makeTempDir();
  await withSimulator({ storeDir }, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    await jcli.all("group -a", "gid g1", "ok");
    await jcli.all("user -a", "uid u1", "gid g1", "username alice", "password secret");
    await jcli.all("mt_messaging_cred quota balance 10", "ok");
    await jcli.all(
      "filter -a",
      "fid f1",
      "type DestinationAddrFilter",
      "destination_addr ^34",
      "ok",
    );
    await jcli.all("smppccm -a", "cid op_1", "port 1234567890123456789", "ok");
    await jcli.all("mtrouter -a", "type StaticMTRoute", "order 5", "filters f1");
    await jcli.all("connector smppc(op_1)", "rate 0.5", "ok", "persist");
    jcli.close();
  });
  await withSimulator({ storeDir }, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    assert.match(await jcli.say("user -l"), /#u1 +g1 +alice +10\.0 +ND +ND\/ND/);
    assert.match(await jcli.say("mtrouter -l"), /#5 +StaticMTRoute +0\.50000 +smppc\(op_1\) +<DA/);
    assert.match(await jcli.say("smppccm -s op_1"), /\nport 1234567890123456789\n/);
    jcli.close();
  });
  await withSimulator({ storeDir: `${storeDir}/nothing` }, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    assert.match(await jcli.say("persist"), /^Failed to persist group configuration/);
    jcli.close();
  });
  await Deno.remove(storeDir, { recursive: true });
});

Deno.test("the later column set has custom_tlvs, the IP list and the peers", () =>
  withSimulator({ release: "0.12" }, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    await jcli.all("group -a", "gid g1", "ok");
    await jcli.all("user -a", "uid u1", "gid g1", "username alice", "password secret", "ok");
    await jcli.all("smppccm -a", "cid op_1", "ok");
    assert.match(await jcli.say("smppccm -s op_1"), /\nssl no\ncustom_tlvs None$/);
    assert.match(await jcli.say("user -s u1"), /\nsmpps_cred authorization ip 0\.0\.0\.0\/0\n/);
    assert.match(await jcli.say("stats --users"), /SMPP Peer IPs/);
    assert.match(await jcli.say("stats --user u1"), /#bound_peer_ips/);
    jcli.close();
  }));

Deno.test("TAB completes commands, ESC and backspace edit the line", () =>
  withSimulator({}, async (simulator) => {
    const jcli = await TestJcli.login(simulator);
    jcli.write("gro\t");
    await until(() => jcli.heard.endsWith("group "), "completion");
    assert.equal(await jcli.say("-l"), "Total Groups: 0");
    assert.equal(await jcli.say("group -x\x7fl"), "Total Groups: 0");
    assert.equal(await jcli.say("\xe9group\xff\xff -l"), "Total Groups: 0");
    assert.equal(await jcli.say("roup -l\x1b[H\x1b[Dg"), "Total Groups: 0");
    assert.equal(await jcli.say("\x1b[A"), "Total Groups: 0");
    jcli.close();
  }));

Deno.test("faults: sessions are dropped, before or after the line, or say nothing", () =>
  withSimulator({}, async (simulator) => {
    const dropped = await TestJcli.login(simulator);
    simulator.dropJcli();
    await until(() => dropped.closed, "dropping");

    const before = await TestJcli.login(simulator);
    await before.all("group -a", "gid g1");
    simulator.setJcliFault("drop-before");
    await before.say("ok");
    assert.ok(before.closed);
    assert.equal(simulator.gateway.groups.length, 0);

    const after = await TestJcli.login(simulator);
    await after.all("group -a", "gid g1");
    simulator.setJcliFault("drop-after");
    await after.say("ok");
    assert.ok(after.closed);
    assert.equal(simulator.gateway.groups.length, 1);

    const silent = await TestJcli.login(simulator);
    simulator.setJcliFault("half-open");
    silent.write("group -l\r\n");
    await assert.rejects(TestJcli.open(simulator, 100), /Never: greeting/);
    assert.ok(!silent.heard.includes("Total"));
    assert.ok(!silent.closed);
    silent.close();
  }));
