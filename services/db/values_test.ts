import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { arrayLiteral, parseArray } from "./values.ts";
import { connect } from "./connect.ts";
import { testDatabase } from "./testing.ts";

Deno.test("arrays of every kind come back from a pool's first statement", async () => {
  await using db = await testDatabase("arrays");
  const first = async (name: string, values: unknown[]): Promise<unknown> => {
    const sql = connect(db.url, { max: 1 });
    try {
      // The elements' type is checked by what comes back.
      const [row] = await sql`select ${sql.array(values as string[])}::${sql.unsafe(name)} as it`;
      return row?.["it"];
    } finally {
      await sql.end();
    }
  };
  const cases: readonly (readonly [string, unknown[]])[] = [
    ["int8[]", [1n, 2n ** 63n - 1n, null]],
    ["boolean[]", [true, false]],
    ["timestamptz[]", [new Date("2026-01-02T03:04:05.678Z"), null]],
    ["bytea[]", [Buffer.from([0, 255])]],
    ["text[]", ['"', "\\", "{a,b}", "", "NULL", null]],
    ["uuid[]", ["0198c1c1-0000-7000-8000-000000000001"]],
  ];
  for (const [name, values] of cases) assert.deepEqual(await first(name, values), values, name);
});

Deno.test("any text goes through an array unchanged, first statement or later", async () => {
  await using db = await testDatabase("arrays");
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1 }), async (values) => {
      const sql = connect(db.url, { max: 1 });
      const ask = () => sql`select ${sql.array(values)}::text[] as it`;
      assert.deepEqual((await ask())[0]?.["it"], values);
      assert.deepEqual((await ask())[0]?.["it"], values);
      await sql.end();
    }),
    { numRuns: 30 },
  );
});

Deno.test("nested, empty and shifted arrays are read", async () => {
  await using db = await testDatabase("arrays");
  const [row] = await db.sql`
    select array[[1, null], [3, 4]]::int8[] as nested, '{}'::text[] as empty,
           '[0:1]={a,NULL}'::text[] as shifted, array['NULL', 'null', '{}', ','] as words`;
  assert.deepEqual({ ...row }, {
    nested: [[1n, null], [3n, 4n]],
    empty: [],
    shifted: ["a", null],
    words: ["NULL", "null", "{}", ","],
  });
});

Deno.test("parseArray undoes arrayLiteral", () => {
  fc.assert(fc.property(fc.array(fc.option(fc.string())), (values) => {
    assert.deepEqual(parseArray(arrayLiteral(values)), values);
  }));
});
