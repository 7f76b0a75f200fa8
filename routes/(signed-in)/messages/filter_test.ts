import assert from "node:assert/strict";
import {
  apiQuery,
  filterOf,
  newerPage,
  numberIn,
  olderPage,
  readQuery,
  withFilter,
  writeQuery,
} from "./filter.ts";

const id = (last: number) => `0198c0de-7f3a-7b5c-9d2e-${String(last).padStart(12, "0")}`;
const queryOf = (text: string) => readQuery(new URLSearchParams(text));

Deno.test("a query is written as it was read, and nonsense is left out", () => {
  const url = `/messages?q=%2B34+612&state=sent&state=failed&connector=op_main&range=custom` +
    `&from=2026-04-14T14%3A32&to=2026-04-15T00%3A00&cursor=${id(1)}&trail=${id(2)}.${id(3)}` +
    `&open=${id(4)}`;
  assert.equal(writeQuery(queryOf(url.split("?")[1] ?? "")), url);
  assert.equal(
    writeQuery(queryOf("state=flying&range=century&cursor=1&open='--&trail=x.y&from=soon")),
    "/messages",
  );
});

Deno.test("older and newer lead through the same pages, and never to a page of another filter", () => {
  const first = queryOf("state=sent");
  const second = queryOf(olderPage(first, id(1))?.split("?")[1] ?? "");
  const third = queryOf(olderPage(second, id(2))?.split("?")[1] ?? "");
  assert.deepEqual([third.cursor, third.trail], [id(2), [id(1)]]);
  assert.equal(newerPage(third), writeQuery(second));
  assert.equal(newerPage(second), writeQuery(first));
  assert.equal(newerPage(first), null);
  assert.equal(olderPage(first, null), null);
  assert.equal(withFilter(third, { states: [] }), "/messages");
});

Deno.test("numbers are read as people write them", () => {
  assert.equal(numberIn("+34 612-34"), "+3461234");
  assert.equal(numberIn("0034612"), "+34612");
  assert.equal(numberIn("34612"), "+34612");
  assert.equal(numberIn("Lucía"), null);
  assert.equal(numberIn(""), null);
});

Deno.test("a range ends now; the API is asked for the same as the store", () => {
  const now = new Date("2026-04-14T12:00:00Z");
  const filter = filterOf(queryOf("q=%2B34612&state=sent&range=hour"), now, "UTC");
  assert.deepEqual(filter, {
    states: ["sent"],
    recipient: "+34612",
    createdFrom: new Date("2026-04-14T11:00:00Z"),
  });
  assert.equal(
    apiQuery(filter, 50),
    "limit=50&state=sent&to=%2B34612&created_from=2026-04-14T11%3A00%3A00.000Z",
  );
});
