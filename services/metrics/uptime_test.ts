import assert from "node:assert/strict";
import { runsOf, type StateChange, uptimeOf } from "./uptime.ts";

const at = (minute: number, second = 0) => new Date(Date.UTC(2030, 0, 1, 0, minute, second));

function shown(changes: StateChange[], looked?: (minute: number) => boolean): string {
  return runsOf(changes, at(10), at(20, 30), looked)
    .map(({ state, from, to }) => {
      const clock = (date: Date) => date.toISOString().slice(14, 19);
      return `${state} ${clock(from)}-${clock(to)}`;
    }).join(", ");
}

Deno.test("changes become runs without a hole", () => {
  const changes: StateChange[] = [
    { at: at(3), to: "bound" },
    { at: at(12, 15), to: "down" },
    { at: at(12, 20), to: "binding" },
    { at: at(13), to: "bound" },
    { at: at(15), to: "removed" },
  ];
  assert.equal(
    shown(changes),
    "bound 10:00-12:15, down 12:15-12:20, binding 12:20-13:00, bound 13:00-15:00, absent 15:00-20:30",
  );
  assert.equal(shown([]), "absent 10:00-20:30");
  assert.equal(shown([{ at: at(3), to: "stopped" }]), "stopped 10:00-20:30");
});

Deno.test("minutes that nobody looked at are unknown, but for the present one", () => {
  const looked = (minute: number) =>
    minute < at(12).getTime() || minute >= at(14).getTime() &&
      minute < at(20).getTime();
  assert.equal(
    shown([{ at: at(3), to: "bound" }], looked),
    "bound 10:00-12:00, unknown 12:00-14:00, bound 14:00-20:30",
  );
});

Deno.test("the share of the bound time leaves out what was stopped, absent or unknown", () => {
  const runs = runsOf(
    [
      { at: at(0), to: "bound" },
      { at: at(11), to: "down" },
      { at: at(12), to: "bound" },
      { at: at(14), to: "stopped" },
      { at: at(18), to: "binding" },
      { at: at(19), to: "bound" },
    ],
    at(10),
    at(20),
  );
  const { boundShare, drops } = uptimeOf(runs, at(10), at(20));
  assert.equal(boundShare, 4 / 6);
  assert.equal(drops, 1, "a start that binds is no drop");
  assert.equal(uptimeOf([], at(10), at(20)).boundShare, null);
});
