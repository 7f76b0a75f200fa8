/** Where the test set-up keeps things. */

/** The path of a `file:` URL. */
export function fromFileUrl(url: URL): string {
  return decodeURIComponent(url.pathname);
}

/** The root of the checkout, without a slash at its end. */
export const ROOT = fromFileUrl(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** What is kept from one run to the next (the gateway's virtual environment, last results). */
export const CACHE = `${ROOT}/tests/.work`;

/**
 * A fresh folder for one service's files, inside `TEST_WORK_DIR` when a test run gives one. It lies
 * under the system's temporary folder and not in the checkout, because PostgreSQL refuses to run as
 * root and the user it runs as may not be able to reach a checkout in somebody's home.
 */
export async function serviceFolder(name: string): Promise<string> {
  const parent = Deno.env.get("TEST_WORK_DIR");
  const folder = await Deno.makeTempDir({
    prefix: `${parent === undefined ? "jasmin-dashboard-" : ""}${name}-`,
    ...(parent === undefined ? {} : { dir: parent }),
  });
  await Deno.chmod(folder, 0o755);
  return folder;
}
