import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "../tests/until.ts";
import { heardAt } from "./live_clock.ts";
import type { LiveEvent } from "./live_events.ts";
import { LiveStream, type Source } from "./live_stream.ts";

/** A line that a test speaks on. */
class Line implements Source {
  readyState = 1;
  readonly url: URL;
  readonly #target = new EventTarget();

  constructor(url: string) {
    this.url = new URL(url, "http://localhost");
  }

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    // Nothing but MessageEvents is dispatched below.
    this.#target.addEventListener(type, (event) => listener(event as MessageEvent<string>));
  }

  close(): void {
    this.readyState = 2;
  }

  say(type: string, data: unknown, lastEventId = ""): void {
    this.#target.dispatchEvent(
      new MessageEvent(type, { data: JSON.stringify(data), lastEventId }),
    );
  }
}

interface Rig {
  readonly stream: LiveStream;
  readonly lines: Line[];
  readonly signedOut: () => number;
  line(count: number): Promise<Line>;
}

function rig(status = 200): Rig {
  const lines: Line[] = [];
  let signedOut = 0;
  const stream = new LiveStream({
    open: (url) => {
      const line = new Line(url);
      lines.push(line);
      return line;
    },
    statusOf: () => Promise.resolve(status),
    signedOut: () => signedOut += 1,
    firstWaitMs: 30,
  });
  return {
    stream,
    lines,
    signedOut: () => signedOut,
    line: (count) => until(`line ${count}`, 5, () => lines[count - 1]),
  };
}

const CHANGE = { type: "connectors.state", data: { id: "1", cid: "op_main", state: "down" } };

Deno.test("all islands share one line, with the channels of all, from where the page was read", async () => {
  const { stream, lines, line } = rig();
  const heardBy = { connectors: [] as string[], messages: [] as string[] };
  stream.follow({
    channels: ["connectors", "metrics"],
    event: ({ type }) => heardBy.connectors.push(type),
  }, "epoch:1-0");
  stream.follow({
    channels: ["messages"],
    event: ({ type }) => heardBy.messages.push(type),
  }, "epoch:2-0");
  const { url } = await line(1);
  assert.equal(url.searchParams.get("channels"), "connectors,messages,metrics");
  assert.equal(url.searchParams.get("last_event_id"), "epoch:1-0");
  lines[0]?.say("connectors", CHANGE, "epoch:3-0");
  lines[0]?.say("messages", { type: "messages.transition", data: {} });
  assert.deepEqual(heardBy, {
    connectors: ["connectors.state"],
    messages: ["messages.transition"],
  });
  assert.equal(lines.length, 1);
  stream.close();
});

Deno.test("a line made anew goes on after the last event, and nothing comes from the old one", async () => {
  const { stream, line } = rig();
  const events: LiveEvent[] = [];
  stream.follow({ channels: ["connectors"], event: (event) => events.push(event) });
  const old = await line(1);
  old.say("connectors", CHANGE, "epoch:7-0");
  stream.tryNow();
  const next = await line(2);
  assert.equal(next.url.searchParams.get("last_event_id"), "epoch:7-0");
  assert.equal(old.readyState, 2);
  old.say("connectors", CHANGE, "epoch:6-0");
  assert.equal(events.length, 1);
  stream.close();
});

Deno.test("a gap is told to all, and then the present state", async () => {
  const { stream, line } = rig();
  const told: string[] = [];
  stream.follow({
    channels: ["connectors"],
    missed: () => told.push("missed"),
    present: ({ connectors }) => told.push(`${connectors?.length} connectors`),
  });
  const one = await line(1);
  one.say("gap", { reason: "epoch" });
  one.say("snapshot", { connectors: [{}, {}] }, "other:1-0");
  assert.deepEqual(told, ["missed", "2 connectors"]);
  stream.close();
});

Deno.test("an island that comes later and wants more is waited for, the others ask again", async () => {
  const { stream, line } = rig();
  let missed = 0;
  stream.follow({ channels: ["metrics"], missed: () => missed += 1 }, "epoch:1-0");
  await line(1);
  stream.follow({ channels: ["metrics"] });
  await pause(80);
  stream.follow({ channels: ["messages"] });
  const second = await line(2);
  assert.equal(second.url.searchParams.get("channels"), "messages,metrics");
  assert.equal(second.url.searchParams.get("last_event_id"), null);
  assert.equal(missed, 1);
  stream.close();
});

Deno.test("a refused line is tried again; who is signed out is told so", async () => {
  for (const [status, lines, out] of [[503, 2, 0], [401, 1, 1]] as const) {
    const made = rig(status);
    made.stream.follow({ channels: ["metrics"] });
    (await made.line(1)).readyState = 2;
    made.stream.look(Date.now());
    made.stream.look(Date.now());
    await until("the next try", 5, () => made.lines.length === lines && made.signedOut() === out);
    made.stream.close();
  }
});

Deno.test("silence means nothing until figures came, and a dead line from then on", async () => {
  const { stream, lines, line } = rig();
  stream.follow({ channels: ["metrics"] });
  const one = await line(1);
  heardAt.value = null;
  stream.look(Date.now());
  assert.notEqual(heardAt.value, null, "an open line is a living one");
  one.say("metrics", { type: "metrics.installation", data: { at: new Date().toISOString() } });
  stream.look(Date.now() + 15_000);
  assert.equal(lines.length, 1);
  stream.look(Date.now() + 21_000);
  assert.equal(lines.length, 2);
  stream.close();
});

Deno.test("when nobody listens any more the line is cut", async () => {
  const { stream, line } = rig();
  const leave = stream.follow({ channels: ["metrics"] });
  const one = await line(1);
  leave();
  assert.equal(one.readyState, 2);
});

Deno.test("an island that comes to life later is told what the others were told before", async () => {
  const { stream, line } = rig();
  stream.follow({ channels: ["connectors"] }, "epoch:1-0");
  (await line(1)).say("connectors", CHANGE, "epoch:2-0");
  const told: string[] = [];
  const event = ({ type }: LiveEvent) => told.push(type);
  stream.follow({ channels: ["connectors"], event }, "epoch:1-0");
  stream.follow({ channels: ["messages"], event }, "epoch:1-0");
  assert.deepEqual(told, ["connectors.state"]);
  stream.close();
});
