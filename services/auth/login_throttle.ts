/**
 * Slows guessing down, in PostgreSQL, so that it holds across processes and restarts.
 *
 * An attempt is counted before the password is looked at: a thousand guesses at once would
 * otherwise all pass before the first failure is written. Success takes it back. Every block ends by
 * itself, and what an attacker does to an address elsewhere must not lock its owner out: the
 * counter of the address alone never blocks for more than a minute, and doesn't hold a place from
 * which this user has signed in within the last 30 days.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html
 * @module
 */
import { createHash } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import type { Sql, Tx } from "../db/mod.ts";
import { RateLimitedError } from "../errors/mod.ts";

/** How one counter blocks. */
export interface ThrottleRule {
  /** The attempt after which blocking begins. */
  readonly free: number;
  /** The first block, in seconds; each further attempt doubles it. */
  readonly baseSeconds: number;
  /** The longest block, in seconds. */
  readonly capSeconds: number;
}

/** The counters, in the order in which their rows are locked. */
export const THROTTLE_RULES = {
  /** One address from one place: the plain guesser, or a person who forgot. */
  pair: { free: 5, baseSeconds: 2, capSeconds: 900 },
  /** One address from anywhere: many machines on one user. */
  email: { free: 20, baseSeconds: 1, capSeconds: 60 },
  /** One place, any address: one password tried on many users. An office shares one address. */
  ip: { free: 30, baseSeconds: 2, capSeconds: 900 },
} as const satisfies Record<string, ThrottleRule>;

/** Quiet time after the end of a block that clears a counter, in seconds. */
export const FORGET_SECONDS = 3600;

const KNOWN_PLACE_DAYS = 30;

/** One attempt that was let through. */
export interface Attempt {
  /** What follows when it was wrong. The same whether or not the address has a user. */
  readonly ifWrong: AfterWrong;
  /** The password was right: clears the address' counters and takes back the place's count. */
  succeeded(tx: Tx): Promise<void>;
  /**
   * Takes back this one attempt and no other: the password was right, and a code is asked for. To
   * clear the counters here would let who has the password guess codes for ever.
   */
  takenBack(tx: Tx): Promise<void>;
}

/** What is left after a wrong attempt, from this place. */
export interface AfterWrong {
  /** Attempts until a pause; 0 when the pause begins now. */
  readonly triesLeft: number;
  /** How long it is, in seconds; 0 while tries are left. */
  readonly pauseSeconds: number;
}

function afterWrong(counted: readonly (readonly [ThrottleRule, number])[]): AfterWrong {
  return {
    triesLeft: Math.min(...counted.map(([rule, n]) => Math.max(0, rule.free - n))),
    pauseSeconds: Math.max(...counted.map(([rule, n]) => blockSeconds(rule, n))),
  };
}

/** The block that follows the nth attempt, in seconds. */
export function blockSeconds(rule: ThrottleRule, attempts: number): number {
  if (attempts < rule.free) return 0;
  return Math.min(rule.capSeconds, rule.baseSeconds * 2 ** (attempts - rule.free));
}

/**
 * The place that an address stands for: an IPv4 address, or an IPv6 network of 64 bits, which is
 * what one customer is given. `unknown` when there is none.
 */
export function placeOf(ip: string | null): string {
  const bare = (ip ?? "").split("%")[0]?.toLowerCase() ?? "";
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return "unknown";
  const groups = expandIPv6(bare);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return `${groups.slice(0, 4).map((group) => group.toString(16)).join(":")}::/64`;
}

/**
 * Counts an attempt to sign in.
 * @param email in lower case
 * @throws {RateLimitedError} while a counter blocks; a blocked attempt isn't counted
 */
export async function countAttempt(
  sql: Sql,
  email: string,
  ip: string | null,
  now: Date,
): Promise<Attempt> {
  const place = placeOf(ip);
  const keys = {
    pair: keyOf("pair", `${email} ${place}`),
    email: keyOf("email", email),
    ip: keyOf("ip", place),
  };
  const ifWrong = await sql.begin(async (tx) => {
    const ofPair = await count(tx, THROTTLE_RULES.pair, keys.pair, now);
    if (!await isKnownPlace(tx, email, ip, now)) {
      await count(tx, THROTTLE_RULES.email, keys.email, now);
    }
    const ofPlace = await count(tx, THROTTLE_RULES.ip, keys.ip, now);
    return afterWrong([[THROTTLE_RULES.pair, ofPair], [THROTTLE_RULES.ip, ofPlace]]);
  });
  return {
    ifWrong,
    async succeeded(tx) {
      // One by one, in the order of countAttempt(), so that the two never wait for each other.
      await tx`delete from login_throttle where key = ${keys.pair}`;
      await tx`delete from login_throttle where key = ${keys.email}`;
      // Not cleared: who owns one user would clear it between guesses at the others.
      await takeBack(tx, keys.ip);
    },
    async takenBack(tx) {
      await takeBack(tx, keys.pair);
      await takeBack(tx, keys.email);
      await takeBack(tx, keys.ip);
    },
  };
}

/** Drops counters that hold nothing any more; the scheduler calls it. */
export async function pruneThrottle(sql: Sql | Tx, now: Date): Promise<number> {
  const old = new Date(now.getTime() - FORGET_SECONDS * 1000);
  const dropped =
    await sql`delete from login_throttle where greatest(last_at, blocked_until) < ${old}`;
  return dropped.count;
}

async function takeBack(tx: Tx, key: Uint8Array): Promise<void> {
  await tx`update login_throttle set failures = greatest(failures - 1, 0) where key = ${key}`;
}

/**
 * Counts one attempt under a key.
 * @returns which one it is
 * @throws {RateLimitedError} while the key is blocked; a blocked attempt isn't counted
 */
export async function count(
  tx: Tx,
  rule: ThrottleRule,
  key: Uint8Array,
  now: Date,
): Promise<number> {
  const forget = new Date(now.getTime() - FORGET_SECONDS * 1000);
  // The row is locked by the insert, and read as it is then: attempts at once are counted one by
  // one. `where` leaves a blocked row as it is and returns nothing.
  const [counted] = await tx<{ failures: number }[]>`
    insert into login_throttle as held (key, failures, last_at, blocked_until)
    values (${key}, 1, ${now}, ${now})
    on conflict (key) do update set last_at = ${now},
      failures = case
        when greatest(held.last_at, held.blocked_until) < ${forget} then 1
        else held.failures + 1 end
    where held.blocked_until <= ${now}
    returning failures
  `;
  if (counted === undefined) {
    const [held] = await tx<{ blockedUntil: Date }[]>`
      select blocked_until as "blockedUntil" from login_throttle where key = ${key}
    `;
    const seconds = Math.max(
      1,
      Math.ceil(((held?.blockedUntil ?? now).getTime() - now.getTime()) / 1000),
    );
    throw new RateLimitedError(
      `Too many attempts; wait ${seconds} s and try again`,
      seconds,
    );
  }
  const seconds = blockSeconds(rule, counted.failures);
  if (seconds > 0) {
    await tx`
      update login_throttle set blocked_until = ${new Date(now.getTime() + seconds * 1000)}
      where key = ${key}
    `;
  }
  return counted.failures;
}

async function isKnownPlace(
  tx: Tx,
  email: string,
  ip: string | null,
  now: Date,
): Promise<boolean> {
  if (ip === null || email.includes("\0")) return false;
  const since = new Date(now.getTime() - KNOWN_PLACE_DAYS * 86_400_000);
  const [row] = await tx<{ known: boolean }[]>`
    select exists (
      select from sessions s join users u on u.id = s.user_id
      where lower(u.email) = ${email} and s.ip = ${ip} and s.last_used_at > ${since}
    ) as known
  `;
  return row?.known ?? false;
}

function keyOf(kind: keyof typeof THROTTLE_RULES, value: string): Uint8Array {
  return createHash("sha256").update(`${kind} ${value}`).digest();
}

/** The eight groups of a valid IPv6 address. */
function expandIPv6(address: string): number[] {
  // An embedded IPv4 tail stands for the last two groups.
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const high = (Number(a) << 8) | Number(b);
    const low = (Number(c) << 8) | Number(d);
    return `${high.toString(16)}:${low.toString(16)}`;
  });
  const [head = "", tail] = text.split("::");
  const left = groupsOf(head);
  const right = groupsOf(tail ?? "");
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...new Array<number>(zeros).fill(0), ...right];
}

function groupsOf(part: string): number[] {
  return part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
}
