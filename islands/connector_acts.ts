/**
 * Starting, stopping and restarting connectors from a page, each with the state that it reached.
 * @module
 */
import { type Signal, signal } from "@preact/signals";
import type { ConnectorAction } from "../components/connector/view.ts";
import { connectorStateOf } from "../components/tone.ts";
import type { ConnectorState } from "../services/gateway/mod.ts";
import type { T } from "../services/i18n/client.ts";
import { ApiError, post } from "./message_api.ts";
import { toast } from "./toast_store.ts";

/** What came of one act. */
export interface ActResult {
  readonly cid: string;
  readonly action: ConnectorAction;
  /** Null: it could not be done. */
  readonly state: ConnectorState | null;
  readonly session: string;
  /** Whether it reached what was meant. */
  readonly reached: boolean;
  readonly detail: string | null;
  readonly tookMs: number;
}

interface ApiResult {
  readonly cid: string;
  readonly state: ConnectorState;
  readonly session: string;
  readonly settled: boolean;
}

/** Connectors that something is being done to. */
export const busy: Signal<ReadonlySet<string>> = signal(new Set());

/** The gateway does one thing after the other; more at once would only wait there. */
const AT_ONCE = 2;

async function actOn(action: ConnectorAction, cid: string): Promise<ActResult> {
  const begun = Date.now();
  busy.value = new Set([...busy.peek(), cid]);
  try {
    const path = `/api/v1/connectors/${encodeURIComponent(cid)}/${action}`;
    const { state, session } = await post<ApiResult>(path);
    const reached = state === (action === "stop" ? "stopped" : "bound");
    return { cid, action, state, session, reached, detail: null, tookMs: Date.now() - begun };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {
      cid,
      action,
      state: null,
      session: "",
      reached: false,
      detail: error.message,
      tookMs: Date.now() - begun,
    };
  } finally {
    busy.value = new Set([...busy.peek()].filter((each) => each !== cid));
  }
}

/** Does it to each, and tells of each as soon as it is known. */
export async function act(
  action: ConnectorAction,
  cids: readonly string[],
  told: (result: ActResult) => void,
): Promise<void> {
  const waiting = [...cids];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let cid = waiting.shift(); cid !== undefined; cid = waiting.shift()) {
      told(await actOn(action, cid));
    }
  }));
}

/** What a result says: a title, and what follows from it. */
export function resultWords(
  t: T<"connectors" | "connectorStates">,
  { cid, action, state, session, reached, detail, tookMs }: ActResult,
): { readonly title: string; readonly text?: string } {
  const span = t.format.duration(tookMs);
  if (state === null) {
    return {
      title: t("connectors.failed", { name: cid }),
      ...detail === null ? {} : { text: detail },
    };
  }
  if (reached) {
    return action === "stop" ? { title: t("connectors.stoppedDone", { name: cid }) } : {
      title: t("connectors.startedBound", { name: cid }),
      text: t("connectors.startedBoundAfter", { span }),
    };
  }
  const word = t(`connectorStates.${connectorStateOf(state, session)}`);
  return action === "stop" ? { title: t("connectors.failed", { name: cid }), text: word } : {
    title: t("connectors.startedNotYet", { name: cid }),
    text: t("connectors.startedNotYetText", { state: word, span }),
  };
}

/** Tells a result in the page's corner. */
export function tell(t: T<"connectors" | "connectorStates">, result: ActResult): void {
  const tone = result.state === null ? "down" : result.reached ? "ok" : "warn";
  toast({ tone, ...resultWords(t, result) });
}
