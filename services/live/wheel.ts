/**
 * One timer for the heartbeats of all clients.
 * @module
 */

/** The time is cut into so many turns; a client has its turn once in each round. */
const TURNS = 15;

/** Members are spread over the turns of a round, so that no moment has all of them to do. */
export class Wheel<T> {
  readonly #turns: Set<T>[] = Array.from({ length: TURNS }, () => new Set<T>());
  readonly #turnOf = new Map<T, number>();
  readonly #roundMs: number;
  readonly #onTurn: (due: Iterable<T>) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #now = 0;
  #next = 0;

  constructor(roundMs: number, onTurn: (due: Iterable<T>) => void) {
    this.#roundMs = roundMs;
    this.#onTurn = onTurn;
  }

  get size(): number {
    return this.#turnOf.size;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#turn(), this.#roundMs / TURNS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  add(member: T): void {
    this.#turns[this.#next]?.add(member);
    this.#turnOf.set(member, this.#next);
    this.#next = (this.#next + 1) % TURNS;
  }

  delete(member: T): void {
    this.#turns[this.#turnOf.get(member) ?? 0]?.delete(member);
    this.#turnOf.delete(member);
  }

  /** All members, in no order that means anything. */
  members(): Iterable<T> {
    return this.#turnOf.keys();
  }

  #turn(): void {
    this.#now = (this.#now + 1) % TURNS;
    // A copy: members may leave on their turn.
    this.#onTurn([...this.#turns[this.#now] ?? []]);
  }
}
