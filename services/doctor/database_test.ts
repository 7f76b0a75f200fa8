import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type TestDatabase, testDatabase } from "../accounts/testing.ts";
import { connect } from "../db/mod.ts";
import { setLogLevel } from "../log/mod.ts";
import {
  databaseClock,
  databaseConnections,
  databaseReachable,
  databaseSchema,
  messagePartitions,
} from "./database.ts";
import type { Check, CheckResult } from "./model.ts";
import { closedPort, examineOnce, testConfig } from "./testing.ts";

describe("doctor on PostgreSQL", () => {
  let database: TestDatabase;

  before(async () => {
    setLogLevel("silent");
    database = await testDatabase({ max: 2 });
  });
  after(() => database.close());

  function examine(check: Check, now?: () => number): Promise<CheckResult> {
    return examineOnce(check, testConfig(), { url: database.url }, now);
  }

  function elsewhere(check: Check, change: (url: URL) => void): Promise<CheckResult> {
    const url = new URL(database.url);
    change(url);
    return examineOnce(check, testConfig({ DATABASE_URL: url.href }), { url: url.href });
  }

  it("finds a database of this version well", async () => {
    const checks = [
      databaseReachable,
      databaseSchema,
      databaseClock,
      databaseConnections,
      messagePartitions,
    ];
    for (const check of checks) {
      const { outcome, got } = await examine(check);
      assert.equal(outcome, "ok", `${check.id}: ${got}`);
    }
  });

  it("names the mend of a server that isn't there", async () => {
    const port = String(closedPort());
    const result = await elsewhere(databaseReachable, (url) => void (url.port = port));
    assert.equal(result.outcome, "fail");
    assert.match(result.got, /ECONNREFUSED/);
    assert.match(result.mend ?? "", /Start PostgreSQL, or correct host and port in DATABASE_URL/);
    const skipped = await elsewhere(messagePartitions, (url) => void (url.port = port));
    assert.equal(skipped.outcome, "skipped");
  });

  it("names the mend of a database that doesn't exist, and shows no password", async () => {
    const result = await elsewhere(databaseReachable, (url) => {
      url.pathname = "/jd_no_such_database";
      url.password = "hunter2-hunter2";
    });
    assert.equal(result.outcome, "fail");
    assert.match(result.mend ?? "", /Create the database/);
    assert.doesNotMatch(JSON.stringify(result), /hunter2/);
  });

  it("passes on why there is no database", async () => {
    const result = await examineOnce(databaseReachable, testConfig(), {
      missing: "There is none",
      mend: "Make one",
    });
    assert.deepEqual([result.outcome, result.got, result.mend], [
      "fail",
      "There is none",
      "Make one",
    ]);
  });

  it("tells an empty database and missing migrations apart", async () => {
    const name = `jd_empty_${crypto.randomUUID().replaceAll("-", "")}`;
    await database.sql`create database ${database.sql(name)}`;
    try {
      const empty = await elsewhere(databaseSchema, (url) => void (url.pathname = `/${name}`));
      assert.equal(empty.outcome, "warn");
      assert.match(empty.mend ?? "", /Run migrate/);
    } finally {
      await database.sql`drop database ${database.sql(name)}`;
    }
    const rows = await database.sql`delete from schema_migrations where version > 4 returning *`;
    try {
      const missing = await examine(databaseSchema);
      assert.equal(missing.outcome, "fail");
      assert.match(missing.got, /0005_stream\.sql/);
    } finally {
      await database.sql`insert into schema_migrations ${database.sql(rows)}`;
    }
  });

  it("refuses a schema of a newer program", async () => {
    await database.sql`
      insert into schema_migrations (version, name, checksum) values (9999, 'later', '')`;
    try {
      const result = await examine(databaseSchema);
      assert.equal(result.outcome, "fail");
      assert.match(result.mend ?? "", /newer program/);
    } finally {
      await database.sql`delete from schema_migrations where version = 9999`;
    }
  });

  it("measures how far the clocks are apart", async () => {
    const shifted = (ms: number) => examine(databaseClock, () => Date.now() + ms);
    const behind = await shifted(20_000);
    assert.equal(behind.outcome, "warn");
    assert.match(behind.got, /PostgreSQL is 20\.0 s behind/);
    const ahead = await shifted(-300_000);
    assert.equal(ahead.outcome, "fail");
    assert.match(ahead.got, /PostgreSQL is 5 min ahead/);
    assert.match(ahead.mend ?? "", /NTP/);
  });

  it("counts connections against the limit of the database", async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.sql`alter database ${database.sql(name)} connection limit 12`;
    try {
      const result = await examine(databaseConnections);
      assert.equal(result.outcome, "fail");
      assert.match(result.got, /^12 may be open.+are missing$/);
      assert.match(result.mend ?? "", /Raise max_connections/);
    } finally {
      await database.sql`alter database ${database.sql(name)} connection limit -1`;
    }
  });

  it("finds partitions missing and rows outside of every month", async () => {
    const sql = connect(database.url, { max: 1 });
    try {
      const [row] = await sql<{ suffix: string }[]>`
        select to_char(date_trunc('month', now() at time zone 'UTC') + interval '2 months',
          'YYYYMM') as suffix`;
      await sql`drop table ${sql(`messages_${row?.suffix}`)}`;
      const warned = await examine(messagePartitions);
      assert.equal(warned.outcome, "warn");
      assert.match(warned.got, new RegExp(`1 partition missing: messages_${row?.suffix}`));
      assert.match(warned.mend ?? "", /scheduler/);
      await sql`select ensure_message_partitions(2)`;

      await sql`
        insert into message_events (message_id, fingerprint, at, signal)
        values ('00000000-0000-7000-8000-000000000000', 'x', now(), 'accept')`;
      const stray = await examine(messagePartitions);
      assert.equal(stray.outcome, "fail");
      assert.match(stray.mend ?? "", /message_events_default/);
      await sql`delete from message_events_default`;
    } finally {
      await sql.end();
    }
  });
});
