import assert from "node:assert/strict";
import fc from "fast-check";
import { RateLimitedError } from "../errors/mod.ts";
import { rateLimiter, requireAllowed } from "./ratelimit.ts";

const RULE = { burst: 3, perSecond: 2 };

function at(start = 0) {
  let ms = start;
  const limiter = rateLimiter({ now: () => ms });
  return { advance: (by: number) => ms += by, take: limiter.take };
}

Deno.test("a burst passes, the next request is told when to come back", () => {
  const { advance, take } = at();
  assert.deepEqual([1, 2, 3].map(() => take("a", RULE).remaining), [2, 1, 0]);
  const refused = take("a", RULE);
  assert.deepEqual(refused, {
    allowed: false,
    limit: 3,
    remaining: 0,
    resetSeconds: 2,
    retryAfterSeconds: 1,
  });
  assert.throws(
    () => requireAllowed(refused),
    (error) => error instanceof RateLimitedError && error.retryAfterSeconds === 1,
  );
  advance(500);
  requireAllowed(take("a", RULE));
  assert.equal(take("a", RULE).allowed, false);
});

Deno.test("keys don't touch each other", () => {
  const { take } = at();
  for (let i = 0; i < 4; i++) take("a", RULE);
  assert.equal(take("a", RULE).allowed, false);
  assert.equal(take("b", RULE).allowed, true);
});

Deno.test("a request takes as many tokens as it costs, or none", () => {
  const { take } = at();
  assert.equal(take("a", RULE, 2).remaining, 1);
  assert.deepEqual(take("a", RULE, 2).retryAfterSeconds, 1);
  assert.equal(take("a", RULE, 1).allowed, true);
});

Deno.test("over any time no more pass than burst and rate allow, and waiting as told helps", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 20 }),
    fc.double({ min: 0.1, max: 50, noNaN: true }),
    fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 }),
    (burst, perSecond, gaps) => {
      const rule = { burst, perSecond };
      const { advance, take } = at(1_000);
      let passed = 0;
      for (const gap of gaps) {
        advance(gap);
        if (take("k", rule).allowed) passed += 1;
      }
      const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
      assert(passed <= burst + seconds * perSecond + 1e-6);
      const state = take("k", rule);
      if (!state.allowed) {
        advance(state.retryAfterSeconds * 1000);
        assert(take("k", rule).allowed);
      }
    },
  ));
});

Deno.test("the key that was idle longest is forgotten first", () => {
  const limiter = rateLimiter({ maxKeys: 2, now: () => 0 });
  const rule = { burst: 1, perSecond: 1 };
  limiter.take("a", rule);
  limiter.take("b", rule);
  limiter.take("a", rule);
  limiter.take("c", rule);
  assert.equal(limiter.take("a", rule).allowed, false);
  assert.equal(limiter.take("b", rule).allowed, true);
});
