import assert from "node:assert/strict";
import fc from "fast-check";
import { networkOf, RateLimiter } from "./rate_limit.ts";

Deno.test("a window lets through its limit at once, then one at a time", () => {
  let now = 0;
  const limiter = new RateLimiter({ limit: 3, windowSeconds: 60 }, () => now);
  const taken = Array.from({ length: 4 }, () => limiter.take("a"));
  assert.deepEqual(taken.map((each) => [each.allowed, each.remaining, each.resetSeconds]), [
    [true, 2, 20],
    [true, 1, 40],
    [true, 0, 60],
    [false, 0, 60],
  ]);
  assert.equal(taken[3]?.retryAfterSeconds, 20);
  assert.equal(limiter.take("b").allowed, true);
  now = 19_999;
  assert.equal(limiter.take("a").allowed, false);
  now = 20_000;
  assert.equal(limiter.take("a").allowed, true);
  assert.equal(limiter.take("a").allowed, false);
  now = 1_000_000;
  assert.equal(limiter.look("a").remaining, 3);
});

Deno.test("no window of time ever holds more than twice the limit, and waiting as told suffices", () => {
  const gaps = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 20 }), (waits, limit) => {
      let now = 0;
      const limiter = new RateLimiter({ limit, windowSeconds: 10 }, () => now);
      const passed: number[] = [];
      for (const wait of waits) {
        now += wait;
        const decision = limiter.take("a");
        if (decision.allowed) passed.push(now);
        else {
          now += decision.retryAfterSeconds * 1000;
          assert.ok(limiter.take("a").allowed);
          passed.push(now);
        }
      }
      for (const from of passed) {
        const within = passed.filter((at) => at >= from && at < from + 10_000).length;
        assert.ok(within <= 2 * limit, `${within} of ${limit}`);
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("memory is bounded however many callers come", () => {
  let now = 0;
  const limiter = new RateLimiter({ limit: 1, windowSeconds: 1 }, () => now);
  for (let caller = 0; caller < 60_000; caller++) limiter.take(`old ${caller}`);
  assert.equal(limiter.size, 50_000);
  now = 2_000;
  limiter.take("new");
  assert.equal(limiter.size, 1);
});

Deno.test("an IPv6 customer is its /64, an IPv4 one its address", () => {
  const cases: [string, string][] = [
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:0db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::", "fe80:0:0:0::/64"],
  ];
  for (const [ip, network] of cases) assert.equal(networkOf(ip), network, ip);
});
