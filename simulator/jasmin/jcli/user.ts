/** `user`. */
import {
  type Credential,
  MT_SHAPE,
  newCredential,
  quotaText,
  type Section,
  SMPPS_SHAPE,
  SMPPS_SHAPE_WITH_IP,
} from "../gateway/credentials.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { InvalidParameterError, md5, newUser, type User } from "../gateway/users.ts";
import type { OptionValues } from "../python/optparse.ts";
import { given, MISSING } from "./given.ts";
import { applyChange, type CredentialChange, readCredentialLine } from "./credential_lines.ts";
import type { JcliSession, SubSession } from "./session.ts";

const KEYS = ["uid", "gid", "username", "password", "mt_messaging_cred", "smpps_cred"];

export function runUser(session: JcliSession, values: OptionValues, argument: string): void {
  if (values["list"]) return list(session, argument === "" ? undefined : argument);
  if (values["add"]) {
    return session.enter("Adding a new User: (ok: save, ko: exit)", adding(session));
  }
  for (const [option, action] of Object.entries(ACTIONS)) {
    const uid = given(values, option);
    if (uid === undefined) continue;
    const user = session.gateway.user(uid);
    return user === undefined ? session.say(`Unknown User: ${uid}`) : action(session, user);
  }
  session.say(MISSING);
}

const ACTIONS: Readonly<Record<string, (session: JcliSession, user: User) => void>> = {
  enable(session, user) {
    user.enabled = true;
    session.say(`Successfully enabled User id:${user.uid}`);
  },
  disable(session, user) {
    user.enabled = false;
    session.say(`Successfully disabled User id:${user.uid}`);
  },
  update(session, user) {
    session.enter(`Updating User id [${user.uid}]: (ok: save, ko: exit)`, updating(session, user));
  },
  remove(session, user) {
    session.gateway.removeUser(user.uid);
    session.say(`Successfully removed User id:${user.uid}`);
  },
  show,
  "smpp-unbind"(session, user) {
    session.say(`Successfully unbound User id:${user.uid}`);
  },
  "smpp-ban"(session, user) {
    user.smpps.authorizations.set("bind", false);
    session.say(`Successfully unbound and banned User id:${user.uid}`);
  },
};

function smppsShape(gateway: Gateway) {
  return gateway.later ? SMPPS_SHAPE_WITH_IP : SMPPS_SHAPE;
}

function quotaOr(credential: Credential, key: string, unlimited: string): string {
  const value = credential.quotas.get(key) ?? null;
  return value === null ? unlimited : quotaText(credential, key, value);
}

function list(session: JcliSession, gid: string | undefined): void {
  const { gateway } = session;
  const users = gateway.users.filter((user) => gid === undefined || user.gid === gid);
  const row = (cells: readonly string[]) => {
    const widths = [16, 16, 16, 7, 6, 8];
    session.print(`#${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" ")}`);
  };
  if (users.length > 0) {
    row(["User id", "Group id", "Username", "Balance", "MT SMS", "Throughput"]);
  }
  for (const { uid, gid, username, enabled, mt } of users) {
    const balance = quotaOr(mt, "balance", "ND");
    const count = quotaOr(mt, "submit_sm_count", "ND");
    const unlimited = balance === "ND" && count === "ND";
    row([
      `${enabled ? "" : "!"}${uid}`,
      `${gateway.group(gid)?.enabled === false ? "!" : ""}${gid}`,
      username,
      unlimited ? "ND (!)" : balance,
      unlimited ? "ND (!)" : count,
      `${quotaOr(mt, "http_throughput", "ND")}/${quotaOr(mt, "smpps_throughput", "ND")}`,
    ]);
  }
  const where = gid === undefined ? "Total Users" : `Total Users in group [${gid}]`;
  session.say(`${where}: ${users.length}`);
}

function show(session: JcliSession, user: User): void {
  session.print(`uid ${user.uid}`);
  session.print(`gid ${user.gid}`);
  session.print(`username ${user.username}`);
  showCredential(session, "mt_messaging_cred", user.mt);
  showCredential(session, "smpps_cred", user.smpps);
  session.say();
}

function showCredential(session: JcliSession, name: string, credential: Credential): void {
  for (const [sectionName, keys] of Object.entries(credential.shape.sections)) {
    // The names are the keys of a record by Section.
    const section = sectionName as Section;
    for (const [short, long] of Object.entries(keys)) {
      const value = shownValue(credential, section, long);
      session.print(`${name} ${section.toLowerCase()} ${short} ${value}`);
    }
  }
}

function shownValue(credential: Credential, section: Section, key: string): string {
  switch (section) {
    case "Authorization": {
      const value = credential.authorizations.get(key);
      return typeof value === "string" ? value : value ? "True" : "False";
    }
    case "ValueFilter":
      return credential.filters.get(key)?.pattern ?? "";
    case "DefaultValue":
      return credential.defaults.get(key) ?? "None";
    case "Quota":
      return quotaOr(credential, key, "ND");
  }
}

function adding(session: JcliSession): SubSession {
  const { gateway } = session;
  const texts = new Map<string, string>();
  const mt = newCredential(MT_SHAPE);
  const smpps = newCredential(smppsShape(gateway));
  return {
    completions: KEYS,
    take(key, value) {
      if (key === undefined) return session.say();
      if (key === "ok") return save(session, texts, { mt, smpps });
      if (!KEYS.includes(key)) return session.say(`Unknown User key: ${key}`);
      if (key === "mt_messaging_cred" || key === "smpps_cred") {
        const credential = key === "smpps_cred" ? smpps : mt;
        const change = readCredentialLine(key, credential.shape, value, false);
        if (typeof change === "string") return session.say(change);
        applyChange(credential, change, false);
      } else if (key === "gid" && gateway.group(value) === undefined) {
        return session.say(`Unknown Group gid:${value}, you must first create the Group`);
      } else texts.set(key, value);
      session.say();
    },
  };
}

function save(
  session: JcliSession,
  texts: ReadonlyMap<string, string>,
  credentials: { mt: Credential; smpps: Credential },
): void {
  const [uid, gid, username, password] = ["uid", "gid", "username", "password"]
    .map((key) => texts.get(key));
  if (
    uid === undefined || gid === undefined || username === undefined || password === undefined
  ) {
    return session.say(
      "You must set User id (uid), group (gid), username and password before saving !",
    );
  }
  let user: User;
  try {
    user = newUser({ uid, gid, username, password }, credentials);
  } catch (error) {
    if (!(error instanceof InvalidParameterError)) throw error;
    return session.say(`Error: ${error.message}`);
  }
  if (!session.gateway.addUser(user)) {
    return session.say("Failed adding User, check log for details");
  }
  session.print(`Successfully added User [${uid}] to Group [${gid}]`);
  session.leave();
}

function updating(session: JcliSession, { uid }: User): SubSession {
  const { gateway } = session;
  const texts = new Map<string, string>();
  const changes = new Map<string, { credential: "mt" | "smpps"; change: CredentialChange }>();
  return {
    completions: KEYS,
    take(key, value) {
      if (key === undefined) return session.say();
      if (key === "ok") {
        if (texts.size + changes.size === 0) return session.say("Nothing to save");
        const user = gateway.user(uid);
        if (user !== undefined) {
          for (const { credential, change } of changes.values()) {
            applyChange(user[credential], change, true);
          }
          user.gid = texts.get("gid") ?? user.gid;
          const password = texts.get("password");
          if (password !== undefined) user.passwordHash = md5(password);
        }
        session.print(`Successfully updated User [${uid}]`);
        return session.leave();
      }
      if (!KEYS.includes(key)) return session.say(`Unknown User key: ${key}`);
      if (key === "uid") return session.say("User id can not be modified !");
      if (key === "username") return session.say("User username can not be modified !");
      if (key === "mt_messaging_cred" || key === "smpps_cred") {
        const shape = key === "smpps_cred" ? smppsShape(gateway) : MT_SHAPE;
        const change = readCredentialLine(key, shape, value, true);
        if (typeof change === "string") return session.say(change);
        const credential = key === "smpps_cred" ? "smpps" : "mt";
        changes.set(`${credential} ${change.section} ${change.key}`, { credential, change });
      } else if (key === "gid" && gateway.group(value) === undefined) {
        return session.say(`Unknown Group gid:${value}, you must first create the Group`);
      } else texts.set(key, value);
      session.say();
    },
  };
}
