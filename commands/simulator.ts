/**
 * `simulator smsc|jasmin`: runs a simulator alone, with flags of its own.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal

export async function simulatorCommand(args: readonly string[]): Promise<number> {
  const [which, ...rest] = args;
  switch (which) {
    case "smsc":
      return await (await import("../simulator/smsc/main.ts")).runSmsc(rest);
    case "jasmin":
      return await (await import("../simulator/jasmin/main.ts")).main(rest);
    default:
      console.error("Usage: simulator smsc|jasmin [--help]");
      return 2;
  }
}
