/**
 * `user add EMAIL ROLE`: adds a user of the root account, the first one above all.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { ensureRoot, ROLES } from "../services/accounts/mod.ts";
import { append } from "../services/audit/mod.ts";
import { createUser, passwordHasher } from "../services/auth/mod.ts";
import { migrate } from "../services/db/mod.ts";
import { withDatabase } from "./database.ts";

async function readPassword(): Promise<string> {
  if (Deno.stdin.isTerminal()) console.log("Password (12 characters or more):");
  const [line = ""] = (await new Response(Deno.stdin.readable.pipeThrough(firstLine())).text())
    .split(/\r?\n/, 1);
  return line;
}

/** Ends the input after its first line, so that a terminal needs no Ctrl-D. */
function firstLine(): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      if (chunk.includes(10)) controller.terminate();
    },
  });
}

export async function userCommand(args: readonly string[]): Promise<number> {
  const [verb, email, roleName] = args;
  const role = ROLES.find((each) => each === roleName);
  if (verb !== "add" || email === undefined || role === undefined) {
    console.error(`Usage: user add EMAIL ROLE, with a role out of ${ROLES.join(", ")}`);
    return 2;
  }
  const password = await readPassword();
  const hasher = passwordHasher();
  try {
    await withDatabase(async (sql) => {
      await migrate(sql);
      const root = await ensureRoot(sql);
      await sql.begin(async (tx) => {
        const user = await createUser(tx, hasher, {
          accountId: root.id,
          email,
          name: email,
          password,
          role,
        });
        await append(tx, {
          accountId: user.accountId,
          action: "user.create",
          actor: { id: null, ip: null, label: "cli" },
          after: { email: user.email, role },
          subject: { id: user.id, type: "user" },
        });
      });
    });
  } finally {
    hasher.close();
  }
  console.log(`Added ${email} as ${role}`);
  return 0;
}
