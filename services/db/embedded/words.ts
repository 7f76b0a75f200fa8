/**
 * What went wrong with the embedded server, in a sentence that says the mend.
 * @module
 */
import { AppError, UnavailableError } from "../../errors/mod.ts";

/** The error that PostgreSQL's own last lines amount to. */
export function explain(what: string, lines: readonly string[], path: string): UnavailableError {
  const text = lines.join("\n");
  if (/no space left on device/i.test(text)) return new UnavailableError(fullDisk(path));
  if (/read-only file system/i.test(text)) return new UnavailableError(readOnly(path));
  const said = lines.findLast((line) => /FATAL|PANIC|error:/i.test(line)) ??
    lines.findLast((line) => line.trim() !== "");
  return new UnavailableError(said === undefined ? what : `${what}: ${said.trim()}`);
}

/** The error that a failed file operation below `path` amounts to; others come back unchanged. */
export function explainFileError(error: unknown, path: string): unknown {
  if (error instanceof AppError || error instanceof Deno.errors.NotCapable) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const options = { cause: error };
  if (code === "ENOSPC" || code === "EDQUOT") return new UnavailableError(fullDisk(path), options);
  if (code === "EROFS") return new UnavailableError(readOnly(path), options);
  if (error instanceof Deno.errors.PermissionDenied) {
    return new UnavailableError(
      `DATA_DIR ${path} can't be written by this user; change its owner, or choose another`,
      options,
    );
  }
  if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists) {
    return new UnavailableError(`DATA_DIR ${path} isn't a directory; choose another`, options);
  }
  return error;
}

function fullDisk(path: string): string {
  return `The disk that holds ${path} is full; free some space`;
}

function readOnly(path: string): string {
  return `${path} is on a read-only file system; choose another DATA_DIR`;
}
