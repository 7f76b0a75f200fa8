/** What stands around the simulated gateway, whose SMSC is within it. */

import type { JasminSimulator, ReceiptChange } from "../../simulator/jasmin/mod.ts";
import { CallbackListener } from "./callback_listener.ts";
import type { RunValues } from "./mask.ts";
import { fromHex, putFile, showFields, type World, type WorldStep } from "./world.ts";

const WAIT_MS = 30_000;

/** A receipt as the scripted SMSC sends them. */
function receipt(status: string, error: string): ReceiptChange {
  const dates = { submitDate: "2604011000", doneDate: "2604011001" };
  return { status, error, sub: "001", dlvrd: "001", text: "hi", ...dates };
}

/** The surroundings of a script's run on the simulator. */
export class SimulatedWorld implements World {
  readonly #hook = new CallbackListener();
  #told = 0;

  constructor(private readonly simulator: JasminSimulator) {}

  get values(): RunValues {
    // No SMSC listens there: the port is a connector's setting and nothing else.
    return { hookPort: `${this.#hook.port}`, smscPort: "20001" };
  }

  async act(step: WorldStep, values: RunValues): Promise<void> {
    if ("hook" in step) this.#hook.behaviour = step.hook;
    else if ("smscAnswers" in step) {
      this.simulator.scriptAnswers(
        step.smscAnswers.map((answer) =>
          answer === "receipt first"
            ? { status: "ESME_ROK", receiptFirst: receipt("DELIVRD", "000") }
            : { status: answer }
        ),
      );
    } else if ("receiptFor" in step) {
      await this.#reach(step.receiptFor);
      this.simulator.sendReceipt(step.receiptFor, receipt(step.stat, step.err ?? "000"));
    } else if ("mo" in step) {
      const content = Array.from(fromHex(step.mo.content), (byte) => String.fromCharCode(byte));
      this.simulator.receiveMo({ ...step.mo, cid: "op_1", content: content.join("") });
    } else await putFile(step, values);
  }

  callbacks(count: number): Promise<readonly (readonly [string, string])[]> {
    return this.#hook.take(count);
  }

  async submissions(count: number): Promise<readonly string[]> {
    const first = this.#told;
    this.#told += count;
    await this.#reach(this.#told);
    return this.simulator.submitted.slice(first, this.#told).map(showFields);
  }

  async #reach(count: number): Promise<void> {
    const deadline = Date.now() + WAIT_MS;
    while (this.simulator.submitted.length < count) {
      if (Date.now() > deadline) throw new Error(`The simulator's SMSC got no message ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async stop(): Promise<void> {
    await this.#hook.stop();
  }
}
