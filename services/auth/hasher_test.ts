import assert from "node:assert/strict";
import { UnavailableError } from "../errors/mod.ts";
import { passwordHasher } from "./hasher.ts";

Deno.test("a hash verifies its password, in either form of an accent, and no other", async () => {
  const hasher = passwordHasher({ cost: 4 });
  try {
    const hash = await hasher.hash("contrase\u00f1a");
    assert.match(hash, /^\$2[ab]\$04\$/);
    assert(await hasher.verify("contrasen\u0303a", hash));
    assert(!await hasher.verify("contrasena", hash));
    assert.notEqual(await hasher.hash("contrase\u00f1a"), hash);
  } finally {
    hasher.close();
  }
});

Deno.test("hashes of other implementations verify", async () => {
  const hasher = passwordHasher({ cost: 4 });
  try {
    // Test vectors of the crypt_blowfish package, public domain.
    const vectors = [
      ["U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
      ["U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"],
      ["U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"],
    ] as const;
    for (const [password, hash] of vectors) assert(await hasher.verify(password, hash), password);
  } finally {
    hasher.close();
  }
});

Deno.test("the cost is 12 unless told otherwise, and another cost asks for a new hash", () => {
  const hash12 = "$2a$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  const hash10 = hash12.replace("$12$", "$10$");
  assert(!passwordHasher().needsRehash(hash12));
  assert(passwordHasher().needsRehash(hash10));
  assert(passwordHasher().needsRehash("not a hash"));
});

Deno.test("the main thread goes on while a password is hashed", async () => {
  const hasher = passwordHasher({ cost: 11 });
  try {
    await hasher.verify("warm", await hasher.hash("up"));
    let turns = 0;
    const timer = setInterval(() => turns += 1, 1);
    await hasher.hash("password");
    clearInterval(timer);
    // On this thread the whole hash would be one turn of the event loop.
    assert(turns >= 5, `${turns} turns`);
  } finally {
    hasher.close();
  }
});

Deno.test("a queue that is full refuses at once, and then serves again", async () => {
  const hasher = passwordHasher({ cost: 4, maxWaiting: 2 });
  try {
    const results = await Promise.allSettled(["a", "b", "c"].map((each) => hasher.hash(each)));
    assert.deepEqual(results.map((each) => each.status), ["fulfilled", "fulfilled", "rejected"]);
    assert(results[2]?.status === "rejected" && results[2].reason instanceof UnavailableError);
    assert(await hasher.verify("d", await hasher.hash("d")));
  } finally {
    hasher.close();
  }
});

Deno.test("a broken hash fails its own request only", async () => {
  const hasher = passwordHasher({ cost: 4 });
  try {
    const [broken, good] = await Promise.allSettled([
      hasher.verify("a", "$2a$04$short"),
      hasher.hash("a"),
    ]);
    assert.equal(broken.status, "rejected");
    assert.equal(good.status, "fulfilled");
  } finally {
    hasher.close();
  }
});

Deno.test("closing refuses what waits, and the next password starts another worker", async () => {
  const hasher = passwordHasher({ cost: 4 });
  const waiting = hasher.hash("a");
  hasher.close();
  await assert.rejects(waiting, UnavailableError);
  assert(await hasher.verify("b", await hasher.hash("b")));
  hasher.close();
});

Deno.test("an idle worker is ended by itself", async () => {
  // The test's own check of leaked resources fails when the worker or its timer is left behind.
  const hasher = passwordHasher({ cost: 4, idleMs: 0 });
  await hasher.hash("a");
  const ended = Promise.withResolvers<void>();
  setTimeout(ended.resolve, 5);
  await ended.promise;
});
