/**
 * What a form without a script asks of connectors, and what came of it, carried in the URL of the
 * page that it leads back to.
 * @module
 */
import type { ConnectorAction } from "../../../components/connector/view.ts";
import { AppError } from "../../../services/errors/mod.ts";
import type { Connectors, Operator } from "../../../services/gateway/mod.ts";

/** An act, and the connectors that it is for. */
export interface Asked {
  readonly action: ConnectorAction;
  readonly cids: readonly string[];
  /** Whether it may cut traffic. */
  readonly confirmed: boolean;
}

/** What came of an act; a state, or `failed`. */
export interface Done {
  readonly action: ConnectorAction;
  readonly cid: string;
  readonly outcome: Outcome;
}

const OUTCOMES = ["bound", "binding", "down", "stopped", "failed"] as const;
export type Outcome = typeof OUTCOMES[number];

const ACTIONS = ["start", "stop", "restart"] as const;
const CID = /^[A-Za-z0-9_-]{3,25}$/;

/** More at once than any gateway has. */
const MOST = 500;

function actionOf(text: string): ConnectorAction | null {
  return ACTIONS.find((action) => action === text) ?? null;
}

/** Reads the form; null when it asks for nothing that can be done. */
export function readForm(form: FormData): Asked | null {
  const one = form.get("one");
  const [word = "", cid] = String(one ?? form.get("all-of") ?? "").split(" ");
  const action = actionOf(word);
  const cids = (cid === undefined ? form.getAll("cid").map(String) : [cid])
    .filter((each) => CID.test(each)).slice(0, MOST);
  if (action === null || cids.length === 0) return null;
  return { action, cids, confirmed: form.get("confirmed") === "yes" };
}

/** Does it to one after the other, as the gateway does too; what fails stops nothing. */
export async function operateAll(
  connectors: Connectors,
  { action, cids }: Asked,
  operator: Operator,
): Promise<Done[]> {
  const done: Done[] = [];
  for (const cid of cids) {
    try {
      const { state } = await connectors.operate(action, cid, operator);
      done.push({ action, cid, outcome: state });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      done.push({ action, cid, outcome: "failed" });
    }
  }
  return done;
}

/** A page's address with what was done. */
export function withDone(url: URL, done: readonly Done[]): string {
  const next = new URL(url);
  next.searchParams.delete("did");
  for (const { action, cid, outcome } of done) {
    next.searchParams.append("did", `${action}.${cid}.${outcome}`);
  }
  return next.pathname + next.search;
}

/** Reads what was done. */
export function readDone(query: URLSearchParams): Done[] {
  return query.getAll("did").flatMap((text): Done[] => {
    const [word = "", cid = "", end] = text.split(".");
    const action = actionOf(word);
    const outcome = OUTCOMES.find((each) => each === end);
    return action === null || outcome === undefined || !CID.test(cid)
      ? []
      : [{ action, cid, outcome }];
  });
}
