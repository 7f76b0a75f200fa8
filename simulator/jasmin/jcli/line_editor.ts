/** The line editor of jcli: echo, cursor, history, escape sequences. */

/** Input that the gateway fails on: it drops the connection and what it had not yet sent. */
export class SessionCrash extends Error {
  override name = "SessionCrash";
}

export interface EditorHost {
  /** Whether typed characters are shown. */
  echoes(): boolean;
  write(text: string): void;
  line(text: string): void;
  tab(): void;
}

/** A character; those that completion put in are of another type inside the gateway. */
interface Cell {
  readonly character: string;
  readonly completed: boolean;
}

const isPrintable = (character: string): boolean =>
  (character >= " " && character <= "~") || character === "\v" || character === "\f";

const TILDE_KEYS: Readonly<Record<string, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
};
const LETTER_KEYS: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
};

export class LineEditor {
  #cells: Cell[] = [];
  #cursor = 0;
  #typeover = false;
  #history: string[] = [];
  #position = 0;
  #state: "data" | "escape" | "bracket" | "function" = "data";
  #sequence = "";

  constructor(private readonly host: EditorHost) {}

  /** One byte of input. @throws {SessionCrash} */
  feed(byte: number): void {
    const character = String.fromCharCode(byte);
    switch (this.#state) {
      case "data":
        if (byte === 0x1b) this.#state = "escape";
        else this.#key(character);
        return;
      case "escape":
        this.#state = "data";
        if (character === "[") {
          this.#state = "bracket";
          this.#sequence = "";
        } else if (character === "O") this.#state = "function";
        // Escape and a key is that key.
        else this.#key(character);
        return;
      case "bracket":
        if (character === "O") this.#state = "function";
        else if (/[A-Za-z~]/.test(character)) {
          this.#state = "data";
          this.#control(this.#sequence, character);
        } else this.#sequence += character;
        return;
      case "function":
        this.#state = "data";
    }
  }

  /** The unfinished line. */
  get text(): string {
    return this.#cells.map((cell) => cell.character).join("");
  }

  /**
   * The unfinished line, to be drawn again.
   * @throws {SessionCrash} when it has characters that were typed: the gateway mixes up its types
   */
  redraw(): string {
    if (this.#cells.some((cell) => !cell.completed)) throw new SessionCrash("redraw");
    return this.text;
  }

  /** Replaces the line, as completion does, without drawing it. */
  replace(text: string): void {
    this.#cells = [...text].map((character) => ({ character, completed: true }));
    this.#cursor = this.#cells.length;
  }

  #control(parameter: string, final: string): void {
    if (final === "~") this.#named(TILDE_KEYS[parameter]);
    else if (parameter !== "") return;
    else if (final === "Z") this.host.tab();
    else this.#named(LETTER_KEYS[final]);
  }

  #key(character: string): void {
    if (character === "\r" || character === "\n") this.#return();
    else if (character === "\t") this.host.tab();
    else if (character === "\x7f") this.#backspace();
    else if (isPrintable(character)) this.#insert(character);
  }

  #named(key: string | undefined): void {
    const { host } = this;
    switch (key) {
      case "left":
        if (this.#cursor > 0) {
          this.#cursor--;
          host.write("\x1b[1D");
        }
        return;
      case "right":
        if (this.#cursor < this.#cells.length) {
          this.#cursor++;
          host.write("\x1b[1C");
        }
        return;
      case "home":
        return this.#home();
      case "end": {
        const distance = this.#cells.length - this.#cursor;
        if (distance > 0) host.write(`\x1b[${distance}C`);
        this.#cursor = this.#cells.length;
        return;
      }
      case "insert":
        this.#typeover = !this.#typeover;
        host.write(this.#typeover ? "\x1b[4l" : "\x1b[4h");
        return;
      case "delete":
        if (this.#cursor < this.#cells.length) {
          this.#cells.splice(this.#cursor, 1);
          host.write("\x1b[1P");
        }
        return;
      case "up":
        return this.#up();
      case "down":
        return this.#down();
    }
  }

  #home(): void {
    if (this.#cursor > 0) this.host.write(`\x1b[${this.#cursor}D`);
    this.#cursor = 0;
  }

  #backspace(): void {
    if (this.#cursor === 0) return;
    this.#cells.splice(--this.#cursor, 1);
    this.host.write("\x1b[1D\x1b[1P");
  }

  #insert(character: string): void {
    this.#cells.splice(this.#cursor, this.#typeover ? 1 : 0, { character, completed: false });
    this.#cursor++;
    if (this.host.echoes()) this.host.write(character);
  }

  #return(): void {
    const line = this.text;
    if (line !== "") this.#history.push(line);
    this.#position = this.#history.length;
    this.#cells = [];
    this.#cursor = 0;
    this.host.write("\n");
    this.host.line(line);
  }

  #up(): void {
    if (this.#cells.length > 0 && this.#position === this.#history.length) {
      if (this.#cells.some((cell) => cell.completed)) throw new SessionCrash("history");
      this.#history.push(this.text);
    }
    if (this.#position === 0) return;
    this.#home();
    this.host.write("\x1b[K");
    this.#recall(--this.#position);
  }

  #down(): void {
    this.#home();
    this.host.write("\x1b[K");
    this.#cells = [];
    if (this.#position < this.#history.length - 1) this.#recall(++this.#position);
    else this.#position = this.#history.length;
  }

  #recall(position: number): void {
    this.#cells = [];
    for (const character of this.#history[position] ?? "") this.#insert(character);
  }
}
