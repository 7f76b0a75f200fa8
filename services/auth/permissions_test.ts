import assert from "node:assert/strict";
import { ALL_ACCOUNTS, type Role, ROLES, type Scope } from "../accounts/mod.ts";
import { ForbiddenError } from "../errors/mod.ts";
import {
  can,
  grantableRoles,
  type Permission,
  PERMISSIONS,
  permissionsOf,
  reachOf,
  require,
  roleHas,
} from "./permissions.ts";

/** The whole matrix, written a second time: S super admin, A admin, M manager, R analyst, C client. */
const EXPECTED: Record<Permission, string> = {
  "accounts:read": "SAMRC",
  "accounts:write": "SA",
  "alerts:read": "SAMRC",
  "alerts:write": "SA",
  "api-keys:read": "SAC",
  "api-keys:write": "SAC",
  "audit:read": "SA",
  "billing:read": "SAMRC",
  "billing:write": "SA",
  "campaigns:read": "SAMRC",
  "campaigns:write": "SAMC",
  "connectors:operate": "SA",
  "connectors:read": "SAMR",
  "connectors:write": "SA",
  "contacts:read": "SAMRC",
  "contacts:write": "SAMC",
  "gateway:read": "SAR",
  "gateway:write": "SA",
  "messages:read": "SAMRC",
  "messages:send": "SAMC",
  "metrics:read": "SAMRC",
  "routes:read": "SAR",
  "routes:write": "SA",
  "system:read": "SA",
  "system:write": "S",
  "templates:read": "SAMRC",
  "templates:write": "SAMC",
  "users:read": "SA",
  "users:write": "SA",
  "walls:read": "SA",
  "walls:write": "SA",
  "webhooks:read": "SAC",
  "webhooks:write": "SAC",
};

const INSTALLATION_WIDE = ["connectors", "gateway", "routes", "system"];

const LETTERS: Record<Role, string> = {
  admin: "A",
  analyst: "R",
  campaign_manager: "M",
  client: "C",
  super_admin: "S",
};

const SOME: Scope = { kind: "accounts", ids: ["018f0000-0000-7000-8000-000000000001"] };

Deno.test("the matrix is the one that was agreed", () => {
  assert.deepEqual([...PERMISSIONS], Object.keys(EXPECTED));
  for (const permission of PERMISSIONS) {
    const has = ROLES.filter((role) => roleHas(role, permission)).map((role) => LETTERS[role]);
    assert.equal(has.join(""), EXPECTED[permission], permission);
  }
});

Deno.test("what all tenants share takes the whole scope besides the role", () => {
  for (const permission of PERMISSIONS) {
    const shared = INSTALLATION_WIDE.some((subject) => permission.startsWith(`${subject}:`));
    assert.equal(reachOf(permission), shared ? "installation" : "account", permission);
    for (const role of ROLES) {
      assert.equal(can({ role, scope: ALL_ACCOUNTS }, permission), roleHas(role, permission));
      assert.equal(can({ role, scope: SOME }, permission), !shared && roleHas(role, permission));
    }
  }
});

Deno.test("an analyst changes nothing, and who may write may read", () => {
  for (const permission of PERMISSIONS) {
    if (!permission.endsWith(":read")) assert(!roleHas("analyst", permission), permission);
    const read = PERMISSIONS.find((each) => each === permission.replace(/:.*/, ":read"));
    if (read === undefined) continue;
    for (const role of ROLES) {
      if (roleHas(role, permission)) assert(roleHas(role, read), `${role} ${permission}`);
    }
  }
});

Deno.test("a refusal names the permission", () => {
  require({ role: "client", scope: SOME }, "messages:send");
  assert.throws(
    () => require({ role: "client", scope: SOME }, "connectors:read"),
    (error) => error instanceof ForbiddenError && error.message.includes("connectors:read"),
  );
});

Deno.test("nobody gives a role above the own one", () => {
  assert.deepEqual(grantableRoles("super_admin"), ROLES);
  assert.deepEqual(grantableRoles("admin"), ["admin", "campaign_manager", "analyst", "client"]);
  for (const role of ["campaign_manager", "analyst", "client"] as const) {
    assert.deepEqual(grantableRoles(role), []);
  }
});

Deno.test("an API key's scopes only ever take away", () => {
  for (const role of ROLES) {
    for (const permission of PERMISSIONS) {
      const subject = { role, scope: ALL_ACCOUNTS };
      const others = PERMISSIONS.filter((each) => each !== permission);
      assert.equal(can({ ...subject, permissions: others }, permission), false);
      assert.equal(
        can({ ...subject, permissions: PERMISSIONS }, permission),
        can(subject, permission),
      );
    }
    assert.deepEqual(permissionsOf({ permissions: [], role, scope: ALL_ACCOUNTS }), []);
  }
});
