/**
 * Every page of the site, declared once: what is looked at in each theme, width and language.
 * @module
 */
import type { Role } from "../../services/accounts/mod.ts";
import { numberFor } from "../integration/stack.ts";
import { until } from "../until.ts";
import type { Site } from "./site.ts";

/** What pages show: something of each kind. */
export interface Furniture {
  readonly messageId: string;
  readonly userId: string;
  readonly wallId: string;
  /** Path of the display that stands on the wall. */
  readonly wallPath: string;
}

/** A page to be looked at. */
export interface SitePage {
  readonly name: string;
  readonly path: string | ((furniture: Furniture) => string);
  /** Who looks; null for who is not signed in. @default super_admin */
  readonly as?: Role | null;
  /** What the page itself answers. @default 200 */
  readonly status?: number;
  /** Whether it follows the live stream. @default false */
  readonly live?: boolean;
  /** Whether it is made for a phone too; a wall display is not. @default true */
  readonly phone?: boolean;
}

/** An id of nothing. */
const NOTHING = "0198c0de-7f3a-7b5c-9d2e-000000000000";

/** All of them. The steps of forms (a code asked for, a key shown once) are in the flows' tests. */
export const SITE_PAGES: readonly SitePage[] = [
  { name: "sign in", path: "/sign-in", as: null },
  { name: "signed out everywhere", path: "/sign-in?out=everywhere", as: null },
  { name: "first steps", path: "/welcome" },
  { name: "dashboard", path: "/", live: true },
  { name: "dashboard of a client", path: "/", as: "client", live: true },
  { name: "dashboard, a week", path: "/?range=week" },
  { name: "connectors", path: "/connectors", live: true },
  { name: "connectors, none matches", path: "/connectors?q=nobody", live: true },
  { name: "a connector", path: "/connectors/op_main?range=day", live: true },
  { name: "new connector", path: "/connectors/add/smpp" },
  { name: "new connector, a clone", path: "/connectors/add/smpp?clone=op_main" },
  { name: "settings of a connector", path: "/connectors/op_main/edit" },
  { name: "deletion of a connector", path: "/connectors/op_main/delete" },
  { name: "HTTP connectors", path: "/http-connectors" },
  { name: "messages", path: "/messages", live: true },
  { name: "messages, one beside", path: (f) => `/messages?open=${f.messageId}`, live: true },
  { name: "messages, none matches", path: "/messages?state=failed&range=hour", live: true },
  { name: "a message", path: (f) => `/messages/${f.messageId}`, live: true },
  { name: "compose", path: "/messages/new", live: true },
  { name: "inbox", path: "/inbox", live: true },
  { name: "inbox, an older page", path: `/inbox?cursor=${NOTHING}` },
  { name: "walls", path: "/walls" },
  { name: "new wall", path: "/walls/new" },
  { name: "a wall", path: (f) => `/walls/${f.wallId}` },
  { name: "wall display", path: (f) => f.wallPath, as: null, phone: false },
  { name: "wall display, revoked", path: "/wall/wd_none", as: null, status: 410, phone: false },
  { name: "users", path: "/users" },
  { name: "roles", path: "/users/roles" },
  { name: "new user", path: "/users/new" },
  { name: "a user", path: (f) => `/users/${f.userId}` },
  { name: "profile", path: "/profile" },
  { name: "API keys", path: "/api-keys" },
  { name: "new API key", path: "/api-keys/new" },
  { name: "audit log", path: "/audit" },
  { name: "audit log, one entry", path: "/audit?entry=1&range=day" },
  { name: "API reference", path: "/api/docs" },
  { name: "API reference, a request", path: "/api/docs?op=postMessagesSend" },
  { name: "not found", path: "/nowhere", status: 404 },
  { name: "not found, signed out", path: "/nowhere", as: null, status: 404 },
  { name: "forbidden", path: "/users", as: "analyst", status: 403 },
];

/** Puts something of each kind into a site. */
export async function furnish(site: Site): Promise<Furniture> {
  const { gateway } = site.stack;
  const operator = await site.stack.user("super_admin");
  const text = "Your code is 4711. It works for ten minutes. ¿Quién eres? 🌼";
  const ends = ["delivered", "undelivered", "expired", "rejected"] as const;
  const sent: string[] = [];
  for (const end of ends) {
    const { body } = await operator.post("/api/v1/messages/send", { to: numberFor(end), text });
    sent.push(body.id);
  }
  gateway.receiveMo({ cid: "op_main", from: "34600999999", to: "22001", content: "STOP" });
  const user = await operator.post("/api/v1/users", {
    name: "Maximiliane Aurora Weissenberger-Hollenstein of the night shift",
    email: "maximiliane.aurora.weissenberger-hollenstein@operations.example.test",
    password: "a password of tests",
    role: "campaign_manager",
  });
  await operator.post("/api/v1/api-keys", {
    name: "Reports of the night",
    scopes: ["messages:read", "metrics:read", "connectors:read"],
  });
  const wall = await operator.post("/api/v1/walls", {
    name: "Operations room",
    panels: ["figures", "connectors", "alerts"],
  });
  const [messageId = ""] = sent;
  await until("the messages to end", 30, async () => {
    const { items } = await operator.get("/api/v1/messages?limit=10");
    return items.every(({ state }: { state: string }) =>
      !["queued", "sending", "accepted", "sent"].includes(state)
    );
  });
  await until("the MO", 30, async () => (await operator.get("/api/v1/inbox")).items.length > 0);
  return {
    messageId,
    userId: user.body.id,
    wallId: wall.body.display.id,
    wallPath: wall.body.path,
  };
}
