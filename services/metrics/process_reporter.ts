/**
 * Measures this process and tells of it.
 * @module
 */
import process from "node:process";
import { v7 } from "uuid";
import type { Sql } from "../db/mod.ts";
import type { Logger } from "../log/mod.ts";
import { forgetProcess, type ProcessReport, saveProcess, type WorkerReport } from "./processes.ts";

const EVERY_MS = 2_000;
const LAG_SAMPLE_MS = 100;

/** What a process can say of its parts. */
export interface ReporterOptions {
  readonly sql: Sql;
  readonly log: Logger;
  readonly workers: () => readonly WorkerReport[];
  /** Null in a process without a web part. */
  readonly liveClients: () => number | null;
}

/** One a process, from start to `stop`. */
export class ProcessReporter {
  readonly #options: ReporterOptions;
  readonly #id = v7();
  readonly #startedAt = new Date().toISOString();
  readonly #timers: readonly ReturnType<typeof setInterval>[];
  #cpu = process.cpuUsage();
  #at = performance.now();
  #lagMs = 0;
  #expected = performance.now() + LAG_SAMPLE_MS;
  #telling: Promise<void> = Promise.resolve();

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#timers = [
      setInterval(() => this.#sampleLag(), LAG_SAMPLE_MS),
      setInterval(() => this.#tell(), EVERY_MS),
    ];
    this.#tell();
  }

  /** Stops telling, and takes back what was told. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#telling;
    try {
      await forgetProcess(this.#options.sql, this.#id);
    } catch (error) {
      this.#options.log.warn({ err: error }, "The process could not take its leave");
    }
  }

  /** What there is to tell now; begins a new measurement. */
  measure(): ProcessReport {
    const { rss, heapUsed } = Deno.memoryUsage();
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    const cpu = (user + system) / 1_000 / Math.max(1, now - this.#at);
    this.#cpu = process.cpuUsage();
    this.#at = now;
    const lagMs = Math.round(this.#lagMs);
    this.#lagMs = 0;
    return {
      startedAt: this.#startedAt,
      cpu: Math.round(cpu * 1_000) / 1_000,
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      lagMs,
      liveClients: this.#options.liveClients(),
      workers: this.#options.workers(),
    };
  }

  #sampleLag(): void {
    const now = performance.now();
    this.#lagMs = Math.max(this.#lagMs, now - this.#expected);
    this.#expected = now + LAG_SAMPLE_MS;
  }

  #tell(): void {
    const report = this.measure();
    this.#telling = this.#telling
      .then(() => saveProcess(this.#options.sql, this.#id, report))
      .catch((error: unknown) => {
        this.#options.log.debug({ err: error }, "The process could not tell of itself");
      });
  }
}
