/** Ends with the error that the test asked for by the telnet user name. */
import { runRole } from "../worker.ts";

runRole("dispatch", async ({ config, ready }) => {
  ready();
  const how = config.jasmin.username;
  if (how === "reject") throw new Error("thrown by the role");
  if (how === "return") return;
  if (how === "unhandled") Promise.reject(new Error("left unhandled"));
  if (how === "uncaught") {
    setTimeout(() => {
      throw new Error("thrown by a timer");
    });
  }
  await new Promise(() => {});
});
