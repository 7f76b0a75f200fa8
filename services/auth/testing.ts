/**
 * A small world to sign in to: an account, its people, two processes, and a clock that stands.
 * @module
 */
import { v7 } from "uuid";
import { type Account, ALL_ACCOUNTS, createAccount, ensureRoot } from "../accounts/mod.ts";
import { withDatabase } from "../accounts/testing.ts";
import type { Sql } from "../db/mod.ts";
import { type Auth, createAuth, type Tokens } from "./auth.ts";
import { type PasswordHasher, passwordHasher } from "./hasher.ts";
import type { LoginInput } from "./login.ts";
import { createUser, type NewUser, type User } from "./users.ts";

export const SECRET_KEY = "0123456789abcdef0123456789abcdef";
export const PASSWORD = "correct horse";
export const ORIGIN = { ip: "192.0.2.1", userAgent: "test" } as const;

/** What a test of signing in works with. */
export interface World {
  readonly sql: Sql;
  /** Of cost 4, which is bcrypt's least. */
  readonly hasher: PasswordHasher;
  readonly root: Account;
  readonly shop: Account;
  readonly auth: Auth;
  /** Another process: it shares nothing but the database and the key. */
  readonly elsewhere: Auth;
  readonly now: () => Date;
  readonly advance: (ms: number) => void;
  /** Another process yet, with another key or hasher. */
  readonly make: (options?: { secretKey?: string; hasher?: PasswordHasher }) => Auth;
  /** A new campaign manager of the shop, with `PASSWORD`. */
  readonly person: (more?: Partial<NewUser>) => Promise<User>;
  /** Signs in with `PASSWORD`, from a new place each time. */
  readonly login: (email: string, more?: Partial<LoginInput>) => Promise<Tokens>;
  /** The actions of the audit log, in order. */
  readonly actions: () => Promise<string[]>;
}

/** Runs `work` in a world of its own. */
export async function withAuth(work: (world: World) => Promise<void>): Promise<void> {
  const hasher = passwordHasher({ cost: 4 });
  let time = new Date("2030-01-01T00:00:00Z");
  let places = 0;
  try {
    await withDatabase(async (sql) => {
      const root = await ensureRoot(sql);
      const shop = await createAccount(sql, ALL_ACCOUNTS, {
        kind: "customer",
        name: "Shop",
        parentId: root.id,
      });
      const make: World["make"] = (options = {}) =>
        createAuth({ clock: () => time, hasher, secretKey: SECRET_KEY, sql, ...options });
      const auth = make();
      await work({
        actions: async () => {
          const rows = await sql<{ action: string }[]>`
            select action from audit_entries order by seq
          `;
          return rows.map((each) => each.action);
        },
        advance: (ms) => time = new Date(time.getTime() + ms),
        auth,
        elsewhere: make(),
        hasher,
        login: (email, more) => {
          const ip = `2001:db8:${(++places).toString(16)}::1`;
          return auth.login({ email, ip, password: PASSWORD, userAgent: "test", ...more });
        },
        make,
        now: () => time,
        person: (more) =>
          createUser(sql, hasher, {
            accountId: shop.id,
            email: `${v7()}@shop.test`,
            name: "Ann",
            password: PASSWORD,
            role: "campaign_manager",
            ...more,
          }),
        root,
        shop,
        sql,
      });
    });
  } finally {
    hasher.close();
  }
}
