import assert from "node:assert/strict";
import { ENDPOINTS } from "../../api/v1/mod.ts";
import { operations } from "./reference.ts";

Deno.test("the reference has every endpoint once, with what it needs and answers", () => {
  const shown = operations().map(({ access, method, path }) => `${method} ${path} ${access}`);
  const declared = ENDPOINTS.map(({ method, path, permission }) =>
    `${method} ${path} ${permission}`
  );
  assert.deepEqual(shown.toSorted(), declared.toSorted());
  for (const { id, replies } of operations()) assert.ok(replies.length > 0, id);
});

Deno.test("a request's body is told by its fields and an example", () => {
  const send = operations().find(({ method, path }) =>
    `${method} ${path}` === "POST /api/v1/users"
  );
  assert.ok(send?.body);
  const role = send.body.fields.find(({ name }) => name === "role");
  assert.equal(role?.required, true);
  assert.match(role?.type ?? "", /"super_admin" \| "admin"/);
  assert.equal(JSON.parse(send.body.example).role, "client");
});
