import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { deriveKey } from "../accounts/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";
import { ACCESS_SECONDS, accessTokens } from "./access_token.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const NOW = new Date("2030-01-01T00:00:00Z");
const CLAIMS = {
  accountId: "account-1",
  role: "analyst",
  sessionId: "session-1",
  userId: "user-1",
} as const;
const tokens = accessTokens(KEY);
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** A token made by hand, as an attacker or another program would. */
async function forge(header: object, claims: object, purpose = "auth/access-token/1") {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part(header)}.${part(claims)}`;
  const key = await deriveKey(KEY, purpose);
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

async function refused(token: string, now = NOW): Promise<void> {
  await assert.rejects(tokens.read(token, now), UnauthenticatedError);
}

Deno.test("a token says who, for whom and until when", async () => {
  const token = await tokens.issue(CLAIMS, NOW);
  assert.deepEqual(decodeProtectedHeader(token), { alg: "HS256", typ: "at+jwt" });
  const iat = NOW.getTime() / 1000;
  assert.deepEqual(decodeJwt(token), {
    acc: "account-1",
    aud: "jasmin-dashboard/api",
    exp: iat + 900,
    iat,
    iss: "jasmin-dashboard",
    role: "analyst",
    sid: "session-1",
    sub: "user-1",
  });
  assert.deepEqual(await tokens.read(token, NOW), { sessionId: "session-1", userId: "user-1" });
});

Deno.test("it holds for 15 minutes and not a second more", async () => {
  const token = await tokens.issue(CLAIMS, NOW);
  await tokens.read(token, later(ACCESS_SECONDS - 1));
  await assert.rejects(tokens.read(token, later(ACCESS_SECONDS)), /has expired; refresh it/);
});

Deno.test("the hand-made token of the tests below passes when nothing is wrong with it", async () => {
  const good = decodeJwt(await tokens.issue(CLAIMS, NOW));
  await tokens.read(await forge({ alg: "HS256", typ: "at+jwt" }, good), NOW);
});

Deno.test("other algorithms, types, audiences, issuers, keys and missing claims are refused", async () => {
  const good = decodeJwt(await tokens.issue(CLAIMS, NOW));
  const header = { alg: "HS256", typ: "at+jwt" };
  for (const alg of ["none", "None", "HS384", "HS512", "RS256", "ES256"]) {
    await refused(await forge({ ...header, alg }, good));
  }
  await refused(await forge({ alg: "HS256", typ: "JWT" }, good));
  await refused(await forge({ alg: "HS256" }, good));
  await refused(await forge(header, { ...good, aud: "another" }));
  await refused(await forge(header, { ...good, iss: "another" }));
  await refused(await forge(header, { ...good, sub: 7 }));
  await refused(await forge(header, { ...good, sid: { id: "x" } }));
  for (const claim of ["aud", "exp", "iss", "sid", "sub"]) {
    await refused(await forge(header, { ...good, [claim]: undefined }));
  }
  await refused(await forge(header, { ...good, nbf: NOW.getTime() / 1000 + 60 }));
  await refused(await forge(header, good, "auth/another-purpose/1"));
});

Deno.test("a token without its signature, cut or altered is refused", async () => {
  const token = await tokens.issue(CLAIMS, NOW);
  const [header, claims, signature] = token.split(".");
  await refused(`${header}.${claims}.`);
  await refused(`${header}.${claims}`);
  await refused("");
  await refused("x.y.z");
  const other = Buffer.from(JSON.stringify({ ...decodeJwt(token), role: "super_admin" }))
    .toString("base64url");
  await refused(`${header}.${other}.${signature}`);
  await refused(await accessTokens(`${KEY}x`).issue(CLAIMS, NOW));
});
