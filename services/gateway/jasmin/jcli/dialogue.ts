/**
 * The four kinds of talk that jcli has: reading, acting, filling in a sub-session, persisting; and
 * what its refusals mean.
 * @module
 */
import { ConflictError, NotFoundError, UnavailableError } from "../../../errors/mod.ts";
import { type JcliLine, OK, PERSIST, type Setting, setting } from "./encode.ts";
import { JcliProtocolError, JcliRefusedError } from "./errors.ts";
import { DEADLINE_MS, LONG_DEADLINE_MS, type Send } from "./session.ts";

const UNKNOWN =
  /^Unknown (?:User|Group|connector|Httpcc|Filter|M[OT] Route|M[OT] Interceptor): (.*)$/;
const FAILED = /^Failed .*, check log for details$/;
const ANNOUNCED = /\(ok: save, ko: exit\)$/;
/** What `type` is answered with: the parameters that the type takes, on two lines. */
const ARGUMENTS = /^<class '[\w.]+'> arguments:$/;
const PERSISTED = /^(\w+) configuration persisted \(profile:jcli-prod\)$/;
const PERSISTED_PARTS = 9;

/** A command that only reads: its lines. */
export async function read(
  send: Send,
  line: JcliLine,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const reply = await send(line, { deadlineMs: DEADLINE_MS, ...(signal && { signal }) });
  throwIfUnknown(reply.lines);
  if (reply.prompt !== "command") {
    throw new JcliProtocolError("jcli opened a sub-session where a list was asked for");
  }
  return reply.lines;
}

/**
 * A command that changes something at once.
 * @throws {NotFoundError} when jcli doesn't know what is named
 * @throws {ConflictError} when the gateway could not do it
 */
export async function act(
  send: Send,
  line: JcliLine,
  success: RegExp,
  signal?: AbortSignal,
): Promise<void> {
  const reply = await send(line, { deadlineMs: LONG_DEADLINE_MS, ...(signal && { signal }) });
  if (reply.lines.some((each) => success.test(each))) return;
  throwIfUnknown(reply.lines);
  const text = reply.lines.join(" ");
  if (reply.lines.some((each) => FAILED.test(each))) {
    throw new ConflictError(`The gateway could not do it: ${text}`);
  }
  throw new JcliProtocolError(`jcli answered with something unexpected: ${text}`);
}

/** What a sub-session is to save. */
export interface Form {
  /** The line that opens it: `-a`, or `-u` with the id. */
  readonly open: JcliLine;
  readonly settings: readonly Setting[];
  readonly success: RegExp;
  /** Milliseconds for `ok`. @default LONG_DEADLINE_MS */
  readonly saveDeadlineMs?: number;
  /** Finds the field that a refusal at `ok` is about; null when it isn't known. */
  readonly fieldOf?: (reply: string) => string | null;
}

/**
 * Opens a sub-session, sets each key, saves. All lines are encoded before the first one leaves. The
 * session itself leaves the sub-session when this throws.
 * @returns the lines that came before the line of success (a restart that failed, for one)
 * @throws {JcliRefusedError} with the field that jcli refused
 */
export async function save(
  send: Send,
  form: Form,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const lines = form.settings.map((item) => [item, setting(item)] as const);
  const options = { deadlineMs: DEADLINE_MS, ...(signal && { signal }) };

  const opened = await send(form.open, options);
  throwIfUnknown(opened.lines);
  if (opened.prompt !== "session" || !opened.lines.some((each) => ANNOUNCED.test(each))) {
    throw new JcliProtocolError(`jcli opened no sub-session: ${opened.lines.join(" ")}`);
  }
  for (const [item, line] of lines) {
    const reply = await send(line, options);
    const [first, ...rest] = reply.lines;
    const accepted = first === undefined || (ARGUMENTS.test(first) && rest.length === 1);
    if (accepted && reply.prompt === "session") continue;
    throw new JcliRefusedError(item.field ?? item.key, said(reply.lines, form));
  }
  const deadlineMs = form.saveDeadlineMs ?? LONG_DEADLINE_MS;
  const saved = await send(OK, { ...options, deadlineMs });
  const at = saved.lines.findIndex((each) => form.success.test(each));
  if (saved.prompt === "command" && at >= 0) return saved.lines.slice(0, at);
  const text = said(saved.lines, form);
  if (saved.lines.some((each) => FAILED.test(each))) {
    throw new ConflictError(`The gateway could not do it: ${text}`);
  }
  throw new JcliRefusedError(form.fieldOf?.(text) ?? fieldIn(text, form) ?? "settings", text);
}

/** @throws {UnavailableError} naming the parts that were not written */
export async function persist(send: Send, signal?: AbortSignal): Promise<void> {
  const { lines } = await send(PERSIST, {
    deadlineMs: LONG_DEADLINE_MS,
    ...(signal && { signal }),
  });
  const written = lines.filter((line) => PERSISTED.test(line));
  const failed = lines.filter((line) => !PERSISTED.test(line));
  if (failed.length === 0 && written.length === PERSISTED_PARTS) return;
  throw new UnavailableError(
    `The gateway's configuration is in effect but was not written to its disk: ${
      failed.join("; ") || `only ${written.length} of ${PERSISTED_PARTS} parts were reported`
    }`,
  );
}

function throwIfUnknown(lines: readonly string[]): void {
  const [first = ""] = lines;
  if (UNKNOWN.test(first)) throw new NotFoundError(`The gateway has no such thing: ${first}`);
}

/** The reply in one line, with every secret of the form cut out. */
function said(lines: readonly string[], form: Form): string {
  const secrets = form.settings.filter((item) => item.secret && item.value !== "");
  return secrets.reduce(
    (text, { value }) => text.replaceAll(value, "[secret]"),
    lines.join(" "),
  );
}

function fieldIn(text: string, form: Form): string | null {
  const named = form.settings.find(({ key }) => {
    const word = key.split(" ").at(-1) ?? key;
    return text.split(/\W+/).includes(word);
  });
  return named === undefined ? null : named.field ?? named.key;
}
