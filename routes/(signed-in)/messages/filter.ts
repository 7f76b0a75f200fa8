/**
 * The filter of the list of messages, as it stands in the URL.
 * @module
 */
import { type MessageFilter, MT_STATES, type MtState } from "../../../services/messages/mod.ts";
import { type RangeName, RANGES } from "../../../components/date_range.tsx";
import { isId } from "../../forms.ts";
import { momentIn } from "../../typed_moment.ts";

/** What is asked for; what makes no sense is as if it were not asked. */
export interface ListQuery {
  /** As it was typed: the beginning of a number, or a message's id. */
  readonly text: string;
  readonly states: readonly MtState[];
  readonly connector: string | null;
  readonly range: RangeName | null;
  /** As `datetime-local` writes them. */
  readonly from: string | null;
  readonly to: string | null;
  /** The last id of the page before; null on the newest. */
  readonly cursor: string | null;
  /** The cursors of the pages before this one, the newest first. */
  readonly trail: readonly string[];
  /** The message that is shown beside the list. */
  readonly open: string | null;
}

/** Pages that "Newer" leads back through; beyond them it leads to the newest. */
const LONGEST_TRAIL = 10;

const SPANS_MS: Readonly<Record<Exclude<RangeName, "custom">, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
};

function isState(text: string): text is MtState {
  return MT_STATES.some((state) => state === text);
}

/** Reads the query of the list's URL. */
export function readQuery(query: URLSearchParams): ListQuery {
  const one = (name: string) => query.get(name)?.trim() || null;
  const id = (name: string) => {
    const text = one(name);
    return text !== null && isId(text) ? text : null;
  };
  const range = one("range");
  return {
    text: one("q") ?? "",
    states: [...new Set(query.getAll("state").filter(isState))],
    connector: one("connector")?.slice(0, 25) ?? null,
    range: RANGES.find((name) => name === range) ?? null,
    from: one("from"),
    to: one("to"),
    cursor: id("cursor"),
    trail: (one("trail") ?? "").split(".").filter(isId).slice(0, LONGEST_TRAIL),
    open: id("open"),
  };
}

/** Writes a query as the list's URL; the page's place and what is open are kept. */
export function writeQuery(query: ListQuery): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string | null) => value !== null && params.set(name, value);
  set("q", query.text === "" ? null : query.text);
  for (const state of query.states) params.append("state", state);
  set("connector", query.connector);
  set("range", query.range);
  if (query.range === "custom") {
    set("from", query.from);
    set("to", query.to);
  }
  set("cursor", query.cursor);
  if (query.cursor !== null && query.trail.length > 0) set("trail", query.trail.join("."));
  set("open", query.open);
  const text = String(params);
  return text === "" ? "/messages" : `/messages?${text}`;
}

/** The newest page of the same filter, with changes. */
export function withFilter(query: ListQuery, changes: Partial<ListQuery>): string {
  return writeQuery({ ...query, cursor: null, trail: [], open: null, ...changes });
}

/** The page after this one. */
export function olderPage(query: ListQuery, nextCursor: string | null): string | null {
  if (nextCursor === null) return null;
  const trail = query.cursor === null ? [] : [query.cursor, ...query.trail];
  return writeQuery({
    ...query,
    cursor: nextCursor,
    trail: trail.slice(0, LONGEST_TRAIL),
    open: null,
  });
}

/** The page before this one. */
export function newerPage(query: ListQuery): string | null {
  if (query.cursor === null) return null;
  const [cursor = null, ...trail] = query.trail;
  return writeQuery({ ...query, cursor, trail, open: null });
}

/** The beginning of a number in what was typed; null when it is none. */
export function numberIn(text: string): string | null {
  const digits = text.replaceAll(/[\s().-]/g, "").replace(/^00/, "+");
  return /^\+?\d{1,15}$/.test(digits) ? `+${digits.replace("+", "")}` : null;
}

/** Whether something is asked beyond the whole list. */
export function isFiltered(query: ListQuery): boolean {
  const { text, states, connector, range } = query;
  return text !== "" || states.length > 0 || connector !== null || range !== null;
}

/** What the store is asked. */
export function filterOf(query: ListQuery, now: Date, timeZone: string): MessageFilter {
  const { states, connector, range } = query;
  const recipient = numberIn(query.text);
  const custom = range === "custom";
  const createdFrom = custom
    ? momentIn(query.from, timeZone)
    : range === null
    ? null
    : new Date(now.getTime() - SPANS_MS[range]);
  const createdBefore = custom ? momentIn(query.to, timeZone) : null;
  return {
    ...states.length === 0 ? {} : { states },
    ...recipient === null ? {} : { recipient },
    ...connector === null ? {} : { connector },
    ...createdFrom === null ? {} : { createdFrom },
    ...createdBefore === null ? {} : { createdBefore },
  };
}

/** The same for the API: the query that an island asks with. */
export function apiQuery(filter: MessageFilter, limit: number): string {
  const params = new URLSearchParams({ limit: String(limit) });
  for (const state of filter.states ?? []) params.append("state", state);
  if (filter.recipient !== undefined) params.set("to", filter.recipient);
  if (filter.connector !== undefined) params.set("connector", filter.connector);
  if (filter.createdFrom !== undefined) {
    params.set("created_from", filter.createdFrom.toISOString());
  }
  if (filter.createdBefore !== undefined) {
    params.set("created_before", filter.createdBefore.toISOString());
  }
  return String(params);
}
