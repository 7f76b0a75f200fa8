import type { Tx } from "../db/mod.ts";
import { type ApplyDeps, applySignals } from "./apply.ts";
import type { AppliedTransition, SignalEntry } from "./model.ts";
import type { MtState, Signal } from "./states.ts";

interface OverdueRow {
  readonly id: string;
  readonly state: MtState;
  readonly attempts: number;
}

const CLOCK_SIGNALS: Partial<Record<MtState, { signal: Signal; reason: string }>> = {
  queued: { signal: "give-up", reason: "The gateway did not take it in the time allowed" },
  sending: {
    signal: "lose",
    reason: "The dispatcher stopped before the gateway's answer was kept",
  },
  accepted: { signal: "time-out", reason: "No receipt came in the time allowed" },
  sent: { signal: "time-out", reason: "No receipt came in the time allowed" },
  uncertain: { signal: "time-out", reason: "Nothing settled whether the gateway took it" },
};

/**
 * Moves up to `limit` messages whose clock has run out. Safe to run anywhere, any number of times:
 * rows that another transaction holds are left for the next round.
 */
export async function applyClocks(
  tx: Tx,
  deps: ApplyDeps,
  limit = 500,
): Promise<readonly AppliedTransition[]> {
  const underWay = await tx<OverdueRow[]>`
    select id, state, attempts from messages
    where state in ('sending', 'accepted', 'sent', 'uncertain') and due_at <= now()
    order by due_at limit ${limit} for update skip locked`;
  const waiting = await tx<OverdueRow[]>`
    select id, state, attempts from messages
    where state = 'queued' and due_at <= now() and expires_at <= now()
    order by due_at limit ${limit} for update skip locked`;
  const at = new Date();
  const entries = [...underWay, ...waiting].flatMap(({ id, state, attempts }): SignalEntry[] => {
    const clock = CLOCK_SIGNALS[state];
    if (clock === undefined) return [];
    return [{
      messageId: id,
      signal: clock.signal,
      at,
      fingerprint: `clock:${clock.signal}:${attempts}`,
      detail: {},
      reason: clock.reason,
    }];
  });
  return (await applySignals(tx, deps, entries)).transitions;
}
