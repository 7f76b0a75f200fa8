declare const __FRSH_BUILD_ID__: string | undefined;

/** Which build the static files are of; the bundler puts it into the browser's scripts. */
export let BUILD_ID = typeof __FRSH_BUILD_ID__ === "string" ? __FRSH_BUILD_ID__ : "development";

export function setBuildId(id: string): void {
  BUILD_ID = id;
}
