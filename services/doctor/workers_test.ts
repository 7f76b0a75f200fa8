import assert from "node:assert/strict";
import { type Role, ROLES } from "../config/mod.ts";
import { judgeWorkers } from "./workers.ts";

const up = (role: Role) => ({ name: `${role} 0`, state: "up", detail: null } as const);
const noRoles: ReadonlySet<Role> = new Set();

Deno.test("judgeWorkers() looks at nothing while the service doesn't run", () => {
  const result = judgeWorkers({ web: null, roles: noRoles, any: false }, "Tried");
  assert.equal(result.outcome, "warn");
  assert.match(result.mend ?? "", /serve/);
});

Deno.test("judgeWorkers() takes roles of the web part's process and of others together", () => {
  const web = [up("gateway"), up("ingest"), { name: "gateway-http", state: "down", detail: "x" }];
  const rest = new Set<Role>(["dispatch", "metrics", "scheduler"]);
  assert.equal(
    judgeWorkers({
      web: web.map((each) => ({ ...each, state: each.state === "up" ? "up" : "down" })),
      roles: rest,
      any: true,
    }, "Tried").outcome,
    "ok",
  );
});

Deno.test("judgeWorkers() names roles that nobody runs, with the mend", () => {
  const roles = new Set(ROLES.filter((role) => role !== "dispatch" && role !== "ingest"));
  const result = judgeWorkers({ web: null, roles, any: true }, "Tried");
  assert.equal(result.outcome, "fail");
  assert.match(result.mend ?? "", /ROLES=ingest,dispatch/);
});

Deno.test("judgeWorkers() tells why a role dies", () => {
  const web = [
    ...ROLES.filter((role) => role !== "metrics").map(up),
    { name: "metrics 0", state: "down", detail: "dies again and again: boom" } as const,
  ];
  const result = judgeWorkers({ web, roles: new Set(ROLES), any: true }, "Tried");
  assert.equal(result.outcome, "fail");
  assert.match(result.got, /metrics 0: dies again and again: boom/);
});
