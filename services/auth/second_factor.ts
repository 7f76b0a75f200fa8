/**
 * A user's own second factor: begun with a secret, and asked for once a code has proved that the
 * app has it.
 * @module
 */
import { append } from "../audit/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { ConflictError, NotFoundError, ValidationError } from "../errors/mod.ts";
import { actorOf } from "./actor.ts";
import type { Auth } from "./auth.ts";
import { codeCheck } from "./code_check.ts";
import { countGuess } from "./guess_throttle.ts";
import { checkOwnPassword } from "./own_password.ts";
import type { Requester, UserPrincipal } from "./principal.ts";
import {
  countRecoveryCodes,
  dropRecoveryCodes,
  newRecoveryCodes,
  storeRecoveryCodes,
} from "./recovery_codes.ts";
import { newTotpSecret, totpUri } from "./totp.ts";

/** A person, about the own second factor. */
type Owner = Requester & { readonly principal: UserPrincipal };

/** What shows that it's the owner who asks. */
export interface OwnerProof {
  readonly password: string;
  /** From the app or of recovery. */
  readonly code: string;
}

export interface SecondFactor {
  /** Since when it is asked for (null: it isn't), and what is left for a lost device. */
  status(
    principal: UserPrincipal,
  ): Promise<{ readonly enabledAt: Date | null; readonly recoveryCodesLeft: number }>;
  /**
   * A new secret for the app; nothing is asked for until it is confirmed, and the next one takes
   * its place.
   * @throws {ValidationError} on `password`
   * @throws {ConflictError} when there is a second factor already
   */
  enrol(
    by: Owner,
    password: string,
  ): Promise<{ readonly secret: string; readonly uri: string }>;
  /**
   * From now on codes are asked for.
   * @returns the recovery codes, which are nowhere else
   * @throws {ValidationError} on `code`
   * @throws {ConflictError} when there is no secret to confirm
   */
  confirm(by: Owner, code: string): Promise<string[]>;
  /**
   * Other recovery codes; the former ones end.
   * @throws {ValidationError} on `password` or `code`
   * @throws {ConflictError} when there is no second factor
   */
  renewRecoveryCodes(by: Owner, proof: OwnerProof): Promise<string[]>;
  /**
   * @throws {ValidationError} on `password` or `code`
   * @throws {ConflictError} when there is no second factor
   */
  disable(by: Owner, proof: OwnerProof): Promise<void>;
}

/** Takes a user's second factor away; the caller writes the audit entry. */
export async function dropSecondFactor(tx: Tx, userId: string): Promise<void> {
  await tx`
    update users set totp_secret = null, totp_enabled_at = null, totp_last_step = null,
      updated_at = now()
    where id = ${userId}
  `;
  await dropRecoveryCodes(tx, userId);
}

interface Held {
  readonly email: string;
  readonly enabledAt: Date | null;
  readonly begun: boolean;
}

export function createSecondFactor(options: {
  readonly sql: Sql;
  readonly auth: Pick<Auth, "hasher">;
  readonly secretKey: string;
  readonly clock?: () => Date;
}): SecondFactor {
  const { auth, clock = () => new Date(), secretKey, sql } = options;
  const codes = codeCheck(secretKey);

  async function record(tx: Tx, by: Owner, action: string): Promise<void> {
    const { accountId, userId } = by.principal;
    await append(tx, {
      accountId,
      action: `user.second_factor_${action}`,
      actor: await actorOf(tx, by),
      at: clock(),
      subject: { id: userId, type: "user" },
    });
  }

  /** Runs `work`, which gives recovery codes or none, once a code was taken; the code counts even against who has the session. */
  async function withCode(
    userId: string,
    code: string,
    work: (tx: Tx) => Promise<string[]>,
    allowed: (held: Held) => void,
  ): Promise<string[]> {
    const now = clock();
    const guess = await countGuess(sql, "code", userId, now);
    return await sql.begin(async (tx) => {
      allowed(await hold(tx, userId));
      if (await codes.take(tx, userId, code, now) === undefined) {
        throw new ValidationError(
          "code",
          "Is wrong or was used already; give the one that the app shows now",
        );
      }
      await guess.right(tx);
      return await work(tx);
    });
  }

  async function newCodes(tx: Tx, userId: string): Promise<string[]> {
    const made = newRecoveryCodes();
    await storeRecoveryCodes(tx, await codes.recoveryKey(), userId, made, clock());
    return made;
  }

  async function withProof(
    by: Owner,
    { code, password }: OwnerProof,
    work: (tx: Tx) => Promise<string[]>,
  ): Promise<string[]> {
    const { userId } = by.principal;
    const known = await checkOwnPassword(
      { hasher: auth.hasher, sql },
      { field: "password", password, userId },
      clock(),
    );
    return await withCode(userId, code, async (tx) => {
      await known.right(tx);
      return await work(tx);
    }, requireEnabled);
  }

  return {
    async status({ userId }) {
      const { enabledAt } = await read(sql, userId);
      const recoveryCodesLeft = enabledAt === null ? 0 : await countRecoveryCodes(sql, userId);
      return { enabledAt, recoveryCodesLeft };
    },

    async enrol(by, password) {
      const { userId } = by.principal;
      const known = await checkOwnPassword(
        { hasher: auth.hasher, sql },
        { field: "password", password, userId },
        clock(),
      );
      const secret = newTotpSecret();
      const sealed = await codes.seal(secret, userId);
      return await sql.begin(async (tx) => {
        const held = await hold(tx, userId);
        if (held.enabledAt !== null) {
          throw new ConflictError("You have a second factor already; disable it first");
        }
        await known.right(tx);
        await tx`
          update users set totp_secret = ${sealed}, totp_last_step = null where id = ${userId}
        `;
        await record(tx, by, "begin");
        return { secret, uri: totpUri(secret, held.email) };
      });
    },

    async confirm(by, code) {
      const { userId } = by.principal;
      return await withCode(userId, code, async (tx) => {
        await tx`
          update users set totp_enabled_at = ${clock()}, updated_at = ${clock()}
          where id = ${userId}
        `;
        const made = await newCodes(tx, userId);
        await record(tx, by, "enable");
        return made;
      }, requireBegun);
    },

    async renewRecoveryCodes(by, proof) {
      return await withProof(by, proof, async (tx) => {
        const made = await newCodes(tx, by.principal.userId);
        await record(tx, by, "recovery_codes");
        return made;
      });
    },

    async disable(by, proof) {
      await withProof(by, proof, async (tx) => {
        await dropSecondFactor(tx, by.principal.userId);
        await record(tx, by, "disable");
        return [];
      });
    },
  };
}

function requireEnabled({ enabledAt }: Held): void {
  if (enabledAt === null) throw new ConflictError("You have no second factor; set one up first");
}

function requireBegun({ begun, enabledAt }: Held): void {
  if (enabledAt !== null) throw new ConflictError("Your second factor is confirmed already");
  if (!begun) throw new ConflictError("There is no secret to confirm; begin by asking for one");
}

async function read(sql: Sql | Tx, userId: string, lock = false): Promise<Held> {
  const [user] = await sql<Held[]>`
    select email, totp_enabled_at as "enabledAt", totp_secret is not null as begun
    from users where id = ${userId} ${lock ? sql`for no key update` : sql``}
  `;
  if (user === undefined) throw new NotFoundError("There is no such user");
  return user;
}

/** Reads and locks: of two changes at once, the second sees what the first did. */
function hold(tx: Tx, userId: string): Promise<Held> {
  return read(tx, userId, true);
}
