/**
 * The only way to a jcli line. jcli reads a terminal: a line break starts the next command, a TAB
 * asks for completion, ESC moves a cursor, a byte outside printable ASCII vanishes, and optparse
 * splits at each space with no quoting. So everything that could be read as anything but the value
 * is refused here, with the field's name. A value never stands alone on a line: a keyword of ours
 * always precedes it, so the values `ok`, `ko` and `quit` are only values.
 * @module
 */
import { ValidationError } from "../../../errors/mod.ts";

declare const encoded: unique symbol;
/** One line for jcli, without its line end. Made by this module alone. */
export type JcliLine = string & { readonly [encoded]: true };

/** Bytes in one line. jcli sets no limit; nothing that it knows needs more. */
export const MAX_LINE = 2048;

/** The commands that this client uses, with the options of each that it uses. */
const COMMANDS = {
  user: ["-l", "-a", "-e", "-d", "-u", "-r", "-s", "--smpp-unbind", "--smpp-ban"],
  group: ["-l", "-a", "-e", "-d", "-r"],
  smppccm: ["-l", "-a", "-u", "-r", "-s", "-1", "-0"],
  httpccm: ["-l", "-a", "-r", "-s"],
  filter: ["-l", "-a", "-r", "-s"],
  mtrouter: ["-l", "-a", "-r", "-s"],
  morouter: ["-l", "-a", "-r", "-s"],
  mtinterceptor: ["-l", "-a", "-r", "-s"],
  mointerceptor: ["-l", "-a", "-r", "-s"],
  stats: ["--user", "--users", "--smppc", "--smppcs", "--smppsapi", "--httpapi"],
} as const;

/** A command of jcli that takes an option. */
export type Command = keyof typeof COMMANDS;
/** An option of one command, as jcli writes it. */
export type Option<C extends Command> = (typeof COMMANDS)[C][number];

/** Writes the configuration to the profile that Jasmin loads when it starts. */
export const PERSIST = fixed("persist");
/** Saves what a sub-session has gathered. */
export const OK = fixed("ok");
/** Leaves a sub-session; nothing of it is kept. */
export const KO = fixed("ko");
/** Does nothing: its answer is the prompt. */
export const NOTHING = fixed("");
/** Ends the session. */
export const QUIT = fixed("quit");

/**
 * A command without a value, as in `smppccm -l`, or with one, as in `smppccm -s op_1`.
 * @param value One word, not empty; `field` names it in errors.
 * @throws {ValidationError} when the value can't be one word of a line
 */
export function line<C extends Command>(
  command: C,
  option: Option<C>,
  value?: { readonly field: string; readonly text: string },
): JcliLine {
  if (value === undefined) return fixed(`${command} ${option}`);
  const { field, text } = value;
  printable(field, text);
  if (text === "") throw new ValidationError(field, "Is empty: name the one that is meant");
  if (text.includes(" ")) {
    throw new ValidationError(
      field,
      `Has a space, which jcli can't carry: ${JSON.stringify(text)}`,
    );
  }
  return bounded(field, `${command} ${option} ${text}`);
}

/** `key value` of a sub-session. A key is one or more words of ours, joined by one space. */
export interface Setting {
  /** `port`, `mt_messaging_cred quota balance`... Never from a user. */
  readonly key: string;
  readonly value: string;
  /** The field's name in errors; `key` when absent. */
  readonly field?: string;
  /** The value is cut out of errors. */
  readonly secret?: boolean;
  /** jcli takes nothing after the key as the empty text (only `systype`). */
  readonly mayBeEmpty?: boolean;
}

const KEY = /^[A-Za-z][A-Za-z0-9_]*(?: [A-Za-z0-9_]+)*$/;

/** These words do something when they stand where a key is expected. */
const ACTING_WORDS = new Set(["ok", "ko", "quit"]);

/**
 * The line that sets one key of a sub-session. Inner spaces are kept as they are; jcli strips the
 * outer ones, so a value with an outer space is refused rather than changed.
 * @throws {ValidationError} when the value can't be carried unchanged
 */
export function setting(item: Setting): JcliLine {
  const { key, value } = item;
  if (!KEY.test(key) || ACTING_WORDS.has(key)) throw new TypeError(`Not a key of jcli: ${key}`);
  const field = item.field ?? key;
  if (item.secret) {
    withoutValue(() => printable(field, value), field);
  } else {
    printable(field, value);
  }
  if (value === "") {
    if (item.mayBeEmpty) return fixed(key);
    throw new ValidationError(field, "Is empty");
  }
  if (value !== value.trim()) {
    throw new ValidationError(field, "Begins or ends with a space, which jcli would drop");
  }
  return bounded(field, `${key} ${value}`);
}

/**
 * The user name or password of the login. They stand alone on their line, but jcli reads none of
 * its commands before the login.
 * @throws {ValidationError} without the value
 */
export function credential(field: "username" | "password", value: string): JcliLine {
  withoutValue(() => printable(field, value), field);
  if (value === "" || value !== value.trim()) {
    throw new ValidationError(field, "Is empty, or begins or ends with a space");
  }
  return bounded(field, value);
}

/** The value that a line made by `line` or `setting` carries: the inverse, for tests and checks. */
export function valueOf(encodedLine: JcliLine, prefix: string): string {
  return encodedLine === prefix ? "" : encodedLine.slice(prefix.length + 1);
}

function printable(field: string, text: string): void {
  for (const character of text) {
    if (character >= " " && character <= "~") continue;
    throw new ValidationError(
      field,
      `Has the character ${nameOf(character)}: jcli carries printable ASCII only`,
    );
  }
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function withoutValue(check: () => void, field: string): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    // Not the cause: its words name a character of the secret.
    throw new ValidationError(field, "Has a character that jcli can't carry: use printable ASCII");
  }
}

function bounded(field: string, text: string): JcliLine {
  if (text.length > MAX_LINE) {
    const over = text.length - MAX_LINE;
    throw new ValidationError(field, `Is too long for one line of jcli, by ${over} characters`);
  }
  return fixed(text);
}

function fixed(text: string): JcliLine {
  // The brand exists in types only: this is the one place that grants it.
  return text as JcliLine;
}
