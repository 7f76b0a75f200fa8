/**
 * Callbacks: can HOOK_URL be reached and does it acknowledge, and do the gateway's really arrive.
 * @module
 */
import { v7 } from "uuid";
import { listConnectors } from "../gateway/mod.ts";
import { withoutCredentials } from "../log/mod.ts";
import { type CallbackEvidence, LOOKED_AT } from "./callback_evidence.ts";
import { onDatabase } from "./database.ts";
import type { Check, Finding } from "./model.ts";
import { connectionFailure, countOf, duration } from "./words.ts";

const HOOK_MS = 8_000;

/** Fewer accepted messages prove nothing. */
const ENOUGH = 5;

/** So many of the newest in a row without a callback, and no callback for so long: they stopped. */
const STOPPED_AFTER = 20;
const STOPPED_MS = 10 * 60_000;

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host);
}

/** An address that the gateway's host can't mean us by; null when there is none such. */
export function unreachableHook(hookUrl: string, jasminHost: string): Finding["mend"] | null {
  if (!isLoopback(new URL(hookUrl).hostname) || isLoopback(jasminHost)) return null;
  return `Set HOOK_URL to an address by which ${jasminHost} reaches this service: on that host ` +
    `${new URL(hookUrl).hostname} is the gateway itself`;
}

export const hookAnswers: Check = {
  id: "hook-url",
  title: "HOOK_URL acknowledges callbacks",
  deadlineMs: 12_000,
  async run(at) {
    const { hookUrl, jasmin } = at.config;
    const where = withoutCredentials(hookUrl);
    const tried = `Sent a signed callback to ${where}`;
    return await onDatabase(at, tried, async (sql) => {
      // A message that doesn't exist and no status: ingest logs it and drops it.
      const url = await (await at.hooks(sql)).dlrUrl(v7());
      const body = new URLSearchParams({ id: "doctor" });
      const started = performance.now();
      let answer: { readonly status: number; readonly text: string };
      try {
        const response = await fetch(url, {
          method: "POST",
          body,
          redirect: "manual",
          signal: AbortSignal.timeout(HOOK_MS),
        });
        answer = { status: response.status, text: (await response.text()).slice(0, 200).trim() };
      } catch (error) {
        const got = connectionFailure(error);
        if (!(await at.running()).any) {
          return { outcome: "skipped", tried, got: `${got}: the service doesn't run` };
        }
        return {
          outcome: "fail",
          tried,
          got,
          mend: "Start the service's web part, or set HOOK_URL to where it is reached",
        };
      }
      if (answer.status === 200 && answer.text === "ACK/Jasmin") {
        const mend = unreachableHook(hookUrl, jasmin.host);
        const got = `ACK/Jasmin in ${duration(performance.now() - started)}`;
        if (mend === null || mend === undefined) return { outcome: "ok", tried, got };
        return { outcome: "warn", tried, got: `${got}, from here`, mend };
      }
      return {
        outcome: "fail",
        tried,
        got: `HTTP ${answer.status} in place of ACK/Jasmin`,
        mend: answer.status === 404
          ? "Set HOOK_URL to this service, and SECRET_KEY to the same in each of its processes; a " +
            "proxy in front must pass /hooks/jasmin/ unchanged"
          : "Look at the service's log; a proxy in front must pass /hooks/jasmin/ unchanged",
      };
    });
  },
};

const SILENT_MEND =
  "In this order: start jasmind with --enable-dlr-thrower and --enable-dlr-lookup " +
  "(or dlrd.py and dlrlookupd.py); on the gateway's host, fetch HOOK_URL (curl HOOK_URL/livez) and " +
  "correct HOOK_URL or the firewall; see the check of the release, for 0.11.1 as released makes no " +
  "callback";

/** Judges whether callbacks come; pure. */
export function judgeCallbacks(
  evidence: CallbackEvidence,
  boundConnectors: number,
  now: number,
): Finding {
  const { accepted, called, silent, lastCallAt } = evidence;
  const tried = `Looked for callbacks of the last ${
    accepted >= LOOKED_AT ? LOOKED_AT : accepted
  } messages that were accepted more than a minute ago`;
  if (accepted === 0) {
    return { outcome: "skipped", tried, got: "No message has been accepted yet: send one to know" };
  }
  const share = `${called} of ${countOf(accepted, "message")} had one`;
  const since = lastCallAt === null ? "" : `, the last at ${lastCallAt.toISOString()}`;
  const stopped = silent >= STOPPED_AFTER && lastCallAt !== null &&
    now - lastCallAt.getTime() > STOPPED_MS;
  if (called > 0 && !stopped) return { outcome: "ok", tried, got: `${share}${since}` };
  if (boundConnectors === 0) {
    return {
      outcome: "warn",
      tried,
      got: `${share}${since}; no connector is bound, so messages wait in the gateway`,
      mend: "Start a connector, or mend what keeps it from binding",
    };
  }
  if (stopped) {
    return {
      outcome: "fail",
      tried,
      got: `${share}${since}, and none of the newest ${silent}`,
      mend: SILENT_MEND,
    };
  }
  return {
    outcome: accepted >= ENOUGH ? "fail" : "warn",
    tried,
    got: accepted >= ENOUGH ? share : `${share}; that few prove little`,
    mend: SILENT_MEND,
  };
}

export const callbacksArrive: Check = {
  id: "callbacks",
  title: "The gateway's callbacks arrive",
  async run(at) {
    return await onDatabase(at, "Looked for callbacks of accepted messages", async (sql) => {
      const connectors = await listConnectors(sql);
      const bound = connectors.filter(({ state }) => state === "bound").length;
      return judgeCallbacks(await at.callbacks(sql), bound, at.now());
    });
  },
};
