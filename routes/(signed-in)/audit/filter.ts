/**
 * Which entries of the audit log the page lists, as its URL says.
 * @module
 */
import { type RangeName, RANGES } from "../../../components/date_range.tsx";
import type { AuditEntry } from "../../../services/audit/mod.ts";
import { isId } from "../../forms.ts";
import { momentIn } from "../../typed_moment.ts";

/** What entries are about, as they name it. */
export const SUBJECT_TYPES = [
  "account",
  "api_key",
  "connector",
  "message",
  "session",
  "setup",
  "user",
  "wall",
] as const;

/** The conditions; absent ones don't narrow. */
export interface AuditFilter {
  readonly action?: string;
  readonly actorId?: string;
  readonly subjectType?: string;
  readonly subjectId?: string;
  readonly since?: Date;
  readonly until?: Date;
}

const SPANS_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000 };

/** The span that the URL names; null when it is all of time. */
export function rangeOf(query: URLSearchParams): RangeName | null {
  return RANGES.find((each) => each === query.get("range")) ?? null;
}

/**
 * What the log is asked.
 * @param timeZone in which the URL's own moments are
 */
export function filterOf(query: URLSearchParams, now: Date, timeZone: string): AuditFilter {
  const text = (name: string) => query.get(name)?.trim() ?? "";
  const [action, actor, type, subject] = ["action", "actor", "type", "subject"].map(text);
  const range = rangeOf(query);
  const moment = (name: string) => momentIn(text(name), timeZone);
  const [since, until] = range === "custom"
    ? [moment("from"), moment("to")]
    : [range === null ? null : new Date(now.getTime() - SPANS_MS[range]), null];
  return {
    ...(action === "" || action === undefined ? {} : { action }),
    ...(isId(actor ?? "") && actor !== undefined ? { actorId: actor } : {}),
    ...(type === "" || type === undefined ? {} : { subjectType: type }),
    ...(subject === "" || subject === undefined ? {} : { subjectId: subject }),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
  };
}

/** The URL with some of the query set, or taken away by null; of the first page. */
export function auditHref(
  query: URLSearchParams,
  change: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(query);
  if (!("entry" in change)) next.delete("cursor");
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  for (const [name, value] of [...next]) if (value === "") next.delete(name);
  return next.size === 0 ? "/audit" : `/audit?${next}`;
}

/** How an actor is called: erased ones have no name any more. */
export function actorWord(
  entry: AuditEntry,
): { readonly name: string } | { readonly word: "system" | "commandLine" | "erased" } {
  if (entry.actorLabel === null) return { word: "erased" };
  if (entry.actorId !== null) return { name: entry.actorLabel };
  if (entry.actorLabel === "system") return { word: "system" };
  return entry.actorLabel === "cli" ? { word: "commandLine" } : { name: entry.actorLabel };
}
