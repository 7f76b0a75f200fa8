/**
 * The first visit: who comes first becomes the super admin.
 * @module
 */
import { ensureRoot, type Language } from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import type { Sql } from "../db/mod.ts";
import { ConflictError } from "../errors/mod.ts";
import type { Auth, Tokens } from "./auth.ts";
import type { Origin } from "./login.ts";
import { checkPassword } from "./password.ts";
import { createUser, hasAnyUser } from "./users.ts";

/** The first super admin. */
export interface FirstUser {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language?: Language;
}

export interface FirstRun {
  /** Whether nobody can sign in yet. */
  needed(): Promise<boolean>;
  /**
   * Makes the first super admin, signed in.
   * @throws {ConflictError} when there is a user already
   * @throws {ValidationError} on a field
   */
  complete(input: FirstUser, origin: Origin): Promise<Tokens>;
}

export function createFirstRun(options: {
  readonly sql: Sql;
  readonly auth: Pick<Auth, "hasher" | "open">;
  readonly clock?: () => Date;
}): FirstRun {
  const { auth, clock = () => new Date(), sql } = options;
  return {
    needed: async () => !await hasAnyUser(sql),

    async complete(input, origin) {
      checkPassword(input.password);
      if (await hasAnyUser(sql)) throw taken();
      return await sql.begin(async (tx) => {
        // Against every other way to the first user too (the command line): no row to lock exists
        // yet. What waits here meanwhile is only who came too late, so hashing may hold it.
        await tx`lock table users in share row exclusive mode`;
        if (await hasAnyUser(tx)) throw taken();
        const root = await ensureRoot(tx);
        const { email, language, name, password } = input;
        const user = await createUser(tx, auth.hasher, {
          accountId: root.id,
          email,
          name,
          password,
          role: "super_admin",
          ...(language === undefined ? {} : { language }),
        });
        const tokens = await auth.open(tx, user, origin);
        await append(tx, {
          accountId: root.id,
          action: "setup.complete",
          actor: { id: user.id, ip: origin.ip, label: user.email },
          after: { email: user.email, role: user.role },
          at: clock(),
          subject: { id: user.id, type: "user" },
        });
        return tokens;
      });
    },
  };
}

function taken(): ConflictError {
  return new ConflictError("This installation is set up already; sign in");
}
