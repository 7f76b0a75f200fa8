/** Who gets to which endpoint, of every one that is declared, in this process. */
import assert from "node:assert/strict";
import { App } from "fresh";
import { v7 } from "uuid";
import { type Permission, PERMISSIONS, type Principal } from "../../../services/auth/mod.ts";
import { UnauthenticatedError } from "../../../services/errors/mod.ts";
import type { Services } from "../../services.ts";
import type { State } from "../../state.ts";
import { everyEndpointTimesRole } from "../access_matrix.ts";
import type { Endpoint } from "../endpoint.ts";
import { mountApi } from "../mount.ts";
import { ENDPOINTS } from "./mod.ts";
import { withApi } from "./testing.ts";

/** Endpoints whose services are there: what they answer is looked at beyond the gate. */
const SERVED = new Set([
  "API keys",
  "Accounts",
  "Audit",
  "Auth",
  "Profile",
  "Sessions",
  "Setup",
  "Users",
]);

Deno.test("every endpoint, asked by every kind of caller", async (t) => {
  await withApi(async ({ root, services, shop }) => {
    const known = new Map<string, Principal>();
    const authenticate = (credential: string | null | undefined): Promise<Principal> => {
      const principal = known.get(credential ?? "");
      return principal === undefined
        ? Promise.reject(new UnauthenticatedError("Nobody"))
        : Promise.resolve(principal);
    };
    const app = new App<State>().use((ctx) => {
      const auth = { ...services.auth, authenticate };
      Object.assign(ctx.state, {
        ip: "192.0.2.1",
        requestId: v7(),
        services: { ...services, auth } satisfies Partial<Services>,
      });
      return ctx.next();
    });
    const rate = { limit: 100_000, windowSeconds: 60 };
    mountApi(app, ENDPOINTS, { networkRate: rate, principalRate: rate });
    const handle = app.handler();

    async function ask(endpoint: Endpoint, principal: Principal | null): Promise<number> {
      const { example, method, path, permission } = endpoint;
      const token = v7();
      if (principal !== null) known.set(token, principal);
      // Signing in with nonsense is a 401 of its own, which would look like the gate's.
      const body = permission === "public" ? {} : example;
      const response = await handle(
        new Request(
          `http://localhost${path.replaceAll(/\{id\}/g, v7()).replace("{cid}", "none")}`,
          {
            method,
            headers: {
              ...(principal === null ? {} : { authorization: `Bearer ${token}` }),
              ...(body === undefined ? {} : { "content-type": "application/json" }),
            },
            ...(body === undefined || method === "GET" ? {} : { body: JSON.stringify(body) }),
          },
        ),
      );
      await response.body?.cancel();
      if (endpoint.tags.some((tag) => SERVED.has(tag))) {
        assert(response.status < 500, `${method} ${path}: ${response.status}`);
      }
      return response.status;
    }

    await t.step("lets through by role and scope as the matrix says", async () => {
      const cases = everyEndpointTimesRole(ENDPOINTS);
      assert.equal(cases.length, ENDPOINTS.length * 10);
      for (const { caller, endpoint, expected, name } of cases) {
        const status = await ask(
          endpoint,
          caller === null ? null : {
            accountId: shop.id,
            kind: "user",
            language: "en",
            role: caller.role,
            scope: caller.scope === "all" ? { kind: "all" } : { ids: [shop.id], kind: "accounts" },
            sessionId: v7(),
            userId: v7(),
          },
        );
        if (expected === "pass") assert(![401, 403].includes(status), `${name}: ${status}`);
        else assert.equal(status, expected, name);
      }
    });

    const keyWith = (permissions: readonly Permission[]): Principal => ({
      accountId: root.id,
      keyId: v7(),
      kind: "api-key",
      language: "en",
      permissions,
      role: "super_admin",
      scope: { kind: "all" },
      userId: v7(),
    });

    await t.step(
      "lets an API key through by its scopes, and never to what is for people",
      async () => {
        for (const endpoint of ENDPOINTS) {
          const { method, path, permission } = endpoint;
          const open = permission === "public" || permission === "signed-in";
          const without = await ask(endpoint, keyWith(PERMISSIONS.filter((p) => p !== permission)));
          assert.equal(without === 403, !open, `${method} ${path} without it: ${without}`);
          // Making keys is left to people, whatever a key's scopes are.
          const people = permission === "session" ||
            `${method} ${path}` === "POST /api/v1/api-keys";
          const having = await ask(endpoint, keyWith(PERMISSIONS));
          assert.equal(having === 403, people, `${method} ${path} with it: ${having}`);
        }
      },
    );
  });
});
