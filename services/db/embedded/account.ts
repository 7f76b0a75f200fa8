/**
 * The account that the server runs under. PostgreSQL refuses to run as root, so a root process
 * starts it as `nobody`.
 * @module
 */

/** A user and a group, by number; undefined where the server may run as we do. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` and its group on every current Linux distribution. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/** Needs `--allow-sys=uid`. */
export function serverAccount(): Account | undefined {
  return Deno.uid() === 0 ? NOBODY : undefined;
}

/** A command of ours under that account, with nothing of our environment: it holds secrets. */
export function commandAs(
  account: Account | undefined,
  program: string,
  options: Deno.CommandOptions,
): Deno.Command {
  const windows = Deno.build.os === "windows";
  return new Deno.Command(program, {
    stdin: "null",
    ...options,
    ...(account ?? {}),
    // Windows can't load system libraries without its variables.
    ...(windows ? {} : { clearEnv: true, cwd: "/" }),
    env: { LC_ALL: "C", TZ: "UTC", ...(windows ? {} : { PATH: "/usr/bin:/bin" }) },
  });
}

/** Hands a file or folder to the account, where it isn't ours. */
export async function give(account: Account | undefined, path: string): Promise<void> {
  if (account !== undefined) await Deno.chown(path, account.uid, account.gid);
}
