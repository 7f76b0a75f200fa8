/** The browser of the end-to-end tests. */

import { ensureProgram, findProgram } from "./apt.ts";

/** Path of Debian's Chromium, which is installed when it is missing. */
export async function findChromium(): Promise<string> {
  return Deno.env.get("TEST_CHROMIUM") ??
    await ensureProgram(
      "Chromium",
      ["chromium"],
      () => findProgram("chromium", "chromium-browser", "google-chrome"),
    );
}
