import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, FakeJcli, type FakeJcliOptions } from "../testing/fake_jcli.ts";
import { KO, line, NOTHING, setting } from "./encode.ts";
import {
  JcliAuthError,
  JcliClosedError,
  JcliError,
  JcliGuardError,
  JcliProtocolError,
  JcliTimeoutError,
} from "./errors.ts";
import { JcliSession, type JcliSessionOptions } from "./session.ts";

const LIST = line("group", "-l");
const ADD = line("group", "-a");
const GID = setting({ key: "gid", value: "g1" });

/** A console with one group, in which each connection has its sub-session. */
function groups(): Answer {
  const open = new Set<number>();
  return (text, { number }) => {
    if (text === "group -a") {
      open.add(number);
      return "Adding a new Group: (ok: save, ko: exit)\n> ";
    }
    if (text === "ko") open.delete(number);
    if (open.has(number)) return "> ";
    return text === "group -l" ? "#Group id\n#g1\nTotal Groups: 1\njcli : " : "jcli : ";
  };
}

async function opened(
  jcli: FakeJcli,
  options: Partial<JcliSessionOptions> = {},
): Promise<JcliSession> {
  return await JcliSession.open({
    hostname: "127.0.0.1",
    port: jcli.port,
    username: "jcliadmin",
    password: "jclipwd",
    loginDeadlineMs: 2_000,
    probeEveryMs: 60_000,
    ...options,
  });
}

async function withSession(
  fake: FakeJcliOptions,
  work: (session: JcliSession, jcli: FakeJcli) => Promise<void>,
  options: Partial<JcliSessionOptions> = {},
): Promise<void> {
  await using jcli = new FakeJcli(fake);
  const session = await opened(jcli, options);
  try {
    await work(session, jcli);
  } finally {
    await session.close();
  }
}

Deno.test("a session logs in, runs a line and closes with goodbye", async () => {
  await using jcli = new FakeJcli({ answer: groups() });
  const session = await opened(jcli);
  assert.equal(session.release, "0.11.0");
  assert.equal(session.ref, 1);
  const { lines } = await session.run(LIST);
  assert.deepEqual(lines, ["#Group id", "#g1", "Total Groups: 1"]);
  assert.equal(session.stats.exchanges, 3);
  assert.ok(session.stats.bytesReceived > session.stats.bytesSent);
  await session.close();
  assert.ok(await session.closed instanceof JcliClosedError);
  await assert.rejects(session.run(LIST), JcliClosedError);
});

Deno.test("bytes may come one at a time", async () => {
  await withSession({ answer: groups(), chunk: 1 }, async (session) => {
    assert.equal((await session.run(LIST)).lines.length, 3);
  });
});

Deno.test("a console without authentication needs no login", async () => {
  await withSession({ answer: groups(), authentication: false }, async (session, jcli) => {
    assert.equal((await session.run(LIST)).lines.length, 3);
    assert.deepEqual(jcli.lines, ["group -l"]);
  });
});

Deno.test("a refused password is an authentication error that doesn't tell it", async () => {
  await using jcli = new FakeJcli({ answer: groups() });
  await assert.rejects(opened(jcli, { password: "hunter2" }), (error) => {
    assert.ok(error instanceof JcliAuthError);
    assert.doesNotMatch(Deno.inspect(error), /hunter2/);
    return true;
  });
});

Deno.test("an unreachable gateway and one that is silent are told apart", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const options = {
    hostname: "127.0.0.1",
    port,
    username: "a",
    password: "b",
    loginDeadlineMs: 200,
  };
  await assert.rejects(JcliSession.open(options), JcliTimeoutError);
  listener.close();
  await assert.rejects(JcliSession.open(options), JcliClosedError);
});

Deno.test("lines are never pipelined, and take their turns", async () => {
  let under = 0;
  let most = 0;
  const answer: Answer = (_text, connection) => {
    most = Math.max(most, ++under);
    delay(5).then(() => connection.raw(`${_text}\r\r\r\njcli : `)).then(() => under--);
    return null;
  };
  await withSession({ answer }, async (session, jcli) => {
    const lines = ["u1", "u2", "u3", "u4"].map((text) =>
      line("user", "-s", { field: "uid", text })
    );
    await Promise.all(lines.map((each) => session.run(each)));
    assert.equal(most, 1);
    assert.deepEqual(jcli.lines, ["user -s u1", "user -s u2", "user -s u3", "user -s u4"]);
  });
});

Deno.test("a deadline closes the socket at once and fails all who wait", async () => {
  await withSession({ answer: () => null }, async (session) => {
    const first = session.run(LIST, { deadlineMs: 100 });
    const second = session.run(LIST);
    await assert.rejects(first, (error) => {
      assert.ok(error instanceof JcliTimeoutError);
      assert.equal(error.bytesLeft, true);
      return true;
    });
    await assert.rejects(second, (error) => {
      assert.ok(error instanceof JcliError);
      assert.equal(error.bytesLeft, false);
      return true;
    });
    assert.equal(session.isOpen, false);
    assert.ok(await session.closed instanceof JcliTimeoutError);
  });
});

Deno.test("a half-open session is found by the probe", async () => {
  let dead = false;
  const answer: Answer = () => dead ? null : "jcli : ";
  await withSession({ answer }, async (session) => {
    assert.ok(await session.probe() >= 0);
    dead = true;
    assert.ok(await session.closed instanceof JcliTimeoutError);
  }, { probeEveryMs: 30, probeDeadlineMs: 60 });
});

Deno.test("a connection that the gateway closes fails the line, which may have arrived", async () => {
  const answer: Answer = (_line, connection) => {
    connection.close();
    return null;
  };
  await withSession({ answer }, async (session) => {
    await assert.rejects(session.run(LIST), (error) => {
      assert.ok(error instanceof JcliClosedError);
      assert.equal(error.bytesLeft, true);
      return true;
    });
  });
});

Deno.test("with the guard down not one more byte is sent", async () => {
  let allowed = true;
  await withSession({ answer: groups() }, async (session, jcli) => {
    await session.exclusive(async (send) => {
      await send(ADD);
      allowed = false;
      const before = jcli.received;
      await assert.rejects(send(GID), (error) => {
        assert.ok(error instanceof JcliGuardError);
        assert.equal(error.bytesLeft, false);
        return true;
      });
      assert.equal(jcli.received, before);
    });
    assert.ok(await session.closed instanceof JcliGuardError);
    assert.deepEqual(jcli.lines, ["group -a"]);
  }, { guard: () => allowed });
});

Deno.test("a guard that is down from the start lets no connection be made", async () => {
  await using jcli = new FakeJcli({ answer: groups() });
  await assert.rejects(opened(jcli, { guard: () => false }), JcliGuardError);
  assert.equal(jcli.received, "");
});

Deno.test("a sub-session that is left open is cancelled before the next turn", async () => {
  await withSession({ answer: groups() }, async (session, jcli) => {
    const failed = session.exclusive(async (send) => {
      await send(ADD);
      throw new RangeError("the caller's own");
    });
    const next = session.run(LIST);
    await assert.rejects(failed, RangeError);
    assert.equal((await next).lines.length, 3);
    assert.deepEqual(jcli.lines, ["group -a", KO, "group -l"]);
  });
});

Deno.test("a sub-session that can't be left closes the session", async () => {
  await withSession({ answer: () => "> " }, async (session) => {
    await session.exclusive((send) => send(ADD));
    assert.ok(await session.closed instanceof JcliProtocolError);
  });
});

Deno.test("an aborted line is waited for, so the session stays in step", async () => {
  const answered = Promise.withResolvers<void>();
  const answer: Answer = (text, connection) => {
    if (text !== "group -a") return groups()(text, connection);
    answered.promise.then(() => connection.raw("group -a\r\r\r\nAdding a new Group: x\r\r\r\n> "));
    return null;
  };
  await withSession({ answer }, async (session, jcli) => {
    const aborter = new AbortController();
    const aborted = session.exclusive((send) => send(ADD, { signal: aborter.signal }));
    const next = session.run(LIST);
    while (!jcli.lines.includes("group -a")) await delay(1);
    aborter.abort(new RangeError("enough"));
    answered.resolve();
    await assert.rejects(aborted, RangeError);
    assert.equal((await next).lines.length, 3);
    assert.deepEqual(jcli.lines, ["group -a", "ko", "group -l"]);
  });
});

Deno.test("who gives up while waiting is told at once and lets nobody overtake", async () => {
  const gate = Promise.withResolvers<void>();
  await withSession({ answer: groups() }, async (session, jcli) => {
    const order: string[] = [];
    const first = session.exclusive(async (send) => {
      await send(LIST);
      await gate.promise;
      order.push("first");
    });
    const aborter = new AbortController();
    const given = session.run(NOTHING, { signal: aborter.signal });
    const last = session.run(LIST).then(() => order.push("last"));
    aborter.abort(new RangeError("enough"));
    await assert.rejects(given, RangeError);
    gate.resolve();
    await Promise.all([first, last]);
    assert.deepEqual(order, ["first", "last"]);
    assert.deepEqual(jcli.lines, ["group -l", "group -l"]);
  });
});

Deno.test("text that no line asked for ends the session", async () => {
  const answer: Answer = (text, connection) => {
    connection.raw(`${text}\r\r\r\njcli : `).then(() => connection.raw("surprise\r\r\r\njcli : "));
    return null;
  };
  await withSession({ answer }, async (session) => {
    // The two may come in one chunk: then the line itself fails.
    await session.run(LIST).catch(() => {});
    assert.ok(await session.closed instanceof JcliProtocolError);
  });
});

Deno.test("the answer to another line ends the session", async () => {
  const answer: Answer = (_text, connection) => {
    connection.raw("user -l\r\r\r\nTotal Users: 0\r\r\r\njcli : ");
    return null;
  };
  await withSession({ answer }, async (session) => {
    await assert.rejects(session.run(LIST), JcliProtocolError);
    assert.equal(session.isOpen, false);
  });
});

Deno.test("the sender of a turn can't be used after it", async () => {
  await withSession({ answer: groups() }, async (session) => {
    const kept = await session.exclusive((send) => Promise.resolve(send));
    assert.throws(() => kept(LIST), TypeError);
  });
});
