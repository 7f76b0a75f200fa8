/**
 * The record as a file of JSON lines, for runs whose record must outlive the process.
 * @module
 */
import type { DeliveryRecord, SubmitRecord } from "./model.ts";
import type { RecordListener } from "./record.ts";
import type { Timeline } from "./timeline.ts";
import { statusName } from "./wire.ts";

/** A submit as JSON: bytes in hexadecimal, status by name. */
export function submitJson(submit: SubmitRecord): Record<string, unknown> {
  const { raw, content: _, status, ...rest } = submit;
  return { ...rest, raw: raw.toHex(), status: statusName(status) };
}

/** A receipt or MO as JSON, status by name. */
export function deliveryJson(delivery: DeliveryRecord): Record<string, unknown> {
  const { status, ...rest } = delivery;
  return { ...rest, status: status === undefined ? undefined : statusName(status) };
}

const WRITE_AT_LINES = 1000;
const WRITE_AFTER_MS = 200;

/** Appends each submit as it comes, its answer, and each delivery when it ends. */
export class Journal implements RecordListener {
  readonly #file: Deno.FsFile;
  readonly #timeline: Timeline;
  #lines: string[] = [];

  private constructor(file: Deno.FsFile, timeline: Timeline) {
    this.#file = file;
    this.#timeline = timeline;
  }

  /** Opens or creates the file; needs write permission for it. */
  static async open(path: string, timeline: Timeline): Promise<Journal> {
    return new Journal(await Deno.open(path, { append: true, create: true }), timeline);
  }

  submitReceived(submit: SubmitRecord): void {
    this.#add({ type: "submit", ...submitJson(submit) });
  }

  submitAnswered({ number, answeredAt }: SubmitRecord): void {
    this.#add({ type: "answer", number, answeredAt });
  }

  deliverySettled(delivery: DeliveryRecord): void {
    this.#add({ type: "delivery", ...deliveryJson(delivery) });
  }

  /** Writes what is waiting. */
  flush(): void {
    if (this.#lines.length === 0) return;
    const bytes = new TextEncoder().encode(this.#lines.join(""));
    this.#lines = [];
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
  }

  close(): void {
    this.flush();
    this.#file.close();
  }

  #add(line: Record<string, unknown>): void {
    if (this.#lines.length === 0) this.#timeline.after(WRITE_AFTER_MS, () => this.flush());
    this.#lines.push(JSON.stringify(line) + "\n");
    if (this.#lines.length >= WRITE_AT_LINES) this.flush();
  }
}
