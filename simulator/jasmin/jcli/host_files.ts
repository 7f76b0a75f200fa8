/** Files and addresses that jcli reads Python code from, with the gateway's error texts. */
import { syntaxFault } from "../python/syntax.ts";

const ERRORS: readonly [new () => Error, string][] = [
  [Deno.errors.NotFound, "[Errno 2] No such file or directory"],
  [Deno.errors.PermissionDenied, "[Errno 13] Permission denied"],
  [Deno.errors.NotCapable, "[Errno 13] Permission denied"],
  [Deno.errors.IsADirectory, "[Errno 21] Is a directory"],
  [Deno.errors.NotADirectory, "[Errno 20] Not a directory"],
];

/** A code that was read, or what jcli says in its place. */
export type ReadCode = { readonly code: string } | { readonly fault: string };

/** Reads a file of the gateway's host. */
export function readCodeFile(path: string): ReadCode {
  try {
    return checked(Deno.readTextFileSync(path));
  } catch (error) {
    const text = ERRORS.find(([kind]) => error instanceof kind)?.[1] ??
      // Deno has no class of its own for it.
      (error instanceof Error && error.message.includes("os error 21")
        ? "[Errno 21] Is a directory"
        : undefined);
    if (text === undefined) throw error;
    return { fault: `[IO]: ${text}: '${path}'` };
  }
}

function checked(code: string): ReadCode {
  const fault = syntaxFault(code);
  return fault === undefined ? { code } : { fault: `[Syntax]: ${fault}` };
}

/** Reads what an address gives. Python's own reading of ftp is not simulated. */
export async function readCodeUrl(url: string): Promise<ReadCode> {
  try {
    const response = await fetch(url);
    const code = await response.text();
    if (response.ok) return checked(code);
    return { fault: `[URL]: HTTP Error ${response.status}: ${response.statusText}` };
  } catch {
    return { fault: "[URL]: <urlopen error [Errno 111] Connection refused>" };
  }
}
