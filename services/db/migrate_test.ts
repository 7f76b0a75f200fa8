import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { ConflictError } from "../errors/mod.ts";
import { connect } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { testDatabase } from "./testing.ts";

type Files = Readonly<Record<string, string>>;

interface Folder extends AsyncDisposable {
  readonly url: URL;
  write(files: Files): Promise<void>;
  remove(file: string): Promise<void>;
}

async function folderOf(files: Files): Promise<Folder> {
  const path = await Deno.makeTempDir();
  const url = pathToFileURL(`${path}/`);
  const folder: Folder = {
    url,
    write: async (more) => {
      for (const [name, text] of Object.entries(more)) {
        await Deno.writeTextFile(new URL(name, url), text);
      }
    },
    remove: (file) => Deno.remove(new URL(file, url)),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
  await folder.write(files);
  return folder;
}

const TWO: Files = {
  "0002_b.sql": "alter table a add column y int;\ninsert into a values (1, 2);\n",
  "0001_a.sql": "create table a (x int);",
  "README.md": "not a migration",
};

Deno.test("files are applied in order, once", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf(TWO);
  assert.deepEqual(await migrate(db.sql, folder.url), ["0001_a.sql", "0002_b.sql"]);
  assert.deepEqual(await migrate(db.sql, folder.url), []);
  await folder.write({ "0003_c.sql": "insert into a values (3, 4)" });
  assert.deepEqual(await migrate(db.sql, folder.url), ["0003_c.sql"]);
  assert.deepEqual([...await db.sql`select x, y from a`].map((row) => ({ ...row })), [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ]);
});

Deno.test("of many starters at once, exactly one applies each file", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf(TWO);
  const pools = Array.from({ length: 6 }, () => connect(db.url, { max: 1 }));
  const applied = await Promise.all(pools.map((sql) => migrate(sql, folder.url)));
  assert.deepEqual(applied.flat().sort(), ["0001_a.sql", "0002_b.sql"]);
  assert.equal((await db.sql`select from a`).length, 1);
  await Promise.all(pools.map((sql) => sql.end()));
});

Deno.test("an edited file is refused by name; other line ends are no edit", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf(TWO);
  await migrate(db.sql, folder.url);
  await folder.write({ "0002_b.sql": TWO["0002_b.sql"]?.replaceAll("\n", "\r\n") ?? "" });
  assert.deepEqual(await migrate(db.sql, folder.url), []);
  await folder.write({ "0002_b.sql": "select 1" });
  await assert.rejects(() => migrate(db.sql, folder.url), /0002_b\.sql was edited/);
});

Deno.test("a missing file is refused by name", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf(TWO);
  await migrate(db.sql, folder.url);
  await folder.remove("0001_a.sql");
  await assert.rejects(() => migrate(db.sql, folder.url), /0001_a\.sql .* is missing/);
});

Deno.test("a database newer than the program is refused", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf(TWO);
  await migrate(db.sql, folder.url);
  await folder.remove("0002_b.sql");
  await assert.rejects(
    () => migrate(db.sql, folder.url),
    /newer than this program: its schema is at 0002, the program knows up to 0001/,
  );
});

Deno.test("a file that comes under an applied one is refused", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf({ "0002_b.sql": "select 1" });
  await migrate(db.sql, folder.url);
  await folder.write({ "0001_a.sql": "select 1" });
  await assert.rejects(() => migrate(db.sql, folder.url), /0001_a\.sql came after 0002/);
});

Deno.test("a failing file leaves nothing behind and is named with its line", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf({
    "0001_a.sql": "create table a (x int);",
    "0002_b.sql": "create table b (x int);\n\nselect nonsense;",
  });
  await assert.rejects(() => migrate(db.sql, folder.url), (error) => {
    assert.ok(error instanceof ConflictError);
    assert.match(error.message, /0002_b\.sql failed at line 3: .*nonsense/);
    return true;
  });
  const [row] = await db.sql`select to_regclass('a') is not null as a, to_regclass('b') as b`;
  assert.deepEqual({ ...row }, { a: true, b: null });
});

Deno.test("misnamed and equally numbered files are refused before anything runs", async () => {
  await using db = await testDatabase("migrate");
  await using folder = await folderOf({ "1_a.sql": "create table a (x int)" });
  await assert.rejects(() => migrate(db.sql, folder.url), /1_a\.sql is misnamed/);
  await folder.remove("1_a.sql");
  await folder.write({ "0001_a.sql": "create table a (x int)", "0001_b.sql": "select 1" });
  await assert.rejects(() => migrate(db.sql, folder.url), /0001_a\.sql and 0001_b\.sql/);
  const [row] = await db.sql`select to_regclass('a') as a`;
  assert.equal(row?.a, null);
});

Deno.test("the program's own migrations apply to an empty database", async () => {
  await using db = await testDatabase("migrate");
  assert.ok((await migrate(db.sql)).includes("0001_leases.sql"));
  assert.deepEqual(await migrate(db.sql), []);
});
