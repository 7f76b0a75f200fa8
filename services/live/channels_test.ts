import assert from "node:assert/strict";
import type { Subject } from "../auth/mod.ts";
import { ForbiddenError, ValidationError } from "../errors/mod.ts";
import { CHANNELS, parseChannels, requireChannels, sees, viewerOf } from "./channels.ts";
import { everyone, member } from "./testing/subjects.ts";

const staff: Subject = { role: "campaign_manager", scope: { kind: "all" } };

Deno.test("who sees what: the whole table", () => {
  // own account / another's / of no account, for each channel and viewer
  const table: [string, Subject, Record<string, string>][] = [
    ["super admin", everyone, {
      metrics: "no no yes",
      connectors: "yes yes yes",
      alerts: "yes yes yes",
      messages: "yes yes yes",
    }],
    ["the root's staff", staff, {
      metrics: "no no yes",
      connectors: "yes yes yes",
      alerts: "yes yes yes",
      messages: "yes yes yes",
    }],
    ["a program that may read all figures and no connectors", {
      role: "admin",
      scope: { kind: "all" },
      permissions: ["metrics:read", "alerts:read"],
    }, {
      metrics: "yes yes no",
      connectors: "no no no",
      alerts: "yes yes yes",
      messages: "yes yes yes",
    }],
    ["a reseller's admin", member("admin", "a1"), {
      metrics: "yes no no",
      connectors: "no no no",
      alerts: "yes no no",
      messages: "yes no no",
    }],
    ["a client", member("client", "a1"), {
      metrics: "yes no no",
      connectors: "no no no",
      alerts: "yes no no",
      messages: "yes no no",
    }],
    ["who has no account", member("client"), {
      metrics: "no no no",
      connectors: "no no no",
      alerts: "no no no",
      messages: "no no no",
    }],
  ];
  for (const [name, subject, expected] of table) {
    const viewer = viewerOf(subject);
    for (const channel of CHANNELS) {
      const seen = ["a1", "a2", null].map((id) => sees(viewer, channel, id) ? "yes" : "no");
      assert.equal(seen.join(" "), expected[channel], `${name}, ${channel}`);
    }
  }
});

Deno.test("who may subscribe to what", () => {
  requireChannels(everyone, CHANNELS);
  requireChannels(staff, CHANNELS);
  requireChannels(member("client", "a1"), ["metrics", "alerts", "messages"]);
  assert.throws(() => requireChannels(member("admin", "a1"), ["connectors"]), ForbiddenError);
  assert.throws(() => requireChannels(member("client", "a1"), CHANNELS), /connectors/);
});

Deno.test("channels are read from a list or a text, once each, in one order", () => {
  assert.deepEqual(parseChannels(" messages,metrics ,messages,"), ["metrics", "messages"]);
  assert.deepEqual(parseChannels(["alerts"]), ["alerts"]);
  for (const bad of [null, "", " , ", "Messages", "constructor", ["messages", "x".repeat(100)]]) {
    assert.throws(() => parseChannels(bad), (error: Error) => {
      assert.ok(error instanceof ValidationError);
      assert.equal(error.faults[0]?.field, "channels");
      assert.ok(error.message.length < 160);
      return true;
    });
  }
});
