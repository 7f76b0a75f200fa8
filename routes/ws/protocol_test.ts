import assert from "node:assert/strict";
import { ForbiddenError, ValidationError } from "../../services/errors/mod.ts";
import { errorMessage, parseMessage, parseOffer, PROTOCOL } from "./protocol.ts";

Deno.test("messages of the protocol", () => {
  for (
    const message of [
      { type: "ping" },
      { type: "auth", token: "t" },
      { type: "subscribe", channels: ["metrics"] },
      { type: "subscribe", channels: [], last_event_id: "e:1" },
      { type: "unsubscribe", channels: ["metrics"] },
    ]
  ) assert.deepEqual(parseMessage(JSON.stringify(message)), message);
  for (const bad of ["", "[]", '"ping"', '{"type":"auth"}', '{"type":"auth","token":""}']) {
    assert.throws(() => parseMessage(bad), ValidationError);
  }
});

Deno.test("an error tells what is meant for the client and nothing of the inside", () => {
  assert.deepEqual(JSON.parse(errorMessage(new ValidationError("channels", "Name one"))), {
    type: "error",
    code: "validation",
    message: "channels: Name one",
    field: "channels",
  });
  assert.equal(JSON.parse(errorMessage(new ForbiddenError("No"))).code, "forbidden");
  assert.doesNotMatch(errorMessage(new Error("secret at 10.0.0.1")), /secret/);
});

Deno.test("a token and our protocol are found among what is offered", () => {
  assert.deepEqual(parseOffer(null), { protocol: false, token: undefined });
  assert.deepEqual(parseOffer(`${PROTOCOL}, bearer.a.b-c_d`), { protocol: true, token: "a.b-c_d" });
  assert.deepEqual(parseOffer("bearer.x"), { protocol: false, token: "x" });
  assert.deepEqual(parseOffer("chat,superchat"), { protocol: false, token: undefined });
});
