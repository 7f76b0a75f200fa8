/** The gateway's log files, in its own format. Lines are written in batches, in order. */

/** Milliseconds that lines may wait to be written together. */
const FLUSH_MS = 50;

export class LogFiles {
  readonly #pending = new Map<string, string[]>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** @param folder where the files are; nothing is written without one */
  constructor(private readonly folder: string | undefined) {
    if (folder !== undefined) Deno.mkdirSync(folder, { recursive: true });
  }

  /** Whether lines are kept at all: callers may save the work of making them. */
  get active(): boolean {
    return this.folder !== undefined;
  }

  /** Adds a record: time, level, process id, message. */
  write(file: string, level: string, message: string, at = new Date()): void {
    if (this.folder === undefined) return;
    const lines = this.#pending.get(file) ?? [];
    lines.push(`${time(at)} ${level.padEnd(8)} ${Deno.pid} ${message}\n`);
    this.#pending.set(file, lines);
    this.#timer ??= setTimeout(() => this.#schedule(), FLUSH_MS);
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    this.#schedule();
    return this.#writing;
  }

  /** Renames a file to `name.YYYY-MM-DD`, as midnight does; the next line starts a new one. */
  async rotate(file: string, day = new Date(Date.now() - 86_400_000)): Promise<string> {
    if (this.folder === undefined) throw new TypeError("This simulator writes no log files");
    await this.flush();
    const rotated = `${file}.${time(day).slice(0, 10)}`;
    this.#writing = this.#writing.then(() =>
      Deno.rename(`${this.folder}/${file}`, `${this.folder}/${rotated}`)
    );
    await this.#writing;
    return rotated;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = [...this.#pending];
    this.#pending.clear();
    this.#writing = this.#writing.then(async () => {
      for (const [file, lines] of batch) {
        await Deno.writeTextFile(`${this.folder}/${file}`, lines.join(""), { append: true });
      }
    });
  }
}

/** Local `YYYY-MM-DD HH:MM:SS`. */
export function time(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ` +
    `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
