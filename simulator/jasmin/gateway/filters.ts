/** Filters: which messages a route or an interceptor takes. */
import { PyRegex } from "../python/regex.ts";
import { decodeUtf8 } from "../python/text.ts";

export type Direction = "MO" | "MT";

export type Filter =
  | { readonly type: "TransparentFilter" }
  | { readonly type: "ConnectorFilter"; readonly cid: string }
  | { readonly type: "UserFilter"; readonly uid: string }
  | { readonly type: "GroupFilter"; readonly gid: string }
  | { readonly type: "SourceAddrFilter"; readonly regex: PyRegex }
  | { readonly type: "DestinationAddrFilter"; readonly regex: PyRegex }
  | { readonly type: "ShortMessageFilter"; readonly regex: PyRegex }
  | { readonly type: "DateIntervalFilter"; readonly from: string; readonly to: string }
  | { readonly type: "TimeIntervalFilter"; readonly from: string; readonly to: string }
  | { readonly type: "EvalPyFilter"; readonly code: string }
  | { readonly type: "TagFilter"; readonly tag: string };

export type FilterType = Filter["type"];

/** In the order in which jcli names them. */
export const FILTER_TYPES: readonly FilterType[] = [
  "TransparentFilter",
  "UserFilter",
  "GroupFilter",
  "ConnectorFilter",
  "SourceAddrFilter",
  "DestinationAddrFilter",
  "ShortMessageFilter",
  "DateIntervalFilter",
  "TimeIntervalFilter",
  "EvalPyFilter",
  "TagFilter",
];

/** jcli's parameter of each type. */
export const FILTER_PARAMETER: Readonly<Record<FilterType, string | undefined>> = {
  TransparentFilter: undefined,
  UserFilter: "uid",
  GroupFilter: "gid",
  ConnectorFilter: "cid",
  SourceAddrFilter: "source_addr",
  DestinationAddrFilter: "destination_addr",
  ShortMessageFilter: "short_message",
  DateIntervalFilter: "dateInterval",
  TimeIntervalFilter: "timeInterval",
  EvalPyFilter: "pyCode",
  TagFilter: "tag",
};

/** An address as the gateway holds it: a user's default one is text where it should be bytes. */
export interface Address {
  readonly value: string;
  readonly isText: boolean;
}

/** What filters look at. Strings are bytes. */
export interface Routable {
  readonly uid?: string;
  readonly gid?: string;
  /** The connector that an MO came by. */
  readonly cid?: string;
  readonly source: Address | null;
  readonly destination: string;
  /** Python's name of its type when it is not bytes. */
  readonly destinationType?: string;
  /** Payload of the first part, with its user data header when there are several. */
  readonly content: string;
  readonly tags: ReadonlySet<string>;
  /** Server's local time. */
  readonly at: Date;
}

/** Whether a filter of this type may stand on a route of this direction. */
export function fits(type: FilterType, direction: Direction): boolean {
  if (type === "ConnectorFilter") return direction === "MO";
  if (type === "UserFilter" || type === "GroupFilter") return direction === "MT";
  return true;
}

/**
 * Whether the filter takes the message. An EvalPyFilter never does: the simulator runs no Python.
 * @throws {TypeError} where the gateway fails on an address that is absent or not bytes
 */
export function filterMatches(filter: Filter, message: Routable): boolean {
  switch (filter.type) {
    case "TransparentFilter":
      return true;
    case "ConnectorFilter":
      return message.cid === filter.cid;
    case "UserFilter":
      return message.uid === filter.uid;
    case "GroupFilter":
      return message.gid === filter.gid;
    case "SourceAddrFilter":
      return filter.regex.matches(decodeUtf8(sourceBytes(message)));
    case "DestinationAddrFilter":
      if (message.destinationType !== undefined) {
        throw new TypeError(`'${message.destinationType}' object has no attribute 'decode'`);
      }
      return filter.regex.matches(decodeUtf8(message.destination));
    case "ShortMessageFilter":
      return filter.regex.matches(decodeUtf8(message.content));
    case "DateIntervalFilter": {
      const day = dateText(message.at);
      return filter.from <= day && day <= filter.to;
    }
    case "TimeIntervalFilter": {
      const time = timeText(message.at);
      // Fractions of a second count: 10:00:00.5 lies behind a right border of 10:00:00.
      const past = time === filter.to && message.at.getMilliseconds() > 0;
      return filter.from <= time && time <= filter.to && !past;
    }
    case "EvalPyFilter":
      return false;
    case "TagFilter":
      return message.tags.has(filter.tag);
  }
}

function sourceBytes(message: Routable): string {
  if (message.source === null) {
    throw new TypeError("'NoneType' object has no attribute 'decode'");
  }
  if (message.source.isText) throw new TypeError("'str' object has no attribute 'decode'");
  return message.source.value;
}

/** The description that lists show in place of the filter's id. */
export function describeFilter(filter: Filter): string {
  switch (filter.type) {
    case "TransparentFilter":
      return "<T>";
    case "ConnectorFilter":
      return `<C (cid=${filter.cid})>`;
    case "UserFilter":
      return `<U (uid=${filter.uid})>`;
    case "GroupFilter":
      return `<G (gid=${filter.gid})>`;
    case "SourceAddrFilter":
      return `<SA (src_addr=${filter.regex.pattern})>`;
    case "DestinationAddrFilter":
      return `<DA (dst_addr=${filter.regex.pattern})>`;
    case "ShortMessageFilter":
      return `<SM (msg=${filter.regex.pattern})>`;
    case "DateIntervalFilter":
      return `<DI (${filter.from},${filter.to})>`;
    case "TimeIntervalFilter":
      return `<TI (${filter.from},${filter.to})>`;
    case "EvalPyFilter":
      return `<Ev (pyCode=${head(filter.code, 10)} ..)>`;
    case "TagFilter":
      return `<TG (tag=${filter.tag})>`;
  }
}

/** What `filter -s` prints. */
export function showFilter(filter: Filter): string {
  switch (filter.type) {
    case "TransparentFilter":
      return "TransparentFilter";
    case "ConnectorFilter":
      return `ConnectorFilter:\ncid = ${filter.cid}`;
    case "UserFilter":
      return `UserFilter:\nuid = ${filter.uid}`;
    case "GroupFilter":
      return `GroupFilter:\ngid = ${filter.gid}`;
    case "SourceAddrFilter":
    case "DestinationAddrFilter":
    case "ShortMessageFilter":
      return `${filter.type}:\n${FILTER_PARAMETER[filter.type]} = ${filter.regex.pattern}`;
    case "DateIntervalFilter":
    case "TimeIntervalFilter":
      return `${filter.type}:\nLeft border = ${filter.from}\nRight border = ${filter.to}`;
    case "EvalPyFilter":
      return `EvalPyFilter:\n${filter.code}`;
    case "TagFilter":
      return `TagFilter:\nhas tag = ${filter.tag}`;
  }
}

/** The first characters of a script, on one line. */
export function head(code: string, length: number): string {
  return [...code].slice(0, length).join("").replaceAll("\n", "");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Local `YYYY-MM-DD`. */
export function dateText(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Local `HH:MM:SS`. */
export function timeText(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
