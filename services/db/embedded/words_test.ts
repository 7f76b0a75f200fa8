import assert from "node:assert/strict";
import { ConflictError, UnavailableError } from "../../errors/mod.ts";
import { explain, explainFileError } from "./words.ts";

function failure(code: string): Error {
  return Object.assign(new Error(`failed (${code})`), { code });
}

Deno.test("PostgreSQL's last words become a sentence with the mend", () => {
  const words = (lines: string[]) => explain("PostgreSQL didn't start", lines, "/data").message;
  assert.match(
    words(["initdb: error: could not write to file: No space left on device", "initdb: removing"]),
    /^The disk that holds \/data is full; free some space$/,
  );
  assert.match(words(["FATAL:  could not open file: Read-only file system"]), /read-only file sys/);
  assert.equal(
    words(["LOG:  starting", "FATAL:  wrong ownership", "LOG:  shut down", ""]),
    "PostgreSQL didn't start: FATAL:  wrong ownership",
  );
  assert.equal(words(["strange"]), "PostgreSQL didn't start: strange");
  assert.equal(words([]), "PostgreSQL didn't start");
});

Deno.test("file errors become a sentence that names DATA_DIR, and keep their cause", () => {
  for (
    const [error, sentence] of [
      [failure("ENOSPC"), /disk that holds \/data is full/],
      [failure("EDQUOT"), /disk that holds \/data is full/],
      [failure("EROFS"), /read-only file system/],
      [new Deno.errors.PermissionDenied("no"), /DATA_DIR \/data can't be written by this user/],
      [new Deno.errors.NotADirectory("no"), /DATA_DIR \/data isn't a directory/],
    ] as const
  ) {
    const explained = explainFileError(error, "/data");
    assert.ok(explained instanceof UnavailableError);
    assert.match(explained.message, sentence);
    assert.equal(explained.cause, error);
  }
});

Deno.test("errors that say enough stay as they are", () => {
  for (
    const error of [
      new ConflictError("DATA_DIR is in use"),
      new Deno.errors.NotCapable("Requires run access"),
      new Error("other"),
    ]
  ) assert.equal(explainFileError(error, "/data"), error);
});
