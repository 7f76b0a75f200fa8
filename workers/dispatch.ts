/**
 * Role `dispatch`: takes queued messages to the gateway's `/send`. Any number may run.
 * @module
 */
import { resolveGatewayUser, secretBox } from "../services/accounts/mod.ts";
import { createBilling } from "../services/billing/mod.ts";
import {
  createJasminTraffic,
  type GatewayLogin,
  type SendOutcome,
} from "../services/gateway/mod.ts";
import { announcer } from "../services/live/mod.ts";
import {
  createHooks,
  Dispatcher,
  hookSigner,
  type LeasedMessage,
} from "../services/messages/mod.ts";
import { openResources } from "./resources.ts";
import { runRole } from "./worker.ts";

/** How long an account's gateway user is believed, in milliseconds. */
const LOGIN_AGE_MS = 5_000;

runRole("dispatch", async ({ config, signal, log, ready, beat }) => {
  const { sql, stream, close } = openResources(config, "dispatch", 8);
  const announce = announcer(stream, log);
  const box = secretBox(config.secretKey);
  const hooks = createHooks({
    sql,
    signer: await hookSigner(config.secretKey),
    hookUrl: config.hookUrl,
  });
  const traffic = createJasminTraffic({
    host: config.jasmin.host,
    httpPort: config.jasmin.httpPort,
    concurrency: config.dispatch.concurrency,
  });
  const logins = new Map<
    string,
    { readonly at: number; readonly login: GatewayLogin | undefined }
  >();

  async function loginOf(accountId: string): Promise<GatewayLogin | undefined> {
    const known = logins.get(accountId);
    if (known !== undefined && performance.now() - known.at < LOGIN_AGE_MS) return known.login;
    const user = await resolveGatewayUser(sql, box, accountId);
    const login = user === undefined
      ? undefined
      : { username: user.username, password: user.password };
    logins.set(accountId, { at: performance.now(), login });
    return login;
  }

  async function send(message: LeasedMessage): Promise<SendOutcome> {
    let login: GatewayLogin | undefined;
    try {
      login = await loginOf(message.accountId);
    } catch (error) {
      log.warn({ err: error, accountId: message.accountId }, "No gateway user could be read");
      return { kind: "retry", reason: "authentication", text: "The gateway user can't be read" };
    }
    if (login === undefined) {
      return {
        kind: "retry",
        reason: "authentication",
        text: "The account has no gateway user yet",
      };
    }
    return await traffic.send(login, {
      to: message.recipient,
      text: message.body,
      dlrUrl: await hooks.dlrUrl(message.id),
      ...(message.sender === null ? {} : { from: message.sender }),
    });
  }

  const dispatcher = new Dispatcher({
    sql,
    send,
    announce: announce.transitions,
    billing: createBilling(),
    clocks: config.clocks,
    concurrency: config.dispatch.concurrency,
    log,
  });
  ready();
  const beats = setInterval(() => beat({ inFlight: dispatcher.inFlight }), 1_000);
  await dispatcher.run(signal);
  clearInterval(beats);
  await announce.flush();
  traffic.close();
  await close();
});
