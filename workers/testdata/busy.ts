/** Works for a moment, then computes for ever. */
import { runRole } from "../worker.ts";

runRole("gateway", async ({ ready }) => {
  ready();
  await new Promise((resolve) => setTimeout(resolve, 200));
  while (true);
});
