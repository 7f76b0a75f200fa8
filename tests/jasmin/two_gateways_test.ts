import assert from "node:assert/strict";
import { jasminMissing, type JasminService, startJasmin } from "../setup/mod.ts";
import { startRabbitmq } from "../setup/rabbitmq.ts";
import { RawSession } from "./raw_session.ts";

const missing = await jasminMissing();

const PROMPT = /(^|\n)(jcli : |> |Username: |Password: )$/;

/** What jcli answers to the last of the lines. */
async function jcli(gateway: JasminService, ...lines: string[]): Promise<string> {
  const session = await RawSession.connect(gateway.jcliPort);
  try {
    assert.ok(await session.until(() => session.heard.endsWith("required.\r\r\r\n\r\r\r\n"), 5000));
    let heard = "";
    for (const line of [gateway.username, gateway.password, ...lines]) {
      session.take();
      await session.send(`${line}\r\n`);
      assert.ok(await session.until(() => PROMPT.test(session.heard), 10_000), line);
      heard = session.take();
    }
    return heard;
  } finally {
    await session.close();
  }
}

Deno.test({
  name: "two real gateways run at once, know nothing of each other, and keep what was persisted",
  ignore: missing !== undefined,
  async fn() {
    const given = Deno.env.get("TEST_AMQP_PORT");
    const broker = given === undefined ? await startRabbitmq() : undefined;
    const amqpPort = broker?.port ?? Number(given);
    const gateways: JasminService[] = [];
    try {
      for (let count = 0; count < 2; count++) gateways.push(await startJasmin({ amqpPort }));
      const [one, other] = gateways;
      assert.ok(one !== undefined && other !== undefined);
      assert.notEqual(one.vhost, other.vhost);
      await jcli(one, "group -a", "gid g1", "ok", "persist");
      assert.match(await jcli(one, "group -l"), /Total Groups: 1/);
      assert.match(await jcli(other, "group -l"), /Total Groups: 0/);
      await one.restart();
      assert.match(await jcli(one, "group -l"), /Total Groups: 1/);
    } finally {
      for (const gateway of gateways) await gateway.stop();
      await broker?.stop();
    }
  },
});
