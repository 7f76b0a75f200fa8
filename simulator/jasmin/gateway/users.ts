/** Groups, users and what the gateway counts about each user. */
import { createHash } from "node:crypto";
import type { Credential } from "./credentials.ts";

/** A value does not have the form that the gateway wants. */
export class InvalidParameterError extends Error {
  override name = "InvalidParameterError";
}

export interface Group {
  readonly gid: string;
  enabled: boolean;
}

export interface User {
  readonly uid: string;
  gid: string;
  readonly username: string;
  /** Hex MD5, the only form that the gateway keeps. */
  passwordHash: string;
  enabled: boolean;
  readonly mt: Credential;
  readonly smpps: Credential;
}

/** A user's counters, which outlive the user under the same uid until a restart. */
export interface UserActivity {
  readonly smpps: Map<string, number | Date>;
  readonly http: Map<string, number | Date>;
}

const UID = /^[A-Za-z0-9_-]{1,16}$/;
const USERNAME = /^[A-Za-z0-9_-]{1,15}$/;

/** @throws {InvalidParameterError} */
export function checkGid(gid: string): void {
  if (!UID.test(gid)) throw new InvalidParameterError("Group gid syntax is invalid");
}

/** @throws {InvalidParameterError} */
export function checkUid(uid: string): void {
  if (!UID.test(uid)) throw new InvalidParameterError("User uid syntax is invalid");
}

/** A user of these values. @throws {InvalidParameterError} */
export function newUser(
  values: { uid: string; gid: string; username: string; password: string },
  credentials: { mt: Credential; smpps: Credential },
): User {
  checkUid(values.uid);
  if (!USERNAME.test(values.username)) {
    throw new InvalidParameterError("User username syntax is invalid");
  }
  if (values.password.length === 0 || values.password.length > 16) {
    throw new InvalidParameterError("Invalid password length !");
  }
  return {
    uid: values.uid,
    gid: values.gid,
    username: values.username,
    passwordHash: md5(values.password),
    enabled: true,
    ...credentials,
  };
}

/** Hex MD5 of a binary string. */
export function md5(binary: string): string {
  return createHash("md5").update(binary, "latin1").digest("hex");
}

/** Fresh counters, in the order in which `stats --user` prints them. Zero times mean never. */
export function newActivity(): UserActivity {
  return {
    smpps: new Map([
      "bind_count",
      "unbind_count",
      "bound_connections_count",
      "submit_sm_request_count",
      "last_activity_at",
      "qos_last_submit_sm_at",
      "submit_sm_count",
      "deliver_sm_count",
      "data_sm_count",
      "elink_count",
      "throttling_error_count",
      "other_submit_error_count",
    ].map((name) => [name, 0])),
    http: new Map([
      "connects_count",
      "last_activity_at",
      "submit_sm_request_count",
      "balance_request_count",
      "rate_request_count",
      "qos_last_submit_sm_at",
    ].map((name) => [name, 0])),
  };
}
