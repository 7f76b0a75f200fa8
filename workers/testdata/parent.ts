/** A process that is nothing but the parent of another. */
import { superviseChild } from "../supervisor.ts";

Deno.exit(await superviseChild(Deno.args));
