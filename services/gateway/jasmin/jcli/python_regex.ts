/**
 * Whether Python's `re` compiles a pattern. jcli compiles a user's value filters without catching
 * the failure: a bad pattern drops the whole session. So only what is certainly good passes; a few
 * rare forms that Python takes (lookbehind, comments, conditionals) are refused with the rest.
 * @see https://docs.python.org/3/library/re.html#regular-expression-syntax
 * @module
 */
import { ValidationError } from "../../../errors/mod.ts";

/** @throws {ValidationError} saying what is wrong with the pattern, and where */
export function refuseBadPattern(field: string, pattern: string): void {
  const fault = patternFault(pattern);
  if (fault !== null) {
    throw new ValidationError(field, `Is not a pattern that the gateway can use: ${fault}`);
  }
}

/** What is wrong with the pattern; null when Python certainly compiles it. */
export function patternFault(pattern: string): string | null {
  try {
    new Reader(pattern).pattern();
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

class Fault extends Error {}

const QUANTIFIER = /(?:[*+?]|\{(?<least>\d{1,4})(?<range>,(?<most>\d{0,4}))?\})\??/y;
const GLOBAL_FLAGS = /\(\?(?!\w*(\w)\w*\1)[aims]+\)/y;
const GROUP_OPENING = /\((?:\?(?:P<(?<name>[A-Za-z_]\w*)>|(?<plain>:)|(?<look>[=!])))?/y;
const POSITION_ESCAPES = "AbBZ";
const CLASS_ESCAPES = "dDsSwW";
const CHARACTER_ESCAPES = "afnrtv";
const MAX_DEPTH = 50;
const MAX_GROUPS = 99;

class Reader {
  #at = 0;
  #depth = 0;
  #groups = 0;
  readonly #closed = new Set<number>();
  readonly #names = new Set<string>();

  constructor(readonly source: string) {}

  pattern(): void {
    this.#take(GLOBAL_FLAGS);
    this.#alternatives();
    if (this.#at < this.source.length) throw this.#fault("a ) that nothing opened");
  }

  #alternatives(): void {
    while (this.#at < this.source.length && this.#peek() !== ")") {
      if (this.#peek() === "|") {
        this.#at++;
        continue;
      }
      const repeatable = this.#atom();
      const start = this.#at;
      const quantifier = this.#take(QUANTIFIER);
      if (quantifier === null) continue;
      if (!repeatable) throw this.#fault("a position that is repeated", start);
      const { least, range, most } = quantifier.groups ?? {};
      if (range !== undefined && most !== "" && Number(most) < Number(least)) {
        throw this.#fault("a repetition whose limits are exchanged", start);
      }
      if (this.#at < this.source.length && "*+?{".includes(this.#peek())) {
        throw this.#fault("a repetition of a repetition");
      }
    }
  }

  /** Reads one thing; true when it may be repeated. */
  #atom(): boolean {
    const character = this.#peek();
    switch (character) {
      case "(":
        return this.#group();
      case "[":
        this.#set();
        return true;
      case "\\":
        return this.#escape();
      case "^":
      case "$":
        this.#at++;
        return false;
      case "*":
      case "+":
      case "?":
        throw this.#fault(`a ${character} with nothing to repeat`);
      case "{":
        throw this.#fault("a { that counts nothing: write \\{");
      default:
        this.#at++;
        return true;
    }
  }

  #group(): boolean {
    const start = this.#at;
    const opening = this.#take(GROUP_OPENING);
    if (opening === null || this.#peek() === "?") throw this.#fault("an unknown group", start);
    const { name, plain, look } = opening.groups ?? {};
    const number = plain === undefined && look === undefined ? ++this.#groups : null;
    if (this.#groups > MAX_GROUPS || ++this.#depth > MAX_DEPTH) {
      throw this.#fault("too many groups", start);
    }
    if (name !== undefined) {
      if (this.#names.has(name)) throw this.#fault(`a second group named ${name}`, start);
      this.#names.add(name);
    }
    this.#alternatives();
    if (this.#peek() !== ")") throw this.#fault("a group that is not closed", start);
    this.#at++;
    this.#depth--;
    if (number !== null) this.#closed.add(number);
    return look === undefined;
  }

  #set(): void {
    const start = this.#at++;
    if (this.#peek() === "^") this.#at++;
    let first = true;
    while (first || this.#peek() !== "]") {
      if (this.#at >= this.source.length) throw this.#fault("a set that is not closed", start);
      first = false;
      const from = this.#member();
      if (this.#peek() !== "-" || this.source[this.#at + 1] === "]") continue;
      const dash = this.#at++;
      if (this.#at >= this.source.length) throw this.#fault("a set that is not closed", start);
      const to = this.#member();
      if (from === null || to === null) throw this.#fault("a range of a class", dash);
      if (from > to) throw this.#fault("a range whose ends are exchanged", dash);
    }
    this.#at++;
  }

  /** One member of a set: its code, or null for a class such as \d. */
  #member(): number | null {
    if (this.#peek() !== "\\") return this.source.charCodeAt(this.#at++);
    const start = this.#at++;
    const character = this.#peek();
    if (CLASS_ESCAPES.includes(character) && character !== "") {
      this.#at++;
      return null;
    }
    if (character === "b") {
      this.#at++;
      return 8;
    }
    return this.#character(start);
  }

  #escape(): boolean {
    const start = this.#at++;
    const character = this.#peek();
    if (character !== "" && CLASS_ESCAPES.includes(character)) {
      this.#at++;
      return true;
    }
    if (character !== "" && POSITION_ESCAPES.includes(character)) {
      this.#at++;
      return false;
    }
    const back = this.#take(/([1-9])(?!\d)/y);
    if (back !== null) {
      if (!this.#closed.has(Number(back[1]))) throw this.#fault("a reference to no group", start);
      return true;
    }
    this.#character(start);
    return true;
  }

  /** An escaped character, after its backslash. */
  #character(start: number): number {
    const character = this.#peek();
    const hex = this.#take(/x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})/y);
    if (hex !== null) return parseInt(hex[1] ?? hex[2] ?? "", 16);
    const index = character === "" ? -1 : CHARACTER_ESCAPES.indexOf(character);
    if (index >= 0) {
      this.#at++;
      return "\x07\f\n\r\t\v".charCodeAt(index);
    }
    if (character === "" || /[A-Za-z0-9]/.test(character)) {
      throw this.#fault("an unknown escape", start);
    }
    this.#at++;
    return character.charCodeAt(0);
  }

  #peek(): string {
    return this.source.charAt(this.#at);
  }

  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.source);
    if (match !== null) this.#at += match[0].length;
    return match;
  }

  #fault(what: string, at = this.#at): Fault {
    return new Fault(`it has ${what} at character ${at + 1}`);
  }
}
