/** One jcli connection from its greeting to its end. */
import type { Gateway } from "../gateway/gateway.ts";
import { md5 } from "../gateway/users.ts";
import type { Filter } from "../gateway/filters.ts";
import type { HttpConnector } from "../gateway/routes.ts";
import { formatHelp, OptParseError, parseOptions } from "../python/optparse.ts";
import { type Command, COMMANDS, CONTROL_COMMANDS, HELP, notHelped } from "./commands.ts";
import { LineEditor, SessionCrash } from "./line_editor.ts";

/** Lines between `-a` or `-u` and `ok` or `ko`. */
export interface SubSession {
  /** Words that TAB completes. */
  completions: readonly string[];
  /** A line that is not `ko` or `quit`; `key` is undefined for an empty one. */
  take(key: string | undefined, value: string): void | Promise<void>;
}

const PROMPT = "jcli : ";
const LINE_PROMPT = "> ";
const WORD = /^[A-Za-z0-9_]*/;

export class JcliSession {
  /** Filters belong to the session until it persists them. */
  filters = new Map<string, Filter>();
  /** HTTP connectors too. */
  httpConnectors = new Map<string, HttpConnector>();
  readonly #editor: LineEditor;
  readonly #ref: number;
  #username: string | undefined;
  #authenticated: boolean;
  #prompt = "Username: ";
  #sub: SubSession | undefined;
  #closed = false;

  constructor(
    readonly gateway: Gateway,
    private readonly out: {
      write(text: string): void;
      /** Sends what waits, then closes. */
      close(): void;
      /** Closes at once. */
      crash(): void;
    },
  ) {
    this.#ref = ++gateway.sessions;
    this.#editor = new LineEditor({
      echoes: () => this.#authenticated || this.#username === undefined,
      write: (text) => this.out.write(text),
      line: (text) => this.#line(text),
      tab: () => this.#tab(),
    });
    out.write("\x1bc\x1b[4h");
    this.#authenticated = !(gateway.options.authentication ?? true);
    if (this.#authenticated) {
      this.#prompt = PROMPT;
      this.#welcome();
    } else out.write("Authentication required.\n\n");
    this.loadOwn("jcli-prod");
  }

  /** One byte of input. @throws {SessionCrash} */
  feed(byte: number): void {
    if (!this.#closed) this.#editor.feed(byte);
  }

  /** The client told its window size: the prompt is drawn again. @throws {SessionCrash} */
  windowSize(): void {
    this.out.write(this.#prompt + this.#editor.redraw());
  }

  /** Prints a line, if any, and the prompt. */
  say(line?: string): void {
    if (line !== undefined) this.print(line);
    this.out.write(this.#prompt);
  }

  /** Prints a line without a prompt after it. */
  print(line: string): void {
    this.out.write(`${line}\n`);
  }

  /** Starts to take keys and values. */
  enter(announcement: string, sub: SubSession): void {
    this.#sub = sub;
    this.#prompt = LINE_PROMPT;
    this.say(announcement);
  }

  /** Ends the sub-session and draws the prompt. */
  leave(): void {
    this.#sub = undefined;
    this.#prompt = PROMPT;
    this.say();
  }

  /** Reads the session's own objects from what was persisted; whether there was something. */
  loadOwn(
    profile: string,
    scopes: readonly ("filters" | "httpccs")[] = ["filters", "httpccs"],
  ): boolean {
    const { store } = this.gateway.around;
    let found = true;
    for (const scope of scopes) {
      const saved = store.read(profile, scope);
      if (saved === undefined) found = false;
      // The store gives back what persist wrote under the same scope.
      else if (scope === "filters") this.filters = saved as Map<string, Filter>;
      else this.httpConnectors = saved as Map<string, HttpConnector>;
    }
    return found;
  }

  close(): void {
    this.#closed = true;
    this.out.write("\x1bc");
    this.out.close();
  }

  #welcome(): void {
    this.print(
      `Welcome to Jasmin ${this.gateway.releaseText} console\n` +
        "Type help or ? to list commands.\n",
    );
    this.print(`Session ref: ${this.#ref}`);
  }

  #line(raw: string): void {
    const line = raw.trim();
    if (this.#authenticated) this.#command(line);
    else if (this.#username === undefined) {
      if (line !== "") {
        this.#username = line;
        this.#prompt = "Password: ";
      }
      this.say();
    } else this.#logIn(line);
  }

  #logIn(password: string): void {
    const { username = "jcliadmin", password: wanted = "jclipwd" } = this.gateway.options;
    if (this.#username === username && md5(password) === md5(wanted)) {
      this.#authenticated = true;
      this.#prompt = PROMPT;
      this.#welcome();
      this.say();
      return;
    }
    this.#username = undefined;
    this.#prompt = "Username: ";
    this.say("Incorrect Username/Password.\n");
  }

  #command(line: string): void {
    const word = WORD.exec(line)?.[0] ?? "";
    const rest = line.slice(word.length).trim();
    if (this.#sub !== undefined) this.#subLine(this.#sub, line, word, rest);
    else if (line === "") this.say();
    else if (word === "quit") this.close();
    else if (word === "help") this.#help(rest);
    else {
      const command = COMMANDS.find(({ name }) => name === word);
      if (command === undefined) {
        this.say(`Incorrect command: ${line}, type help for a list of commands`);
      } else this.#run(command, rest);
    }
  }

  #subLine(sub: SubSession, line: string, key: string, value: string): void {
    if (line === "") this.#guard(sub.take(undefined, ""));
    else if (key === "ko") this.leave();
    else if (key === "quit") this.say("Exit session before quitting");
    else this.#guard(sub.take(key, value));
  }

  #run(command: Command, argument: string): void {
    const specs = command.options(this.gateway);
    try {
      const { values, rest } = parseOptions(specs, argument === "" ? [] : argument.split(/\s+/));
      this.#guard(command.run(this, values, remaining(argument, rest)));
    } catch (error) {
      if (!(error instanceof OptParseError)) throw error;
      this.say(error.message);
      this.say(formatHelp(command.name, specs));
    }
  }

  /** A failure in a command's later part is lost inside the gateway: nothing more is said. */
  #guard(work: void | Promise<void>): void {
    work?.catch((error) => {
      if (!(error instanceof SessionCrash)) throw error;
    });
  }

  #help(topic: string): void {
    if (topic === "") {
      this.say(HELP);
      return;
    }
    const command = COMMANDS.find(({ name }) => name === topic);
    if (command !== undefined) {
      this.say(`${command.about}\n${formatHelp(command.name, command.options(this.gateway))}`);
    } else this.say(CONTROL_COMMANDS[topic] ?? notHelped(topic));
  }

  #tab(): void {
    if (!this.#authenticated) return;
    const text = this.#editor.text;
    const names = this.#sub?.completions ??
      [...COMMANDS.map(({ name }) => name), ...Object.keys(CONTROL_COMMANDS)];
    if (text === "") {
      this.say(`\n${names.join(" ")}`);
      return;
    }
    // The gateway fails on completing a question mark.
    if (text.startsWith("?")) throw new SessionCrash("completion");
    const word = WORD.exec(text)?.[0] ?? "";
    if (text.slice(word.length).trim() !== "") return;
    const fitting = names.filter((name) => name.startsWith(word));
    const [only = ""] = fitting;
    if (fitting.length > 1) {
      this.say(`\n${fitting.join(" ")}`);
      this.out.write(word);
    } else if (fitting.length === 1 && only !== word) {
      this.#editor.replace(`${only} `);
      this.out.write(`${only} `.slice(word.length));
    }
  }
}

/**
 * What is left of the argument after its options, with the spaces in it.
 * @throws {SessionCrash} when an argument stands before an option: the gateway does not find it
 */
function remaining(argument: string, rest: readonly string[]): string {
  if (rest.length === 0) return "";
  const words = rest.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`${words.join("\\s+")}\\s*$`).exec(argument);
  if (found === null) throw new SessionCrash("argument before an option");
  return argument.slice(found.index);
}
