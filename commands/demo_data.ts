/**
 * The demo's accounts and users, made once, and messages that its accounts send all the time.
 * @module
 */
import {
  ALL_ACCOUNTS,
  createAccount,
  ensureRoot,
  listAccounts,
  type Role,
} from "../services/accounts/mod.ts";
import { type Auth, createUser, hasAnyUser } from "../services/auth/mod.ts";
import type { Sql } from "../services/db/mod.ts";
import type { Logger } from "../services/log/mod.ts";
import type { Messages } from "../services/messages/mod.ts";

/** The demo's logins, in the order in which they are told. */
export const DEMO_USERS: readonly { readonly email: string; readonly role: Role }[] = [
  { email: "super@demo.test", role: "super_admin" },
  { email: "admin@demo.test", role: "admin" },
  { email: "manager@demo.test", role: "campaign_manager" },
  { email: "analyst@demo.test", role: "analyst" },
  { email: "client@demo.test", role: "client" },
];

const CUSTOMERS = ["Sample shop", "Sample clinic"] as const;

const TEXTS = [
  "Your code is 482913. Do not share it.",
  "Your parcel arrives today between 10:00 and 12:00. Track it in your account.",
  "Recordatorio: su cita es mañana a las 9:30. Responda C para cancelar.",
  "Votre commande est prête. À bientôt en magasin !",
  "The table for 4 on Friday at 21:00 is confirmed 🎉",
] as const;

/** Spain, Portugal and France: the demo's routes tell them apart. */
const MOBILE_PREFIXES = ["+346", "+346", "+346", "+3519", "+336"] as const;

/** Makes the accounts and the five users, unless there are users already. */
export async function seedDemo(sql: Sql, auth: Auth, password: string): Promise<void> {
  if (await hasAnyUser(sql)) return;
  const root = await ensureRoot(sql);
  const customers = [];
  for (const name of CUSTOMERS) {
    customers.push(
      await createAccount(sql, ALL_ACCOUNTS, { parentId: root.id, kind: "customer", name }),
    );
  }
  for (const { email, role } of DEMO_USERS) {
    const home = role === "client" ? customers[0] ?? root : root;
    await createUser(sql, auth.hasher, {
      accountId: home.id,
      email,
      name: email.split("@")[0] ?? email,
      password,
      role,
    }, { minPasswordLength: 1 });
  }
}

function pick<Item>(items: readonly Item[]): Item | undefined {
  return items[Math.floor(Math.random() * items.length)];
}

function someNumber(): string {
  const prefix = pick(MOBILE_PREFIXES) ?? "+346";
  const length = (prefix === "+3519" ? 13 : 12) - prefix.length;
  return prefix + String(Math.floor(Math.random() * 10 ** length)).padStart(length, "0");
}

/** Sends about `perSecond` messages of the demo's accounts until the signal. */
export async function sendDemoTraffic(
  { sql, messages, log, perSecond, signal }: {
    readonly sql: Sql;
    readonly messages: Messages;
    readonly log: Logger;
    readonly perSecond: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const accounts = await listAccounts(sql, ALL_ACCOUNTS);
  while (!signal.aborted) {
    const account = pick(accounts);
    const text = pick(TEXTS);
    if (account === undefined || text === undefined) return;
    try {
      await messages.send({ accountId: account.id, userId: null }, { to: someNumber(), text });
    } catch (error) {
      log.warn({ err: error }, "A sample message was not taken");
    }
    const pauseMs = -Math.log(1 - Math.random()) * 1000 / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.min(5_000, pauseMs)));
  }
}
