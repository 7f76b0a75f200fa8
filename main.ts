/**
 * Jasmin Dashboard. Importing this file starts nothing; as a program it runs a command.
 * @module
 */
import { runCli } from "./commands/cli.ts";

if (import.meta.main) runCli(Deno.args);
