/** What stands around a gateway while a script plays: SMSC, callback listener, its machine's files. */

import { CallbackListener } from "./callback_listener.ts";
import { fill, type RunValues } from "./mask.ts";
import type { FileStep, HookStep, MoStep, ReceiptStep, SmscAnswersStep } from "./script.ts";
import { ScriptedSmsc } from "./scripted_smsc.ts";

/** A step that is not said to the gateway. */
export type WorldStep = HookStep | SmscAnswersStep | ReceiptStep | MoStep | FileStep;

/** The surroundings of one script's run. */
export interface World {
  /** Ports as the scripts name them. */
  readonly values: RunValues;
  /** Does a step that is not said to the gateway. */
  act(step: WorldStep, values: RunValues): Promise<void>;
  /** Waits for so many callbacks: each as it came, and our answer. */
  callbacks(count: number): Promise<readonly (readonly [string, string])[]>;
  /** Waits for so many more messages at the SMSC: the fields of each, as text. */
  submissions(count: number): Promise<readonly string[]>;
  /** Stops listener and SMSC. */
  stop(): Promise<void>;
}

/** The bytes that hexadecimal text stands for. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}

/** A message's fields, a line each. */
export function showFields(fields: Readonly<Record<string, string | number>>): string {
  return Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`).join("");
}

/** Puts a script's file where the gateway can read it. */
export async function putFile(step: FileStep, values: RunValues): Promise<void> {
  await Deno.writeTextFile(`${values["dir"]}/${step.file}`, fill(step.text, values));
}

/** What stands around the real gateway: an SMSC that it binds to. */
export class RealWorld implements World {
  readonly #hook = new CallbackListener();
  readonly #smsc = new ScriptedSmsc();

  get values(): RunValues {
    return { hookPort: `${this.#hook.port}`, smscPort: `${this.#smsc.port}` };
  }

  async act(step: WorldStep, values: RunValues): Promise<void> {
    if ("hook" in step) this.#hook.behaviour = step.hook;
    else if ("smscAnswers" in step) this.#smsc.answers.push(...step.smscAnswers);
    else if ("receiptFor" in step) {
      await this.#smsc.receipt(step.receiptFor, step.stat, step.err ?? "000");
    } else if ("mo" in step) {
      const { content, ...rest } = step.mo;
      await this.#smsc.deliver({ ...rest, content: fromHex(content) });
    } else await putFile(step, values);
  }

  callbacks(count: number): Promise<readonly (readonly [string, string])[]> {
    return this.#hook.take(count);
  }

  async submissions(count: number): Promise<readonly string[]> {
    return (await this.#smsc.submissions(count)).map(showFields);
  }

  async stop(): Promise<void> {
    await this.#hook.stop();
    await this.#smsc.stop();
  }
}
