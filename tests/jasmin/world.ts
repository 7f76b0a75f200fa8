/** What stands around a gateway while a script plays: the SMSC, our callback listener, its files. */

import { CallbackListener } from "./callback_listener.ts";
import { fill, type RunValues } from "./mask.ts";
import type { FileStep, HookStep, MoStep, ReceiptStep, SmscAnswersStep, Step } from "./script.ts";
import { ScriptedSmsc } from "./scripted_smsc.ts";

type WorldStep = HookStep | SmscAnswersStep | ReceiptStep | MoStep | FileStep;

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}

/** The surroundings of one script's run. */
export class World {
  private constructor(
    private readonly hook: CallbackListener,
    private readonly smsc: ScriptedSmsc,
  ) {}

  /** Starts the listener and the SMSC on free ports. */
  static async start(): Promise<World> {
    return new World(await CallbackListener.start(), new ScriptedSmsc());
  }

  /** Ports as the scripts name them. */
  get values(): RunValues {
    return { hookPort: `${this.hook.port}`, smscPort: `${this.smsc.port}` };
  }

  /** Does a step that is not said to the gateway. */
  async act(step: Exclude<Step, string>, values: RunValues): Promise<void> {
    const action = step as WorldStep; // the player does every other kind itself
    if ("hook" in action) this.hook.behaviour = action.hook;
    else if ("smscAnswers" in action) this.smsc.answers.push(...action.smscAnswers);
    else if ("receiptFor" in action) {
      await this.smsc.receipt(action.receiptFor, action.stat, action.err ?? "000");
    } else if ("mo" in action) {
      const { content, ...rest } = action.mo;
      await this.smsc.deliver({ ...rest, content: fromHex(content) });
    } else await Deno.writeTextFile(`${values["dir"]}/${action.file}`, fill(action.text, values));
  }

  /** Waits for so many callbacks: each as it came, and our answer. */
  callbacks(count: number): Promise<readonly (readonly [string, string])[]> {
    return this.hook.take(count);
  }

  /** Waits for so many messages at the SMSC: the fields of each, as text. */
  async submissions(count: number): Promise<readonly string[]> {
    const submissions = await this.smsc.submissions(count);
    return submissions.map((fields) =>
      Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`).join("")
    );
  }

  /** Stops listener and SMSC. */
  async stop(): Promise<void> {
    await this.hook.stop();
    await this.smsc.stop();
  }
}
