import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { ConnectionError } from "../../services/db/mod.ts";
import * as errors from "../../services/errors/mod.ts";
import { setLogLevel } from "../../services/log/mod.ts";
import { kindOf, problemResponse, PROBLEMS, problemSchema } from "./problem.ts";
import { REQUEST_ID } from "./testing.ts";

setLogLevel("silent");

Deno.test("each class of services/errors has its status", () => {
  const expected: [errors.AppError, number][] = [
    [new errors.ValidationError("to", "Is empty; give a number"), 422],
    [new errors.NotFoundError("There is no such message"), 404],
    [new errors.ConflictError("There is one already"), 409],
    [new errors.ForbiddenError("You may not"), 403],
    [new errors.UnauthenticatedError("Sign in first"), 401],
    [new errors.RateLimitedError("Too often", 7), 429],
    [new errors.QuotaError("The month's messages are used up"), 402],
    [new errors.UnavailableError("The gateway is down"), 503],
  ];
  for (const [error, status] of expected) {
    assert.equal(problemResponse(error, REQUEST_ID).status, status, error.name);
    assert.notEqual(kindOf(error), "internal", error.name);
  }
  const classes = Object.entries(errors).filter(([name, value]) =>
    name !== "AppError" && typeof value === "function" && value.prototype instanceof errors.AppError
  ).map(([name]) => name);
  assert.deepEqual(classes.sort(), expected.map(([error]) => error.name).sort());
});

Deno.test("an HttpError keeps a known status, and any other one is internal", () => {
  for (const status of [400, 404, 405, 413, 415] as const) {
    assert.equal(problemResponse(new HttpError(status), REQUEST_ID).status, status);
  }
  assert.equal(kindOf(new HttpError(418)), "internal");
});

Deno.test("a database that can't be reached is 503, other faults of it are 500", () => {
  const lost = new ConnectionError(Object.assign(new Error(), { code: "ECONNREFUSED" }));
  assert.equal(problemResponse(lost, REQUEST_ID).status, 503);
  const fault = Object.assign(new Error(), { code: "42P01" });
  assert.equal(problemResponse(fault, REQUEST_ID).status, 500);
});

Deno.test("every problem has its shape, and headers where its status wants them", async () => {
  const limited = problemResponse(new errors.RateLimitedError("Too often", 6.2), REQUEST_ID);
  assert.equal(limited.headers.get("retry-after"), "7");
  const nobody = problemResponse(new errors.UnauthenticatedError("Sign in first"), REQUEST_ID);
  assert.match(nobody.headers.get("www-authenticate") ?? "", /^Bearer /);
  const own = new Headers({ "WWW-Authenticate": "Own", "X-Kept": "1" });
  const kept = problemResponse(new errors.UnauthenticatedError("No"), REQUEST_ID, own);
  assert.equal(kept.headers.get("www-authenticate"), "Own");
  assert.equal(kept.headers.get("x-kept"), "1");
  for (const thrown of [new Error("x"), "text", null, undefined, new HttpError(404)]) {
    const response = problemResponse(thrown, REQUEST_ID);
    assert.equal(problemSchema.parse(await response.json()).status, response.status);
  }
  for (const rule of Object.values(PROBLEMS)) assert.notEqual(rule.title, "");
});
