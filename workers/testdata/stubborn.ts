/** Never drains. */
import { runRole } from "../worker.ts";

runRole("gateway", async ({ ready }) => {
  ready();
  await new Promise(() => {});
});
