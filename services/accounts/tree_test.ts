import assert from "node:assert/strict";
import fc from "fast-check";
import { ACCOUNT_STATUSES } from "./model.ts";
import { effective, type Inheritable } from "./tree.ts";

const ceiling = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });

const account: fc.Arbitrary<Inheritable> = fc.record({
  gatewayUserId: fc.option(fc.uuid(), { nil: null }),
  id: fc.uuid(),
  limits: fc.record({ messagesPerSecond: ceiling, partsPerMessage: ceiling }).map((limits) => ({
    ...(limits.messagesPerSecond === undefined
      ? {}
      : { messagesPerSecond: limits.messagesPerSecond }),
    ...(limits.partsPerMessage === undefined ? {} : { partsPerMessage: limits.partsPerMessage }),
  })),
  settings: fc.record({
    currency: fc.constantFrom("EUR", "USD", "MXN"),
    language: fc.constantFrom("es" as const, "en" as const),
  }, { requiredKeys: [] }),
  status: fc.constantFrom(...ACCOUNT_STATUSES),
});

const chain = fc.tuple(account, fc.array(account, { maxLength: 6 })).map((
  [root, below],
): [Inheritable, ...Inheritable[]] => [root, ...below]);

Deno.test("an account alone has its own values", () => {
  fc.assert(fc.property(account, (one) => {
    const { gatewayUserId, id, limits, settings, status } = one;
    assert.deepEqual(effective([one]), { gatewayUserId, id, limits, settings, status });
  }));
});

Deno.test("no account is milder or less limited than one above it", () => {
  fc.assert(fc.property(chain, (accounts) => {
    const result = effective(accounts);
    for (const above of accounts) {
      assert(ACCOUNT_STATUSES.indexOf(result.status) >= ACCOUNT_STATUSES.indexOf(above.status));
      for (const key of ["messagesPerSecond", "partsPerMessage"] as const) {
        const limit = above.limits[key];
        if (limit !== undefined) assert((result.limits[key] ?? Infinity) <= limit);
      }
    }
  }));
});

Deno.test("settings and gateway user are those of the nearest account that has them", () => {
  fc.assert(fc.property(chain, (accounts) => {
    const result = effective(accounts);
    const upwards = accounts.toReversed();
    for (const key of ["currency", "language"] as const) {
      const nearest = upwards.find((one) => one.settings[key] !== undefined);
      assert.equal(result.settings[key], nearest?.settings[key]);
    }
    const nearest = upwards.find((one) => one.gatewayUserId !== null);
    assert.equal(result.gatewayUserId, nearest?.gatewayUserId ?? null);
    assert.equal(result.id, upwards[0]?.id);
  }));
});
