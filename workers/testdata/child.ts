/**
 * A child of `superviseChild`: adds its mode to a journal, asks to be started again as often as it
 * was told, then waits for a signal or for its parent's end.
 */
import { whenParentGone } from "../supervisor.ts";

const [journal = "", restarts = "0"] = Deno.args;
const starts = (await Deno.readTextFile(journal)).split("\n").filter((line) => line === "start");
await Deno.writeTextFile(journal, "start\n", { append: true });
if (starts.length < Number(restarts)) Deno.exit(75);
const leave = (why: string, code: number) => () => {
  Deno.writeTextFileSync(journal, `${why}\n`, { append: true });
  Deno.exit(code);
};
Deno.addSignalListener("SIGINT", leave("SIGINT", 3));
Deno.addSignalListener("SIGTERM", leave("SIGTERM", 4));
await Deno.writeTextFile(journal, "waits\n", { append: true });
await whenParentGone();
leave("parent gone", 5)();
