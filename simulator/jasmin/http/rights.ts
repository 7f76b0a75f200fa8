/** What a user may ask of the HTTP API: its authorizations and value filters. */
import type { PyRegex } from "../python/regex.ts";
import type { User } from "../gateway/users.ts";
import type { Arguments } from "./arguments.ts";
import { HttpError } from "./errors.ts";

/** Argument, authorization, and what is not authorized without it. */
const SEND_RIGHTS: readonly (readonly [string, string, string])[] = [
  ["dlr-level", "set_dlr_level", "Setting dlr level"],
  ["dlr-method", "http_set_dlr_method", "Setting dlr method"],
  ["from", "set_source_address", "Setting source address"],
  ["priority", "set_priority", "Setting priority"],
  ["validity-period", "set_validity_period", "Setting validity period"],
  ["hex-content", "set_hex_content", "Setting hex content"],
  ["sdt", "set_schedule_delivery_time", "Setting schedule delivery time"],
];

/** Argument, filter, and the pattern that is not even tried. */
const SEND_FILTERS: readonly (readonly [string, string, string])[] = [
  ["to", "destination_address", ".*"],
  ["from", "source_address", ".*"],
  ["priority", "priority", "^[0-3]$"],
  ["validity-period", "validity_period", ".*"],
  ["content", "content", ".*"],
];

function denied(user: User, reason: string): HttpError {
  return new HttpError(
    400,
    `Authorization failed for user [${user.username}] (${reason}).`,
    "CredentialValidationError",
  );
}

function allowed(user: User, right: string): boolean {
  return user.mt.authorizations.get(right) === true;
}

/**
 * Checks a user's right to a plain request.
 * @throws {HttpError} 400
 */
export function requireRight(user: User, right: string, reason: string): void {
  if (!allowed(user, right)) throw denied(user, reason);
}

/**
 * Checks a message against the sender's rights and filters.
 * @param content the message's bytes as they go to the operator
 * @throws {HttpError} 400, or 500 where the gateway fails on a number from JSON
 */
export function checkSend(user: User, args: Arguments, parts: number, content: string): void {
  requireRight(user, "http_send", "Cannot send MT messages");
  if (parts > 1) requireRight(user, "http_long_content", "Long content not authorized");
  for (const [argument, right, what] of SEND_RIGHTS) {
    if (args.has(argument)) requireRight(user, right, `${what} not authorized`);
  }
  for (const [name, filter, passing] of SEND_FILTERS) {
    const argument = args.get(name);
    const regex: PyRegex | undefined = user.mt.filters.get(filter);
    if (argument === undefined || regex === undefined || regex.pattern === passing) continue;
    if (argument.kind !== "bytes") {
      if (name === "validity-period" && argument.kind !== "float") continue;
      throw new HttpError(
        500,
        `Unknown error: expected string or bytes-like object, got '${argument.kind}'`,
      );
    }
    if (!regex.matches(name === "content" ? content : argument.bytes)) {
      throw new HttpError(
        400,
        `Value filter failed for user [${user.username}] (${filter} filter mismatch).`,
        "CredentialValidationError",
      );
    }
  }
}
