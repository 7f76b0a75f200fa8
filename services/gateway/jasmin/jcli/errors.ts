/**
 * What can go wrong on a jcli session, one class per thing that a caller can act on.
 * `bytesLeft` says whether any byte of the failed line was given to the network: when it is false
 * the gateway has not seen the line and nothing changed there.
 * @module
 */
import { UnavailableError, ValidationError } from "../../../errors/mod.ts";

interface JcliErrorOptions extends ErrorOptions {
  readonly bytesLeft?: boolean;
}

/** Base of everything that makes a jcli session unusable. */
export class JcliError extends UnavailableError {
  readonly bytesLeft: boolean;

  constructor(message: string, options: JcliErrorOptions = {}) {
    super(message, options);
    this.bytesLeft = options.bytesLeft ?? false;
  }
}

/** jcli refused the user name or the password. */
export class JcliAuthError extends JcliError {}

/** No prompt came in time; the session was closed, the line may have been carried out. */
export class JcliTimeoutError extends JcliError {}

/** The session is closed: by the gateway, by us, or because an earlier line failed. */
export class JcliClosedError extends JcliError {}

/** `guard` said no: this process may no longer write to the gateway. The session was closed. */
export class JcliGuardError extends JcliError {}

/** jcli answered with something that is not part of its protocol. The session was closed. */
export class JcliProtocolError extends JcliError {}

/** A reply of a known command has a line that no parser knows. Nothing is dropped silently. */
export class JcliParseError extends UnavailableError {
  /** The line of the reply, as received; empty when a line is missing. */
  readonly line: string;

  constructor(what: string, line: string) {
    super(`The gateway's answer has a line that is not ${what}: ${JSON.stringify(line)}`);
    this.line = line;
  }
}

/** jcli refused a value or an operation and nothing was changed. */
export class JcliRefusedError extends ValidationError {
  /** jcli's own words, secrets cut out. */
  readonly reply: string;

  constructor(field: string, reply: string) {
    super(field, `The gateway refused it: ${reply}`);
    this.reply = reply;
  }
}
