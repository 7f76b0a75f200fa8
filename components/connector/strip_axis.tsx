import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import type { RunView } from "./view.ts";

/** Labels of the axis. */
const LABELS = 5;

/** The time under a strip, from its beginning to now. */
export function HoursAxis({ t, at, hours }: {
  readonly t: T<"common">;
  /** The present, in ms. */
  readonly at: number;
  readonly hours: number;
}): VNode {
  const now = new Date(at);
  return (
    <p class="mt-1 flex justify-between text-11 text-ink-3" aria-hidden="true">
      {Array.from({ length: LABELS }, (_, place) => {
        const moment = new Date(at - hours * 3_600_000 * (1 - place / (LABELS - 1)));
        const last = place === LABELS - 1;
        return (
          <span key={place}>
            {last
              ? t("common.now")
              : hours > 48
              ? t.format.day(moment, now)
              : t.format.clock(moment)}
          </span>
        );
      })}
    </p>
  );
}

/** What runs say in a sentence: the share of the time in which it was bound, and how often not. */
export function stripSentence(t: T<"connector">, runs: readonly RunView[]): string {
  const spent = (states: readonly RunView["state"][]) =>
    runs.filter(({ state }) => states.includes(state))
      .reduce((sum, { from, to }) => sum + to - from, 0);
  const wanted = spent(["bound", "binding", "down"]);
  if (wanted === 0) return t("connector.notWanted");
  const drops =
    runs.filter(({ state }, place) =>
      (state === "down" || state === "binding") && runs[place - 1]?.state === "bound"
    ).length;
  const share = t.format.percent(spent(["bound"]) / wanted);
  return drops === 0 ? t("connector.boundShare", { share }) : t("connector.downTimes", {
    share,
    n: drops,
    span: t.format.duration(spent(["down", "binding"])),
  });
}
