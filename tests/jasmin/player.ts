/** Plays a script against a gateway and writes down every byte. */

import { Masker, type RunValues } from "./mask.ts";
import { fill } from "./mask.ts";
import { RawSession } from "./raw_session.ts";
import type { HttpStep, Script, Step } from "./script.ts";
import type { Entry } from "./transcript.ts";
import type { World } from "./world.ts";

/** The gateway to talk to. */
export interface Target {
  readonly jcliPort: number;
  readonly httpPort: number;
  readonly username: string;
  readonly password: string;
}

const PROMPT = /(^|\n)(jcli : |> |Username: |Password: )$/;

/** Longest answer: a connector that is stopped, or a profile that is loaded, takes seconds. */
const ANSWER_MS = 20_000;

/** How long the gateway may be silent between the two prompts of one answer. */
const SECOND_PROMPT_MS = 80;

/** How long silence lasts until raw bytes count as answered. */
const SILENCE_MS = 300;

async function untilMillisecond(wanted: number): Promise<void> {
  for (;;) {
    const late = (Date.now() % 1000) - wanted;
    if (late >= 0 && late < 20) return;
    await new Promise((resolve) => setTimeout(resolve, late < 0 ? -late : 1000 - late));
  }
}

/** Plays one script. */
export class Player {
  readonly #sessions = new Map<string, RawSession>();
  readonly #entries: Entry[] = [];
  readonly #masker: Masker;

  /**
   * @param expected What an earlier recording heard. With it an answer is complete as soon as it is
   * the expected one; without it when a prompt was followed by silence.
   */
  constructor(
    private readonly script: Script,
    private readonly target: Target,
    private readonly world: World,
    private readonly values: RunValues,
    private readonly expected?: readonly Entry[],
  ) {
    this.#masker = new Masker(values);
  }

  /** Plays all steps and returns the masked transcript. */
  async play(): Promise<Entry[]> {
    try {
      for (const step of this.script.steps) await this.#step(step);
      return this.#entries;
    } finally {
      for (const session of this.#sessions.values()) await session.close();
    }
  }

  async #step(step: Step): Promise<void> {
    if (typeof step === "string") await this.#say("a", `${step}\r\n`, "prompt");
    else if ("line" in step && "on" in step) await this.#say(step.on, `${step.line}\r\n`, "prompt");
    else if ("raw" in step) await this.#say(step.on, step.raw, "silence");
    else if ("open" in step) await this.#open(step.open);
    else if ("login" in step) await this.#login(step.login);
    else if ("hangUp" in step) await this.#hangUp(step.hangUp);
    else if ("http" in step) await this.#request(step);
    else if ("until" in step) await this.#repeat(step.line, step.until);
    else if ("callbacks" in step) {
      for (const [heard, said] of await this.world.callbacks(step.callbacks)) {
        this.#write("hook", "<", heard);
        this.#write("hook", ">", said);
      }
    } else if ("atMillisecond" in step) {
      await untilMillisecond(step.atMillisecond);
    } else if ("submitted" in step) {
      for (const fields of await this.world.submissions(step.submitted)) {
        this.#write("smsc", "<", fields);
      }
    } else {
      await this.world.act(step, this.values);
    }
  }

  #write(session: string, direction: Entry["direction"], text: string): void {
    this.#entries.push({ session, direction, text: this.#masker.mask(text) });
  }

  #session(name: string): RawSession {
    const session = this.#sessions.get(name);
    if (session === undefined) throw new Error(`${this.script.name} uses no session ${name}`);
    return session;
  }

  async #open(name: string): Promise<void> {
    const session = await RawSession.connect(this.target.jcliPort);
    this.#sessions.set(name, session);
    await this.#hear(name, session, "silence");
  }

  async #login(name: string): Promise<void> {
    await this.#open(name);
    await this.#say(name, `${this.target.username}\r\n`, "prompt");
    await this.#say(name, `${this.target.password}\r\n`, "prompt");
  }

  async #hangUp(name: string): Promise<void> {
    await this.#session(name).close();
    this.#sessions.delete(name);
    this.#write(name, "=", "we closed");
  }

  async #say(name: string, text: string, until: "prompt" | "silence"): Promise<void> {
    const session = this.#session(name);
    const bytes = fill(text, this.values);
    this.#write(name, ">", bytes);
    await session.send(bytes);
    await this.#hear(name, session, until);
  }

  /** The next thing that the recording heard, when there is a recording. */
  #expectation(): string | undefined {
    const next = this.expected?.[this.#entries.length];
    return next?.direction === "<" ? next.text : undefined;
  }

  async #hear(name: string, session: RawSession, until: "prompt" | "silence"): Promise<void> {
    const expected = this.#expectation();
    const isAnswered = (): boolean =>
      session.isClosed || until === "silence" && session.silence >= SILENCE_MS ||
      until === "prompt" && PROMPT.test(session.heard) && session.silence >= SECOND_PROMPT_MS;
    const isExpected = (): boolean =>
      expected !== undefined && this.#masker.preview(session.heard) === expected;
    // With an expectation, give the other gateway more time before its answer counts as another.
    const patience = expected === undefined ? 1 : 5;
    await session.until(() => {
      if (isExpected()) return true;
      return expected === undefined
        ? isAnswered()
        : session.isClosed || isAnswered() && session.silence >= patience * SILENCE_MS;
    }, ANSWER_MS);
    if (session.heard !== "") this.#write(name, "<", session.take());
    const isToClose = this.expected?.[this.#entries.length]?.text === "closed";
    if (isToClose) await session.until(() => session.isClosed, ANSWER_MS);
    if (session.isClosed) this.#write(name, "=", "closed");
  }

  async #request(step: HttpStep): Promise<void> {
    const session = await RawSession.connect(this.target.httpPort);
    const body = fill(step.body ?? "", this.values);
    const headers = Object.entries(step.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
    const request = [
      `${fill(step.http, this.values)} HTTP/1.1`,
      "Host: gateway",
      "Connection: close",
      ...headers,
      ...(body === "" ? [] : [`Content-Length: ${body.length}`]),
      "",
      body,
    ].join("\r\n");
    this.#write("http", ">", request);
    await session.send(request);
    await session.until(() => session.isClosed, ANSWER_MS);
    this.#write("http", "<", session.take());
    await session.close();
  }

  /** Asks again and again, writing down the last answer only. */
  async #repeat(line: string, wanted: string): Promise<void> {
    const deadline = Date.now() + ANSWER_MS;
    for (;;) {
      const session = this.#session("a");
      const bytes = `${fill(line, this.values)}\r\n`;
      await session.send(bytes);
      await session.until(() => PROMPT.test(session.heard), ANSWER_MS);
      const heard = session.take();
      if (!heard.includes(fill(wanted, this.values))) {
        if (Date.now() > deadline) {
          throw new Error(`${this.script.name}: ${line} never said ${wanted}: ${heard}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      this.#write("a", ">", bytes);
      this.#write("a", "<", heard);
      return;
    }
  }
}
