/**
 * `audit verify`: whether the audit log is as it was written.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { verifyChain } from "../services/audit/mod.ts";
import { withDatabase } from "./database.ts";

export async function auditCommand(args: readonly string[]): Promise<number> {
  if (args[0] !== "verify") {
    console.error("Usage: audit verify");
    return 2;
  }
  const result = await withDatabase((sql) => verifyChain(sql));
  if (!result.ok) {
    console.error(`The chain is broken at entry ${result.seq}: ${result.reason}`);
    return 1;
  }
  console.log(
    `The chain holds: ${result.entries} entries, head ${result.head.seq}:${result.head.hash}`,
  );
  if (result.erasedParts > 0) {
    console.log(`${result.erasedParts} parts were erased, each by an entry that says so`);
  }
  return 0;
}
