/**
 * Endpoints of version 1 in this process, on a database of their own: for tests of what is about
 * users, accounts and access. What needs a gateway isn't there.
 * @module
 */
import { App } from "fresh";
import { v7 } from "uuid";
import { createAlerts } from "../../../services/alerts/mod.ts";
import { createAuditLog } from "../../../services/audit/mod.ts";
import {
  type Auth,
  createApiKeys,
  createFirstRun,
  createProfiles,
  createSecondFactor,
  createUsers,
  type NewUser,
  type User,
} from "../../../services/auth/mod.ts";
import { SECRET_KEY, withAuth, type World } from "../../../services/auth/testing.ts";
import { logger, setLogLevel } from "../../../services/log/mod.ts";
import { createMetrics } from "../../../services/metrics/mod.ts";
import { createAccounts } from "../../../services/tenancy/mod.ts";
import { createWalls } from "../../../services/wall/mod.ts";
import type { Services } from "../../services.ts";
import type { State } from "../../state.ts";
import { mountApi } from "../mount.ts";
import { ENDPOINTS } from "./mod.ts";

// Answers are checked by the tests' assertions, field by field.
// deno-lint-ignore no-explicit-any
type Body = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Sends a request with its credential, and a JSON body if any. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** A user who is signed in. */
export interface Person {
  readonly user: User;
  readonly token: string;
  readonly sessionId: string;
  readonly ask: Ask;
}

export interface ApiWorld extends World {
  readonly services: Pick<
    Services,
    | "accounts"
    | "alerts"
    | "apiKeys"
    | "audit"
    | "auth"
    | "firstRun"
    | "metrics"
    | "profiles"
    | "secondFactor"
    | "users"
    | "walls"
  >;
  /** Asks as nobody, or with whatever headers are given. */
  readonly ask: Ask;
  /** Asks with a credential, as `Authorization: Bearer`. */
  readonly askWith: (credential: string) => Ask;
  /** A new user of the root account, or of another, signed in. */
  readonly signedIn: (role: NewUser["role"], more?: Partial<NewUser>) => Promise<Person>;
}

/** Every answer is checked against its declaration. */
export async function withApi(work: (world: ApiWorld) => Promise<void>): Promise<void> {
  setLogLevel("silent");
  await withAuth(async (world) => {
    const services = servicesOf(world, world.auth);
    const askWith = asker(services);
    await work({
      ...world,
      services,
      ask: askWith(undefined),
      askWith,
      async signedIn(role, more = {}) {
        const accountId = more.accountId ?? world.root.id;
        const user = await world.person({
          email: `${role}.${v7()}@example.test`,
          ...more,
          accountId,
          role,
        });
        const { accessToken, sessionId } = await world.login(user.email);
        return { ask: askWith(accessToken), sessionId, token: accessToken, user };
      },
    });
  });
}

function servicesOf({ now: clock, sql }: World, auth: Auth): ApiWorld["services"] {
  const options = { auth, clock, sql };
  return {
    accounts: createAccounts(options),
    alerts: createAlerts({ sql, tell: () => {} }),
    apiKeys: createApiKeys(options),
    audit: createAuditLog(sql),
    auth,
    firstRun: createFirstRun(options),
    metrics: createMetrics({ sql }),
    profiles: createProfiles(options),
    secondFactor: createSecondFactor({ ...options, secretKey: SECRET_KEY }),
    users: createUsers(options),
    walls: createWalls({ sql, log: logger("test") }),
  };
}

function asker(services: ApiWorld["services"]): (credential: string | undefined) => Ask {
  const app = new App<State>().use((ctx) => {
    Object.assign(ctx.state, { ip: "192.0.2.1", requestId: v7(), services });
    return ctx.next();
  });
  const rate = { limit: 100_000, windowSeconds: 60 };
  mountApi(app, ENDPOINTS, { networkRate: rate, principalRate: rate, verifyAnswers: true });
  const handler = app.handler();
  return (credential) => async (method, path, body, headers = {}) => {
    const response = await handler(
      new Request(`http://localhost${path}`, {
        method,
        headers: {
          ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return {
      body: text === "" ? null : isJson ? JSON.parse(text) : text,
      headers: response.headers,
      status: response.status,
    };
  };
}

/** The kind that a problem names. */
export function kindOf({ body }: Answer): string {
  return String(body?.type).replace("urn:jasmin-dashboard:problem:", "");
}

/** Everything that the tables of users and access hold, as text: for the search for secrets. */
export async function storedText({ sql }: Pick<World, "sql">): Promise<string> {
  const tables = ["api_keys", "audit_entries", "recovery_codes", "sessions", "users"];
  const texts = await Promise.all(tables.map(async (table) => {
    const rows = await sql`select row_to_json(t)::text as row from ${sql(table)} t`;
    return rows.map(({ row }) => row).join("\n");
  }));
  return texts.join("\n");
}
