/**
 * What the dashboard needs on the gateway to send and to be called back: a user to send as, and an
 * HTTP connector for MOs. Looks first, adds what is missing, replaces nothing that is not its own.
 * @module
 */
import {
  ALL_ACCOUNTS,
  ensureRoot,
  resolveGatewayUser,
  saveGatewayUser,
  type SecretBox,
  updateAccount,
} from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import type { Logger } from "../log/mod.ts";
import type { GatewayConsole, GatewayLogin } from "./model.ts";

const GROUP = "dashboard";
const USER = "dashboard";
const MO_CONNECTOR = "dashboard_mo";

/** What set-up works with. */
export interface SetUpOptions {
  readonly sql: Sql;
  readonly box: SecretBox;
  readonly console: GatewayConsole;
  /** A user that the operator made, to be used in place of one of ours. */
  readonly httpUser: GatewayLogin | undefined;
  /** Where the gateway shall bring MOs to. */
  readonly moUrl: string;
  readonly log: Logger;
}

/** Jasmin takes 16 characters at most. */
function newPassword(): string {
  return crypto.getRandomValues(new Uint8Array(12)).toBase64({ alphabet: "base64url" });
}

/** A name that the gateway doesn't have: adding over an existing one would replace it silently. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2;; number++) {
    const name = `${wanted}_${number}`;
    if (!taken.has(name)) return name;
  }
}

async function ensureGatewayUser(options: SetUpOptions): Promise<void> {
  const { sql, box, console, httpUser, log } = options;
  const root = await ensureRoot(sql);
  if (httpUser !== undefined) {
    const saved = await saveGatewayUser(sql, box, { uid: httpUser.username, ...httpUser });
    await updateAccount(sql, ALL_ACCOUNTS, root.id, { gatewayUserId: saved.id });
    return;
  }
  const users = await console.users.list();
  const known = await resolveGatewayUser(sql, box, root.id);
  if (known !== undefined && users.some((user) => user.uid === known.uid)) return;
  const uid = known?.uid ??
    freeName(USER, new Set(users.flatMap((user) => [user.uid, user.username])));
  const password = known?.password ?? newPassword();
  // Kept before it is made: after a crash between the two it is made again, with this password.
  const saved = await saveGatewayUser(sql, box, { uid, username: uid, password });
  await updateAccount(sql, ALL_ACCOUNTS, root.id, { gatewayUserId: saved.id });
  const groups = await console.groups.list();
  if (!groups.some(({ gid }) => gid === GROUP)) await console.groups.add(GROUP);
  await console.users.add({ uid, gid: GROUP, username: uid, password });
  await console.persist();
  log.info({ uid }, "Made the gateway user that messages are sent as");
}

async function ensureMoRoute({ console, moUrl, log }: SetUpOptions): Promise<void> {
  const existing = (await console.httpConnectors.list()).find(({ cid }) => cid === MO_CONNECTOR);
  const fallback = (await console.moRoutes.list()).find(({ order }) => order === 0);
  const isOurs = fallback?.connectors.some((target) =>
    target.kind === "http" && target.cid === MO_CONNECTOR
  );
  const outdated = existing !== undefined && existing.url !== moUrl;
  // A route keeps a copy of its connector, so a new address needs both made anew.
  if (outdated) {
    if (isOurs === true) await console.moRoutes.remove(0);
    await console.httpConnectors.remove(MO_CONNECTOR);
  }
  if (existing === undefined || outdated) {
    await console.httpConnectors.add({ cid: MO_CONNECTOR, url: moUrl, method: "POST" });
  }
  if (fallback === undefined || (isOurs === true && outdated)) {
    await console.moRoutes.add({
      type: "DefaultRoute",
      connector: { kind: "http", cid: MO_CONNECTOR },
    });
    await console.persist();
    log.info("Made the default MO route, to this dashboard");
  } else if (isOurs !== true) {
    log.info("The gateway has a default MO route of its own: MOs that it takes don't arrive here");
  }
}

/** Brings the gateway to where messages can be sent and MOs arrive. */
export async function setUpGateway(options: SetUpOptions): Promise<void> {
  await ensureGatewayUser(options);
  await ensureMoRoute(options);
}
