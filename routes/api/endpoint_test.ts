import assert from "node:assert/strict";
import { z } from "zod";
import { endpoint, parametersOf } from "./endpoint.ts";
import { limit } from "./fields.ts";

/** Compiles only when both types are one and the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : never;
function same<A, B>(_proof: Same<A, B>): void {}

Deno.test("a handler's input has the types of the schemas", () => {
  endpoint({
    method: "PATCH",
    path: "/api/v1/typed/{id}",
    summary: "Typed",
    tags: [],
    permission: "messages:send",
    params: z.strictObject({ id: z.string() }),
    query: z.strictObject({ limit }),
    body: z.strictObject({ at: z.iso.datetime().transform((text) => new Date(text)) }),
    responses: {
      200: { description: "Done", schema: z.strictObject({ words: z.array(z.string()) }) },
      204: { description: "Nothing to do" },
    },
    handle: ({ body, params, principal, query }) => {
      same<typeof params.id, string>(true);
      same<typeof query.limit, number>(true);
      same<typeof body.at, Date>(true);
      same<typeof principal.role extends string ? true : false, true>(true);
      // @ts-expect-error -- no header is declared
      void ((headers: { readonly "X-A": string }) => headers)(params);
      const words: readonly string[] = ["read-only lists are taken too"];
      return query.limit > 1 ? { status: 200, body: { words } } : { status: 204 };
    },
  });
});

Deno.test("a public endpoint has no principal, and an undeclared answer does not compile", () => {
  const declared = {
    method: "GET",
    path: "/api/v1/open",
    summary: "Open",
    tags: [],
    permission: "public",
    responses: { 200: { description: "Done", schema: z.string() } },
  } as const;
  endpoint({
    ...declared,
    tags: [],
    handle: ({ body, principal }) => {
      same<typeof principal, null>(true);
      same<typeof body, undefined>(true);
      return { status: 200, body: "a text" };
    },
  });
  // @ts-expect-error -- 201 is not declared
  endpoint({ ...declared, tags: [], handle: () => ({ status: 201, body: "a text" }) });
  // @ts-expect-error -- the body is a text
  endpoint({ ...declared, tags: [], handle: () => ({ status: 200, body: 5 }) });
  const handle = () => ({ status: 200 as const, body: "" });
  // @ts-expect-error -- there is no such permission
  endpoint({ ...declared, permission: "nonsense", tags: [], handle });
});

Deno.test("a path's parameters are found in order", () => {
  assert.deepEqual(parametersOf("/api/v1/{a}/b/{c_d}"), ["a", "c_d"]);
});
