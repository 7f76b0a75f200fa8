/** `group`. */
import type { OptionValues } from "../python/optparse.ts";
import { checkGid, InvalidParameterError } from "../gateway/users.ts";
import { given, MISSING } from "./given.ts";
import type { JcliSession, SubSession } from "./session.ts";

export function runGroup(session: JcliSession, values: OptionValues): void {
  const { gateway } = session;
  const enable = given(values, "enable");
  const disable = given(values, "disable");
  const remove = given(values, "remove");
  if (values["list"]) return list(session);
  if (values["add"]) {
    return session.enter("Adding a new Group: (ok: save, ko: exit)", adding(session));
  }
  const gid = enable ?? disable ?? remove;
  if (gid === undefined) return session.say(MISSING);
  const group = gateway.group(gid);
  if (group === undefined) return session.say(`Unknown Group: ${gid}`);
  if (enable !== undefined) {
    group.enabled = true;
    session.say(`Successfully enabled Group id:${gid}`);
  } else if (disable !== undefined) {
    group.enabled = false;
    session.say(`Successfully disabled Group id:${gid}`);
  } else {
    gateway.removeGroup(gid);
    session.say(`Successfully removed Group id:${gid}`);
  }
}

function list(session: JcliSession): void {
  const { groups } = session.gateway;
  if (groups.length > 0) session.print(`#${"Group id".padEnd(16)}`);
  for (const { gid, enabled } of groups) {
    session.print(`#${`${enabled ? "" : "!"}${gid}`.padEnd(16)}`);
  }
  session.say(`Total Groups: ${groups.length}`);
}

function adding(session: JcliSession): SubSession {
  let gid: string | undefined;
  return {
    completions: ["gid"],
    take(key, value) {
      if (key === undefined) return session.say();
      if (key === "ok") {
        if (gid === undefined) {
          return session.say("You must set Group id (gid) before saving !");
        }
        try {
          checkGid(gid);
        } catch (error) {
          if (!(error instanceof InvalidParameterError)) throw error;
          return session.say(`Error: ${error.message}`);
        }
        session.gateway.addGroup({ gid, enabled: true });
        session.print(`Successfully added Group [${gid}]`);
        return session.leave();
      }
      if (key !== "gid") return session.say(`Unknown Group key: ${key}`);
      gid = value;
      session.say();
    },
  };
}
