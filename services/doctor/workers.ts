/**
 * The parts of the service itself.
 * @module
 */
import { ROLES } from "../config/mod.ts";
import type { Check, Finding } from "./model.ts";
import { type RunningParts, webUrl } from "./running.ts";

/** Judges which parts run; pure. */
export function judgeWorkers({ web, roles, any }: RunningParts, tried: string): Finding {
  if (!any) {
    return {
      outcome: "warn",
      tried,
      got: "The service doesn't run, neither here nor elsewhere on this database",
      mend: "Start it with serve",
    };
  }
  const reported = (web ?? []).flatMap((part) => {
    const role = ROLES.find((each) => part.name.split(" ")[0] === each);
    // `gateway-http` is a dependency; a role has its number behind its name.
    return role !== undefined && /^\w+ \d+$/.test(part.name) ? [{ ...part, role }] : [];
  });
  const dying = reported.filter(({ state }) => state !== "up");
  const alive = ROLES.filter((role) =>
    roles.has(role) || reported.some((part) => part.role === role && part.state === "up")
  );
  const missing = ROLES.filter((role) => !alive.includes(role));
  const told = web === null
    ? "as the database sees them, for no web part answers here"
    : "as the web part and the database see them";
  if (dying.length > 0) {
    return {
      outcome: "fail",
      tried,
      got: dying.map(({ name, detail }) => `${name}: ${detail ?? "not ready"}`).join("; "),
      mend: "Look at the log of the role; it is started again by itself, with growing pauses",
    };
  }
  if (missing.length > 0) {
    return {
      outcome: "fail",
      tried,
      got: `Nobody runs ${missing.join(", ")}, ${told}`,
      mend: `Start a process with ROLES=${missing.join(",")}`,
    };
  }
  return { outcome: "ok", tried, got: `${alive.join(", ")} run, ${told}` };
}

export const workersAlive: Check = {
  id: "workers",
  title: "Every role runs",
  async run(at) {
    const tried = `Asked ${webUrl(at.config)}/healthz, and PostgreSQL for connections and leases`;
    return judgeWorkers(await at.running(), tried);
  },
};
