import assert from "node:assert/strict";
import { frame, promptAtEnd } from "./framing.ts";

Deno.test("a reply is what stands between the echo and the prompt", () => {
  assert.deepEqual(frame("group -l\n#Group id\n#g1\nTotal Groups: 1\njcli : ", "group -l"), {
    kind: "reply",
    reply: { lines: ["#Group id", "#g1", "Total Groups: 1"], prompt: "command" },
  });
  assert.deepEqual(frame("gid g1\n> ", "gid g1"), {
    kind: "reply",
    reply: { lines: [], prompt: "session" },
  });
});

Deno.test("the password is not echoed, its line end is", () => {
  assert.deepEqual(frame("\nIncorrect Username/Password.\n\nUsername: ", null), {
    kind: "reply",
    reply: { lines: ["Incorrect Username/Password.", ""], prompt: "username" },
  });
});

Deno.test("words of a prompt inside a line are text", () => {
  assert.equal(promptAtEnd("#f1 <SM (msg=> "), null);
  assert.equal(promptAtEnd("say jcli : "), null);
  assert.equal(promptAtEnd("x\njcli : "), "command");
});

Deno.test("a bad option has two replies", () => {
  const first = "user -z\nno such option: -z\njcli : ";
  assert.equal(frame(first, "user -z").kind, "more");
  assert.deepEqual(frame(`${first}Usage: user [options]\n\njcli : `, "user -z"), {
    kind: "reply",
    reply: { lines: ["no such option: -z", "Usage: user [options]", ""], prompt: "command" },
  });
  for (
    const words of [
      "-r option requires 1 argument",
      "ambiguous option: --smpp (--smpp-ban, --smpp-unbind?)",
      "--list option does not take a value",
    ]
  ) {
    assert.equal(frame(`user -z\n${words}\njcli : `, "user -z").kind, "more");
  }
});

Deno.test("a manager that can't persist says a prompt of its own", () => {
  const failed =
    "persist\nsmppcc configuration persisted (profile:jcli-prod)\nCannot persist to f\njcli : ";
  assert.equal(frame(failed, "persist").kind, "more");
  const both = frame(`${failed}Cannot persist to h\njcli : jcli : `, "persist");
  assert.deepEqual(both, {
    kind: "reply",
    reply: {
      lines: [
        "smppcc configuration persisted (profile:jcli-prod)",
        "Cannot persist to f",
        "Cannot persist to h",
      ],
      prompt: "command",
    },
  });
  const one = frame(
    `${failed}httpcc configuration persisted (profile:jcli-prod)\njcli : `,
    "persist",
  );
  assert.equal(one.kind, "reply");
});

Deno.test("an answer to something else is not taken for the reply", () => {
  assert.equal(frame("user -l\nTotal Users: 0\njcli : ", "group -l").kind, "desync");
  assert.equal(frame("gro", "group -l").kind, "more");
});
