/**
 * bcrypt off the main thread: one worker, started by the first password and ended when idle.
 * @module
 */
import { UnavailableError } from "../errors/mod.ts";
import { logger } from "../log/mod.ts";
import type { BcryptReply, BcryptRequest } from "./bcrypt_messages.ts";
import { normalizePassword } from "./password.ts";

const log = logger("auth.hasher");

/** Hashes passwords and checks them. */
export interface PasswordHasher {
  /** A hash of today's cost that no password has: verifying against it costs the same work. */
  readonly decoy: string;
  /** @throws {UnavailableError} when too many wait already, or the worker broke */
  hash(password: string): Promise<string>;
  /** @throws {UnavailableError} when too many wait already, or the worker broke */
  verify(password: string, hash: string): Promise<boolean>;
  /** Whether the hash was made with another cost than today's. */
  needsRehash(hash: string): boolean;
  /**
   * Ends the worker; what waits is refused. The next password starts another one. Without it, a
   * command ends only once the worker has been idle for its time.
   */
  close(): void;
}

/** How a hasher behaves. */
export interface HasherOptions {
  /**
   * bcrypt's cost: the work is 2 to this power. Lower than 12 is for tests.
   * @default 12
   */
  readonly cost?: number;
  /**
   * Passwords that may wait; at 0.3 s each, a longer queue only serves time-outs.
   * @default 32
   */
  readonly maxWaiting?: number;
  /**
   * Idle time after which the worker's 40 MB are given back, in milliseconds.
   * @default 30000
   */
  readonly idleMs?: number;
}

type Ask =
  | { readonly kind: "hash"; readonly password: string; readonly cost: number }
  | { readonly kind: "verify"; readonly password: string; readonly hash: string };

interface Waiting {
  resolve(value: string | boolean): void;
  reject(error: Error): void;
}

/** A pool of one worker: signing in must not take both cores of a small machine. */
export function passwordHasher(options: HasherOptions = {}): PasswordHasher {
  const { cost = 12, idleMs = 30_000, maxWaiting = 32 } = options;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let lastId = 0;

  function stop(reason: Error): void {
    clearTimeout(idle);
    idle = undefined;
    worker?.terminate();
    worker = undefined;
    const refused = [...waiting.values()];
    waiting.clear();
    for (const each of refused) each.reject(reason);
  }

  function start(): Worker {
    const made = new Worker(new URL("./bcrypt_worker.ts", import.meta.url), {
      deno: { permissions: "none" },
      name: "bcrypt",
      type: "module",
    });
    made.onmessage = ({ data }: MessageEvent<BcryptReply>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ("value" in data) asked?.resolve(data.value);
      else asked?.reject(new UnavailableError(`bcrypt failed: ${data.error}`));
      if (waiting.size === 0) {
        clearTimeout(idle);
        idle = setTimeout(() => stop(new UnavailableError("The bcrypt worker is idle")), idleMs);
      }
    };
    made.onerror = (event) => {
      event.preventDefault();
      log.error({ cause: event.message }, "The bcrypt worker broke; the next password restarts it");
      if (worker === made) stop(new UnavailableError("Passwords can't be checked now; try again"));
    };
    return made;
  }

  function ask(question: Ask): Promise<string | boolean> {
    if (waiting.size >= maxWaiting) {
      return Promise.reject(
        new UnavailableError("Too many sign in at this moment; try again in a few seconds"),
      );
    }
    clearTimeout(idle);
    idle = undefined;
    worker ??= start();
    const request: BcryptRequest = { ...question, id: ++lastId };
    const { promise, resolve, reject } = Promise.withResolvers<string | boolean>();
    waiting.set(request.id, { resolve, reject });
    worker.postMessage(request);
    return promise;
  }

  return {
    decoy: `$2a$${String(cost).padStart(2, "0")}$${".".repeat(22 + 31)}`,
    async hash(password) {
      const value = await ask({ cost, kind: "hash", password: normalizePassword(password) });
      if (typeof value !== "string") throw new UnavailableError("bcrypt gave no hash");
      return value;
    },
    async verify(password, hash) {
      return await ask({ hash, kind: "verify", password: normalizePassword(password) }) === true;
    },
    needsRehash(hash) {
      const [, made] = /^\$2[aby]\$(\d\d)\$/.exec(hash) ?? [];
      return Number(made) !== cost;
    },
    close() {
      stop(new UnavailableError("The server is stopping; try again"));
    },
  };
}
