/**
 * Connectors as the live stream moves them: states at once, rates each second.
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { changed, type ConnectorView } from "../components/connector/view.ts";
import { follow, keepClock } from "./live.ts";
import type { LiveEvent, LivePresent } from "./live_events.ts";

/** Rates are shown as the mean of so many seconds, so that a figure can be read. */
const MEAN_SECONDS = 5;

type Rates = NonNullable<ConnectorView["rates"]>;

/** The mean of a connector's last seconds. */
class Means {
  readonly #seconds: Rates[] = [];

  add(second: Rates): Rates {
    this.#seconds.push(second);
    if (this.#seconds.length > MEAN_SECONDS) this.#seconds.shift();
    const mean = (of: keyof Rates) =>
      this.#seconds.reduce((sum, each) => sum + each[of], 0) / this.#seconds.length;
    return {
      submit: mean("submit"),
      deliver: mean("deliver"),
      throttled: mean("throttled"),
      errors: mean("errors"),
    };
  }
}

/** A connector counts as throttled for so long after the SMSC held it back, in ms. */
const THROTTLED_MS = 60_000;

const NOTHING: Rates = { submit: 0, deliver: 0, throttled: 0, errors: 0 };

/**
 * Follows connectors.
 * @param initial as the server read them
 * @param from the live position at which it did
 */
export function useConnectors(
  initial: readonly ConnectorView[],
  from: string | null,
): Signal<readonly ConnectorView[]> {
  const connectors = useSignal(initial);
  useEffect(() => {
    const means = new Map(initial.map(({ cid }) => [cid, new Means()]));
    const throttledAt = new Map(
      initial.filter(({ throttled }) => throttled).map(({ cid }) => [cid, Date.now()]),
    );
    const onEvent = (event: LiveEvent) => {
      if (event.type === "connectors.state") {
        const { cid, state, session, at } = event.data;
        connectors.value = connectors.peek().map((each) =>
          each.cid === cid ? changed(each, { state, session, at: Date.parse(at) }) : each
        );
      } else if (event.type === "metrics.installation") {
        const told = event.data.connectors;
        connectors.value = connectors.peek().map((each) => {
          const second = told[each.cid];
          const rates = means.get(each.cid)?.add(
            second === undefined ? NOTHING : {
              submit: second.submit_per_second,
              deliver: second.deliver_per_second,
              throttled: second.throttled_per_second,
              errors: second.errors_per_second,
            },
          );
          if (rates === undefined) return each;
          if ((second?.throttled_per_second ?? 0) > 0) throttledAt.set(each.cid, Date.now());
          const throttled = Date.now() - (throttledAt.get(each.cid) ?? 0) < THROTTLED_MS;
          return { ...each, rates, throttled };
        });
      }
    };
    const onPresent = ({ connectors: present }: LivePresent) => {
      if (present === undefined) return;
      const byCid = new Map(present.map((each) => [each.cid, each]));
      connectors.value = connectors.peek().map((each) => {
        const now = byCid.get(each.cid);
        if (now === undefined) return { ...each, state: "removed" };
        return {
          ...changed(each, {
            state: now.state,
            session: now.session,
            at: Math.max(each.since, Date.parse(now.since)),
          }),
          lastError: now.last_error,
        };
      });
    };
    const stopClock = keepClock();
    const leave = follow({
      channels: ["connectors", "metrics"],
      event: onEvent,
      present: onPresent,
    }, from);
    return () => {
      stopClock();
      leave();
    };
  }, []);
  return connectors;
}
