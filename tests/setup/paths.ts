/** Where the test set-up keeps things. */

/** The path of a `file:` URL. */
export function fromFileUrl(url: URL): string {
  return decodeURIComponent(url.pathname);
}

/** The root of the checkout, without a slash at its end. */
export const ROOT = fromFileUrl(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** What is kept from one run to the next (the gateway's virtual environment, last results). */
export const CACHE = `${ROOT}/tests/.work`;

let ownWorkFolder: string | undefined;

/**
 * The folder of all temporary files: `TEST_WORK_DIR` when a test run gives one, else one that is
 * removed when this program ends. It lies under the system's temporary folder and not in the
 * checkout, because PostgreSQL refuses to run as root and the user that it runs as may not be able
 * to reach a checkout in somebody's home.
 */
export async function workFolder(): Promise<string> {
  const given = Deno.env.get("TEST_WORK_DIR");
  if (given !== undefined) return given;
  if (ownWorkFolder === undefined) {
    const folder = await Deno.makeTempDir({ prefix: "jasmin-dashboard-" });
    await Deno.chmod(folder, 0o755);
    ownWorkFolder = folder;
    globalThis.addEventListener("unload", () => {
      try {
        Deno.removeSync(folder, { recursive: true });
      } catch {
        // A service that is being stopped still writes there; the system cleans its /tmp.
      }
    });
  }
  return ownWorkFolder;
}

/** A fresh folder for one service's files, readable for every user. */
export async function serviceFolder(name: string): Promise<string> {
  const folder = await Deno.makeTempDir({ dir: await workFolder(), prefix: `${name}-` });
  await Deno.chmod(folder, 0o755);
  return folder;
}
