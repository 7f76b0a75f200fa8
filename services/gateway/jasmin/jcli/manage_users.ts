/**
 * Users and groups over jcli.
 * @module
 */
import { ConflictError, NotFoundError, ValidationError } from "../../../errors/mod.ts";
import {
  GatewayUserChanges,
  GroupId,
  type GroupManager,
  NewGatewayUser,
  UserCredentials,
  UserId,
  type UserManager,
} from "../../model.ts";
import { act, read, save } from "./dialogue.ts";
import { line, type Setting } from "./encode.ts";
import { parseGroupList, parseUser, parseUserList } from "./parse_users.ts";
import { refuseBadPattern } from "./python_regex.ts";
import type { Send, Turn } from "./session.ts";
import { checked } from "../checked.ts";
import { wireValue } from "./wire_values.ts";

export function groupManager(turn: Turn): GroupManager {
  const listed = async (send: Send, signal?: AbortSignal) =>
    parseGroupList(await read(send, line("group", "-l"), signal));
  const change = async (
    option: "-e" | "-d" | "-r",
    gid: string,
    signal: AbortSignal | undefined,
  ) => {
    const command = line("group", option, { field: "gid", text: checked(GroupId, gid, "gid") });
    await turn((send) => act(send, command, DONE, signal), signal);
  };
  return {
    list: ({ signal } = {}) => turn((send) => listed(send, signal), signal),
    add: async (input, { signal } = {}) => {
      const gid = checked(GroupId, input, "gid");
      await turn(async (send) => {
        if ((await listed(send, signal)).some((each) => each.gid === gid)) {
          throw new ConflictError(`The gateway already has a group ${gid}`);
        }
        await save(send, {
          open: line("group", "-a"),
          settings: [{ key: "gid", value: gid }],
          success: /^Successfully added Group \[/,
        }, signal);
      }, signal);
    },
    enable: (gid, { signal } = {}) => change("-e", gid, signal),
    disable: (gid, { signal } = {}) => change("-d", gid, signal),
    remove: (gid, { signal } = {}) => change("-r", gid, signal),
  };
}

export function userManager(turn: Turn): UserManager {
  const listed = async (send: Send, signal?: AbortSignal) =>
    parseUserList(await read(send, line("user", "-l"), signal));
  const change = async (
    option: "-e" | "-d" | "-r" | "--smpp-unbind" | "--smpp-ban",
    uid: string,
    signal: AbortSignal | undefined,
  ) => {
    const command = line("user", option, { field: "uid", text: checked(UserId, uid, "uid") });
    await turn((send) => act(send, command, DONE, signal), signal);
  };
  return {
    list: ({ signal } = {}) => turn((send) => listed(send, signal), signal),
    show: async (uid, { signal } = {}) => {
      const command = line("user", "-s", { field: "uid", text: checked(UserId, uid, "uid") });
      return parseUser(await turn((send) => read(send, command, signal), signal));
    },
    add: async (input, { signal } = {}) => {
      const { uid, gid, username, password, credentials } = checked(NewGatewayUser, input);
      const settings: readonly Setting[] = [
        { key: "uid", value: uid },
        { key: "gid", value: gid },
        { key: "username", value: username },
        { key: "password", value: password, secret: true },
        ...credentialSettings(credentials ?? {}, "add"),
      ];
      await turn(async (send) => {
        // jcli replaces a user of the same uid or the same user name, and says "added".
        for (const each of await listed(send, signal)) {
          if (each.uid === uid) throw new ConflictError(`The gateway already has a user ${uid}`);
          if (each.username === username) {
            throw new ConflictError(
              `The gateway already has the user name ${username}: its uid is ${each.uid}`,
            );
          }
        }
        await save(send, {
          open: line("user", "-a"),
          settings,
          success: /^Successfully added User \[/,
        }, signal);
      }, signal);
    },
    update: async (uid, input, { signal } = {}) => {
      const { gid, password, credentials } = checked(GatewayUserChanges, input);
      const settings: readonly Setting[] = [
        ...(gid === undefined ? [] : [{ key: "gid", value: gid }]),
        ...(password === undefined ? [] : [{ key: "password", value: password, secret: true }]),
        ...credentialSettings(credentials ?? {}, "update"),
      ];
      const open = line("user", "-u", { field: "uid", text: checked(UserId, uid, "uid") });
      await turn(async (send) => {
        const said = await save(send, {
          open,
          settings,
          success: /^Successfully updated User \[/,
        }, signal);
        if (said.length > 0) {
          throw new NotFoundError(`The gateway has no such setting: ${said.join(" ")}`);
        }
      }, signal);
    },
    enable: (uid, { signal } = {}) => change("-e", uid, signal),
    disable: (uid, { signal } = {}) => change("-d", uid, signal),
    remove: (uid, { signal } = {}) => change("-r", uid, signal),
    unbind: (uid, { signal } = {}) => change("--smpp-unbind", uid, signal),
    ban: (uid, { signal } = {}) => change("--smpp-ban", uid, signal),
  };
}

const DONE =
  /^Successfully (?:enabled|disabled|removed|unbound|unbound and banned) (?:User|Group) id:/;

/** Where each section of the model stands in jcli. */
const SECTIONS = {
  authorization: () => "mt_messaging_cred authorization",
  valuefilter: () => "mt_messaging_cred valuefilter",
  defaultvalue: () => "mt_messaging_cred defaultvalue",
  quota: () => "mt_messaging_cred quota",
  smpps: (key: string) => `smpps_cred ${key === "max_bindings" ? "quota" : "authorization"}`,
} as const satisfies Record<keyof UserCredentials, (key: string) => string>;

function credentialSettings(
  credentials: UserCredentials,
  purpose: "add" | "update",
): readonly Setting[] {
  return Object.entries(checked(UserCredentials, credentials)).flatMap(([name, section]) =>
    Object.entries(section ?? {}).flatMap(([key, value]) => {
      if (value === undefined) return [];
      const field = `credentials.${name}.${key}`;
      if (name === "valuefilter" && typeof value === "string") refuseBadPattern(field, value);
      if (purpose === "update" && typeof value === "string" && /^[+-]/.test(value)) {
        throw new ValidationError(
          field,
          "Must not begin with + or - in a change: the gateway takes that for a difference",
        );
      }
      // The section's name is one of the schema's, which `Object.entries` forgets.
      const prefix = SECTIONS[name as keyof UserCredentials](key);
      return [{ key: `${prefix} ${key}`, value: wireValue(value), field }];
    })
  );
}
