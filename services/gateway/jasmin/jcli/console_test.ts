import assert from "node:assert/strict";
import {
  ConflictError,
  NotFoundError,
  UnavailableError,
  ValidationError,
} from "../../../errors/mod.ts";
import type { GatewayConsole } from "../../model.ts";
import { FakeJcli } from "../testing/fake_jcli.ts";
import { connectorLines, MASK } from "./connector_lines.ts";
import { jasminConsole } from "./console.ts";
import { JcliRefusedError } from "./errors.ts";
import { JcliSession } from "./session.ts";

/** Answers by line; a list gives one answer after another, its last for ever. */
type Script = Readonly<Record<string, string | readonly string[]>>;

const NO_USERS = "Total Users: 0\njcli : ";
const ADDING_USER = "Adding a new User: (ok: save, ko: exit)\n> ";
const NEW_USER = { uid: "u1", gid: "g1", username: "alice", password: "hunter2" };

async function withConsole(
  script: Script,
  work: (console: GatewayConsole, lines: readonly string[]) => Promise<void>,
): Promise<void> {
  const said = new Map<string, number>();
  await using jcli = new FakeJcli({
    answer: (line) => {
      const answers = script[line];
      if (answers === undefined) return line === "ko" ? "jcli : " : "> ";
      if (typeof answers === "string") return answers;
      const count = said.get(line) ?? 0;
      said.set(line, count + 1);
      return answers[Math.min(count, answers.length - 1)] ?? "";
    },
  });
  const session = await JcliSession.open({
    hostname: "127.0.0.1",
    port: jcli.port,
    username: "jcliadmin",
    password: "jclipwd",
  });
  try {
    await work(jasminConsole(() => session), jcli.lines);
  } finally {
    await session.close();
  }
}

function connectorTable(service: string, session: string): string {
  return "#Connector id                        Service Session          Starts Stops\n" +
    `#op_1                                ${service} ${session.padEnd(16)} 1      0    \n` +
    "Total connectors: 1\njcli : ";
}

Deno.test("a user is added with its credentials, key by key", async () => {
  await withConsole({
    "user -l": NO_USERS,
    "user -a": ADDING_USER,
    ok: "Successfully added User [u1] to Group [g1]\njcli : ",
  }, async (console, lines) => {
    await console.users.add({
      ...NEW_USER,
      credentials: {
        authorization: { http_bulk: true },
        quota: { balance: null, sms_count: 10 },
        smpps: { bind: false, max_bindings: 2 },
      },
    });
    assert.deepEqual(lines, [
      "user -l",
      "user -a",
      "uid u1",
      "gid g1",
      "username alice",
      "password hunter2",
      "mt_messaging_cred authorization http_bulk yes",
      "mt_messaging_cred quota balance none",
      "mt_messaging_cred quota sms_count 10",
      "smpps_cred authorization bind no",
      "smpps_cred quota max_bindings 2",
      "ok",
    ]);
  });
});

Deno.test("a uid or user name that is taken is a conflict, and nothing is added", async () => {
  const table = "#User id          Group id         Username         Balance MT SMS Throughput\n" +
    "#u9               g1               alice            ND (!)  ND (!) ND/ND   \n" +
    "Total Users: 1\njcli : ";
  await withConsole({ "user -l": table }, async (console, lines) => {
    await assert.rejects(console.users.add(NEW_USER), ConflictError);
    await assert.rejects(
      console.users.add({ ...NEW_USER, uid: "u9", username: "x" }),
      ConflictError,
    );
    assert.deepEqual(lines, ["user -l", "user -l"]);
  });
});

Deno.test("what jcli refuses names the field; the sub-session is left; no secret is told", async () => {
  await withConsole({
    "user -l": NO_USERS,
    "user -a": ADDING_USER,
    "password hunter2": "Error: hunter2 is not nice\n> ",
  }, async (console, lines) => {
    await assert.rejects(console.users.add(NEW_USER), (error) => {
      assert.ok(error instanceof JcliRefusedError);
      assert.deepEqual(error.faults.map(({ field }) => field), ["password"]);
      assert.equal(error.reply, "Error: [secret] is not nice");
      assert.doesNotMatch(Deno.inspect(error), /hunter2/);
      return true;
    });
    // Leaving is awaited by the next turn, not by the one that failed.
    await console.users.list();
    assert.deepEqual(lines.slice(-3), ["password hunter2", "ko", "user -l"]);
  });
});

Deno.test("a refusal at the end names the field by jcli's key or by Jasmin's own name for it", async () => {
  const script = {
    "smppccm -l": "Total connectors: 0\njcli : ",
    "smppccm -a": "x: (ok: save, ko: exit)\n> ",
  };
  for (
    const [reply, field] of [
      ["Error: port must be an integer", "port"],
      ["Error: sessionInitTimerSecs must be an integer or float", "bind_to"],
      ["Error: nothing is right", "settings"],
    ] as const
  ) {
    await withConsole({ ...script, ok: `${reply}\n> ` }, async (console) => {
      await assert.rejects(
        console.connectors.add({ cid: "op_1", port: 1, bind_to: 1 }),
        (error) => error instanceof JcliRefusedError && error.faults[0]?.field === field,
        reply,
      );
    });
  }
});

Deno.test("bad input is refused before a byte is sent, with all its fields", async () => {
  await withConsole({}, async (console, lines) => {
    await assert.rejects(
      console.connectors.add({ cid: "x", host: "a\r\nquit", port: 0, username: "none" }),
      (error) => {
        assert.ok(error instanceof ValidationError);
        const fields = error.faults.map(({ field }) => field).sort();
        assert.deepEqual(fields, ["cid", "host", "port", "username"]);
        return true;
      },
    );
    for (
      const [refused, field] of [
        [console.connectors.start("op_1\nquit"), "cid"],
        [console.users.remove("u1\nquit"), "uid"],
        [console.groups.add("g1\nquit"), "gid"],
        [console.filters.remove("f1\nquit"), "fid"],
        [console.mtRoutes.remove(-1), "order"],
      ] as const
    ) {
      await assert.rejects(
        refused,
        (error) => error instanceof ValidationError && error.faults[0]?.field === field,
      );
    }
    await assert.rejects(
      console.users.add({ ...NEW_USER, credentials: { valuefilter: { content: "a(" } } }),
      (error) =>
        error instanceof ValidationError &&
        error.faults[0]?.field === "credentials.valuefilter.content",
    );
    assert.deepEqual(lines, []);
  });
});

Deno.test("a change that the gateway would take for a difference is refused", async () => {
  await withConsole({}, async (console, lines) => {
    await assert.rejects(
      console.users.update("u1", { credentials: { defaultvalue: { src_addr: "+34600" } } }),
      ValidationError,
    );
    assert.deepEqual(lines, []);
  });
});

Deno.test("a start gives the bound state when it is reached", async () => {
  await withConsole({
    "smppccm -l": [
      connectorTable("stopped", "NONE"),
      connectorTable("started", "OPEN"),
      connectorTable("started", "BIND_TRX_PENDING"),
      connectorTable("started", "BOUND_TRX"),
    ],
    "smppccm -1 op_1": "Successfully started connector id:op_1\njcli : ",
  }, async (console, lines) => {
    assert.equal((await console.connectors.start("op_1")).session, "BOUND_TRX");
    assert.equal(lines.filter((line) => line === "smppccm -1 op_1").length, 1);
  });
});

Deno.test("a start that binds to nothing gives the state at the deadline", async () => {
  await withConsole({
    "smppccm -l": [connectorTable("stopped", "NONE"), connectorTable("started", "NONE")],
    "smppccm -1 op_1": "Successfully started connector id:op_1\njcli : ",
  }, async (console) => {
    const status = await console.connectors.start("op_1", { deadlineMs: 300 });
    assert.deepEqual([status.service, status.session], ["started", "NONE"]);
  });
});

Deno.test("a restart stops, waits until it is stopped, and starts", async () => {
  await withConsole({
    "smppccm -l": [
      connectorTable("started", "BOUND_TRX"),
      connectorTable("stopped", "UNBIND_PENDING"),
      connectorTable("stopped", "UNBOUND"),
      connectorTable("stopped", "UNBOUND"),
      connectorTable("started", "BOUND_TRX"),
    ],
    "smppccm -0 op_1": "Successfully stopped connector id:op_1\njcli : ",
    "smppccm -1 op_1": "Successfully started connector id:op_1\njcli : ",
  }, async (console, lines) => {
    assert.equal((await console.connectors.restart("op_1")).session, "BOUND_TRX");
    assert.deepEqual(lines.filter((line) => line !== "smppccm -l"), [
      "smppccm -0 op_1",
      "smppccm -1 op_1",
    ]);
  });
});

Deno.test("what the gateway doesn't know is not found, what it can't do is a conflict", async () => {
  await withConsole({
    "smppccm -l": connectorTable("stopped", "NONE"),
    "smppccm -r op_1": "Failed removing connector, check log for details\njcli : ",
    "smppccm -r op_2": "Unknown connector: op_2\njcli : ",
    "smppccm -s op_2": "Unknown connector: op_2\njcli : ",
    "smppccm -u op_2": "Unknown connector: op_2\njcli : ",
  }, async (console) => {
    await assert.rejects(console.connectors.remove("op_1"), ConflictError);
    await assert.rejects(console.connectors.remove("op_2"), NotFoundError);
    await assert.rejects(console.connectors.show("op_2"), NotFoundError);
    await assert.rejects(console.connectors.update("op_2", { port: 1 }), NotFoundError);
    await assert.rejects(console.connectors.start("op_2"), NotFoundError);
  });
});

Deno.test("an update whose restart failed says so", async () => {
  await withConsole({
    "smppccm -u op_1": "Updating connector id [op_1]: (ok: save, ko: exit)\n> ",
    ok: "Restarting connector [op_1] for updates to take effect ...\n" +
      "Failed starting connector, will retry in 5 seconds\nPermanently failed starting connector !\n" +
      "Successfully updated connector [op_1]\njcli : ",
  }, async (console) => {
    await assert.rejects(console.connectors.update("op_1", { port: 2 }), /was not restarted/);
  });
});

Deno.test("a route of an order that is taken is a conflict, and nothing is added", async () => {
  const table = "#Order Type                    Rate       Connector ID(s)    Filter(s)\n" +
    "#10    StaticMTRoute           0 (!)      smppc(op_1)        <T>      \nTotal MT Routes: 1\njcli : ";
  await withConsole({ "mtrouter -l": table }, async (console, lines) => {
    const route = {
      type: "StaticMTRoute",
      order: 10,
      filters: ["f1"],
      connector: "op_1",
      rate: 0,
    } as const;
    await assert.rejects(console.mtRoutes.add(route), ConflictError);
    assert.deepEqual(lines, ["mtrouter -l"]);
  });
});

Deno.test("a filter is persisted at once; what was not written is told", async () => {
  const parts = [
    "group",
    "user",
    "mointerceptor",
    "mtinterceptor",
    "morouter",
    "mtrouter",
    "smppcc",
  ]
    .map((part) => `${part} configuration persisted (profile:jcli-prod)\n`).join("");
  await withConsole({
    "filter -l": "Total Filters: 0\njcli : ",
    "filter -a": "Adding a new Filter: (ok: save, ko: exit)\n> ",
    ok: "Successfully added Filter [TransparentFilter] with fid:f1\njcli : ",
    persist: `${parts}Cannot persist to /store/jcli-prod.filters\njcli : ` +
      "httpcc configuration persisted (profile:jcli-prod)\njcli : ",
  }, async (console, lines) => {
    await assert.rejects(
      console.filters.add({ type: "TransparentFilter", fid: "f1" }),
      (error) => error instanceof UnavailableError && /jcli-prod\.filters/.test(error.message),
    );
    assert.deepEqual(lines, [
      "filter -l",
      "filter -a",
      "type TransparentFilter",
      "fid f1",
      "ok",
      "persist",
    ]);
  });
});

Deno.test("without a session the operations say that the gateway is away", async () => {
  const console = jasminConsole(() => {
    throw new UnavailableError("The gateway is being connected to");
  });
  await assert.rejects(console.connectors.list(), UnavailableError);
});

Deno.test("what a form shows of a connector is what is sent, but for its password", async () => {
  const settings = {
    host: "smsc.example.test",
    password: "hunter2",
    systype: "",
    ssl: true,
    validity: null,
    submit_throughput: 12.5,
  };
  await withConsole({
    "smppccm -l": "Total connectors: 0\njcli : ",
    "smppccm -a": "Adding a new connector: (ok: save, ko: exit)\n> ",
    "smppccm -u op_1": "Updating connector id [op_1]: (ok: save, ko: exit)\n> ",
    ok: [
      "Successfully added connector [op_1]\njcli : ",
      "Successfully updated connector [op_1]\njcli : ",
    ],
  }, async (console, lines) => {
    await console.connectors.add({ cid: "op_1", ...settings });
    await console.connectors.update("op_1", settings);
    const shown = [
      "smppccm -l",
      ...connectorLines("add", "op_1", settings).filter((line) => line !== "persist"),
      ...connectorLines("update", "op_1", settings).filter((line) => line !== "persist"),
    ];
    assert.deepEqual(lines, shown.map((line) => line.replace(MASK, "hunter2")));
    assert.equal(shown.filter((line) => line.includes("hunter2")).length, 0);
  });
});
