import assert from "node:assert/strict";
import { UnavailableError, ValidationError } from "../errors/mod.ts";
import { connect, type Sql } from "./connect.ts";
import { acquireLease, type Lease } from "./lease.ts";
import { migrate } from "./migrate.ts";
import { type TestDatabase, testDatabase } from "./testing.ts";

async function database(): Promise<TestDatabase> {
  const db = await testDatabase("lease");
  await migrate(db.sql);
  return db;
}

async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  while (true) {
    const answer = await ask();
    if (answer !== null) return answer;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function taken(lease: Promise<Lease | null>): Promise<Lease> {
  const held = await lease;
  assert.ok(held !== null);
  return held;
}

async function row(sql: Sql): Promise<{ holder: string; epoch: bigint; live: boolean }> {
  const [found] = await sql<{ holder: string; epoch: bigint; live: boolean }[]>`
    select holder, epoch, expires_at > clock_timestamp() as live from leases where name = 'jcli'`;
  assert.ok(found !== undefined);
  return found;
}

/** A way to the database that can be frozen (bytes stay where they are) and cut. */
function proxyTo(url: string): { url: string; freeze(): void; cut(): void; close(): void } {
  const { hostname, port } = new URL(url);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  let frozen = false;
  const pump = async (from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> => {
    const bytes = new Uint8Array(65_536);
    try {
      for (let n = await from.read(bytes); n !== null; n = await from.read(bytes)) {
        if (!frozen) await to.write(bytes.subarray(0, n));
      }
    } catch {
      // Cut.
    }
  };
  (async () => {
    for await (const client of listener) {
      const server = await Deno.connect({ hostname, port: Number(port || 5432) });
      open.add(client).add(server);
      pump(client, server);
      pump(server, client);
    }
  })();
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(listener.addr.port);
  const cut = (): void => {
    for (const each of open) each.close();
    open.clear();
  };
  return {
    url: through.href,
    freeze: () => frozen = true,
    cut,
    close: () => {
      listener.close();
      cut();
    },
  };
}

Deno.test("of many contenders, one holds; after release the next has a higher epoch", async () => {
  await using db = await database();
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, n) => acquireLease(db.sql, "jcli", `process ${n}`, 5_000)),
  );
  const holders = all.filter((lease) => lease !== null);
  assert.equal(holders.length, 1);
  const [first] = holders;
  assert.ok(first !== undefined);
  assert.ok(first.valid());
  assert.equal(first.epoch, 1n);
  await first.release();
  assert.equal(first.valid(), false);
  assert.equal(first.lost.aborted, false);
  await using second = await taken(acquireLease(db.sql, "jcli", "process 9", 5_000));
  assert.equal(second.epoch, 2n);
  // A second release of the former holder takes nothing from the new one.
  await first.release();
  assert.deepEqual({ ...await row(db.sql) }, { holder: "process 9", epoch: 2n, live: true });
});

Deno.test("leases of different names are independent", async () => {
  await using db = await database();
  await using one = await taken(acquireLease(db.sql, "jcli", "a", 5_000));
  await using two = await taken(acquireLease(db.sql, "scheduler", "b", 5_000));
  assert.ok(one.valid() && two.valid());
});

Deno.test("renewal holds a lease for many times its length", async () => {
  await using db = await database();
  await using lease = await taken(acquireLease(db.sql, "jcli", "a", 400));
  const end = performance.now() + 1_600;
  while (performance.now() < end) {
    assert.equal(await acquireLease(db.sql, "jcli", "b", 400), null);
    assert.ok(lease.valid());
  }
});

Deno.test("a holder that is cut off lets go before the database does, then another has it", async () => {
  await using db = await database();
  const proxy = proxyTo(db.url);
  const far = connect(proxy.url, { max: 1, connectTimeoutSeconds: 1 });
  const lease = await taken(acquireLease(far, "jcli", "a", 1_000));
  proxy.freeze();
  await aborted(lease.lost);
  assert.equal((await row(db.sql)).live, true);
  assert.equal(lease.valid(), false);
  assert.ok(lease.lost.reason instanceof UnavailableError);
  await using next = await eventually(() => acquireLease(db.sql, "jcli", "b", 5_000));
  assert.equal(next.epoch, 2n);
  assert.equal(lease.valid(), false);
  proxy.close();
  await lease.release();
  await far.end({ timeout: 0 });
  assert.equal((await row(db.sql)).holder, "b");
});

Deno.test("a connection that breaks is made again and the lease kept", async () => {
  await using db = await database();
  const proxy = proxyTo(db.url);
  const far = connect(proxy.url, { max: 1 });
  const lease = await taken(acquireLease(far, "jcli", "a", 2_000));
  const [before] = await db.sql<{ at: Date }[]>`select expires_at as at from leases`;
  proxy.cut();
  await eventually(async () => {
    const [now] = await db.sql<{ at: Date }[]>`select expires_at as at from leases`;
    return now !== undefined && before !== undefined && now.at > before.at ? true : null;
  });
  assert.ok(lease.valid());
  assert.equal(lease.lost.aborted, false);
  await lease.release();
  proxy.close();
  await far.end({ timeout: 0 });
});

Deno.test("a holder that was paused knows at once that its time is over", async () => {
  await using db = await database();
  let clock = 1_000_000;
  const lease = await taken(acquireLease(db.sql, "jcli", "a", 60_000, { now: () => clock }));
  clock += 44_000;
  assert.ok(lease.valid());
  clock += 2_000;
  assert.equal(lease.valid(), false);
  assert.ok(lease.lost.aborted);
  // Not even the return of the clock brings it back.
  clock -= 40_000;
  assert.equal(lease.valid(), false);
  await lease.release();
});

Deno.test("jumps of the wall clock change nothing", async () => {
  await using db = await database();
  await using lease = await taken(acquireLease(db.sql, "jcli", "a", 400));
  const real = Date.now;
  try {
    for (const jump of [-86_400_000, 86_400_000]) {
      Date.now = () => real() + jump;
      assert.ok(lease.valid());
      assert.equal(await acquireLease(db.sql, "jcli", "b", 400), null);
    }
  } finally {
    Date.now = real;
  }
});

Deno.test("a lease that was taken away is lost at the next renewal", async () => {
  await using db = await database();
  const lease = await taken(acquireLease(db.sql, "jcli", "a", 400));
  await db.sql`update leases set holder = 'b', epoch = epoch + 1`;
  await aborted(lease.lost);
  assert.equal(lease.valid(), false);
  await lease.release();
  assert.deepEqual({ ...await row(db.sql) }, { holder: "b", epoch: 2n, live: true });
});

Deno.test("a lease too short to be renewed is refused", async () => {
  await using db = await database();
  await assert.rejects(() => acquireLease(db.sql, "jcli", "a", 199), ValidationError);
});
