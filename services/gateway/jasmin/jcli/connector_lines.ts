/**
 * A connector's settings as the lines of jcli that set them: what is sent, and what a form shows of
 * it before. Light, for islands show it too.
 * @module
 */
import { KEY_NAMES, type SettingChanges } from "../../connector_keys.ts";
import type { Setting } from "./encode.ts";
import { wireValue } from "./wire_values.ts";

/** The settings in the order of the form, however they are given; what is undefined is left out. */
export function connectorSettings(changes: SettingChanges): readonly Setting[] {
  return KEY_NAMES.flatMap((key) => {
    const value = changes[key];
    return value === undefined ? [] : [{
      key,
      value: wireValue(value),
      ...(key === "password" && { secret: true }),
      ...(key === "systype" && { mayBeEmpty: true }),
    }];
  });
}

/** What stands for a password that is not shown. */
export const MASK = "********";

/**
 * The whole exchange of an addition (`cid` is new) or a change, as the gateway's session sends it.
 * Nothing to change: nothing is sent.
 */
export function connectorLines(
  action: "add" | "update",
  cid: string,
  changes: SettingChanges,
): readonly string[] {
  const settings = connectorSettings(changes).map(({ key, value, secret }) =>
    value === "" ? key : `${key} ${secret === true ? MASK : value}`
  );
  if (action === "add") {
    return ["smppccm -a", `cid ${cid}`, ...settings, "ok", "persist"];
  }
  return settings.length === 0 ? [] : [`smppccm -u ${cid}`, ...settings, "ok", "persist"];
}
