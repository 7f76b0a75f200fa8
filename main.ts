/**
 * Jasmin Dashboard. Importing this file starts nothing; as a program it runs a command.
 * @module
 */
import type { App } from "fresh";
import { runCli } from "./commands/cli.ts";
import { createApp } from "./routes/app.ts";
import type { State } from "./routes/state.ts";

/** Every route; the build (`deno task build`) adds the pages of `routes/`. */
export const app: App<State> = createApp();

if (import.meta.main) runCli(Deno.args);
