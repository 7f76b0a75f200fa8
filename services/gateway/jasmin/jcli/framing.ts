/**
 * Where one jcli reply ends. jcli sends no length and no end mark: a reply is the echo of the line,
 * the text, and a prompt that no line end follows.
 * @module
 */

/** The prompts of jcli: of the login, of the command level, and inside an add or update. */
export type Prompt = "username" | "password" | "command" | "session";

const COMMAND_PROMPT = "jcli : ";

const PROMPTS: ReadonlyMap<string, Prompt> = new Map([
  ["Username: ", "username"],
  ["Password: ", "password"],
  [COMMAND_PROMPT, "command"],
  ["> ", "session"],
]);

/** One whole reply, without echo, line ends and prompts. */
export interface Reply {
  readonly lines: readonly string[];
  readonly prompt: Prompt;
}

/** `more`: wait for bytes. `desync`: this is not the answer to that line, or more than that. */
export type Framed =
  | { readonly kind: "more" }
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "desync" };

const MORE: Framed = { kind: "more" };

/**
 * Texts that jcli follows with a prompt and then goes on: what Python's optparse says of a bad
 * option (the usage comes as a second reply), and two failures of one manager within `persist`.
 */
const GOES_ON =
  /^(?:no such option: |ambiguous option: |option \S+: |\S+ option requires |\S+ option does not take |Cannot persist to |Unknown error occurred while persisting )/;

/** Each line end arrives as CR CR CR LF: every CR is noise. */
export function withoutCarriageReturns(text: string): string {
  return text.replaceAll("\r", "");
}

/** The prompt that ends `text`; null when it doesn't end with one alone on its line. */
export function promptAtEnd(text: string): Prompt | null {
  const last = text.slice(text.lastIndexOf("\n") + 1);
  const several = last.length > COMMAND_PROMPT.length && withoutPrompts(last).text === "";
  return several ? "command" : PROMPTS.get(last) ?? null;
}

/**
 * Reads the reply to `sent` from all text received since it was sent (CR already dropped). `sent`
 * is null for a line whose characters are not echoed (the password): its line end still is.
 */
export function frame(received: string, sent: string | null): Framed {
  const echo = `${sent ?? ""}\n`;
  if (!received.startsWith(echo)) return echo.startsWith(received) ? MORE : { kind: "desync" };
  const prompt = promptAtEnd(received.slice(echo.length - 1));
  if (prompt === null) return MORE;
  const lines = splitLines(received.slice(echo.length, received.lastIndexOf("\n") + 1));
  if (prompt !== "command") return { kind: "reply", reply: { lines, prompt } };

  const last = received.slice(received.lastIndexOf("\n") + 1);
  const cleaned = lines.map(withoutPrompts);
  const seen = cleaned.reduce((sum, line) => sum + line.prompts, withoutPrompts(last).prompts);
  const due = 1 + cleaned.filter((line) => GOES_ON.test(line.text)).length;
  if (seen !== due) return seen < due ? MORE : { kind: "desync" };
  return { kind: "reply", reply: { lines: cleaned.map((line) => line.text), prompt } };
}

/** The lines of a text in which every line is ended by LF. */
export function splitLines(body: string): readonly string[] {
  return body === "" ? [] : body.replace(/\n$/, "").split("\n");
}

function withoutPrompts(line: string): { text: string; prompts: number } {
  let start = 0;
  while (line.startsWith(COMMAND_PROMPT, start)) start += COMMAND_PROMPT.length;
  return { text: line.slice(start), prompts: start / COMMAND_PROMPT.length };
}
