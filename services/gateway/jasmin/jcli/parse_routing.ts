/**
 * `filter -l`, `mtrouter -l`, `morouter -l`, `mtinterceptor -l`, `mointerceptor -l`, and what `-s`
 * says of a filter. (`-s` of a route or an interceptor says less than its row.)
 * @module
 */
import type { Direction, FilterRow, Interceptor, MoRoute, MoTarget, MtRoute } from "../../model.ts";
import { JcliParseError } from "./errors.ts";
import { parseTable } from "./parse_table.ts";

/** How Jasmin writes filters in a row: `<U (uid=u1)>, <T>`. The last always ends the row. */
const FILTERS = "(<.*>|)";

export function parseFilterList(lines: readonly string[]): readonly FilterRow[] {
  return parseTable(lines, {
    what: "a row of the table of filters",
    header: /^#Filter id +Type +Routes Description/,
    row: /^#(\S+) +(\w+Filter) +(MO MT|MO|MT) +(<.*>) *$/,
    total: /^Total Filters: (\d+)$/,
    read: ([fid = "", type = "", routes = "", description = ""]) => ({
      fid,
      type,
      mo: routes.startsWith("MO"),
      mt: routes.endsWith("MT"),
      description,
    }),
  });
}

/** A filter in full. `parameters` by jcli's labels; of an EvalPyFilter `code` is the script. */
export interface FilterDetails {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly code?: string;
}

export function parseFilter(lines: readonly string[]): FilterDetails {
  const [head = "", ...rest] = lines;
  const type = /^(\w+Filter):?$/.exec(head)?.[1];
  if (type === undefined) throw new JcliParseError("a filter", head);
  if (type === "EvalPyFilter") return { type, parameters: {}, code: rest.join("\n") };
  const parameters = rest.map((line): [string, string] => {
    const [, label, value] = /^(Left border|Right border|\w+) = (.*)$/.exec(line) ??
      /^(has tag) = (.*)$/.exec(line) ?? [];
    if (label === undefined || value === undefined) throw new JcliParseError("a filter", line);
    return [label, value];
  });
  return { type, parameters: Object.fromEntries(parameters) };
}

export function parseMtRouteList(lines: readonly string[]): readonly MtRoute[] {
  return parseTable(lines, {
    what: "a row of the MT routing table",
    header: /^#Order Type +Rate +Connector ID\(s\) +Filter\(s\)/,
    row: new RegExp(
      `^#(\\d+) +(\\w+) +(0 \\(!\\)|nan|inf|\\d+\\.\\d+) +(smppc\\([^()]*\\)(?:, smppc\\([^()]*\\))*) +${FILTERS} *$`,
    ),
    total: /^Total MT Routes: (\d+)$/,
    read: ([order, type = "", rate = "", connectors = "", filters = ""]) => ({
      order: Number(order),
      type,
      rate: rateOf(rate),
      connectors: connectors.split(", ").map((each) => each.slice("smppc(".length, -1)),
      filters,
    }),
  });
}

/** Where nobody stopped them, Python's `nan` and `inf` are rates. */
function rateOf(text: string): number {
  if (text === "0 (!)") return 0;
  return text === "inf" ? Infinity : Number(text);
}

export function parseMoRouteList(lines: readonly string[]): readonly MoRoute[] {
  const target = "(?:http|smpps)\\([^()]*\\)";
  return parseTable(lines, {
    what: "a row of the MO routing table",
    header: /^#Order Type +Connector ID\(s\) +Filter\(s\)/,
    row: new RegExp(`^#(\\d+) +(\\w+) +(${target}(?:, ${target})*) +${FILTERS} *$`),
    total: /^Total MO Routes: (\d+)$/,
    read: ([order, type = "", connectors = "", filters = ""]) => ({
      order: Number(order),
      type,
      connectors: connectors.split(", ").map(moTarget),
      filters,
    }),
  });
}

function moTarget(text: string): MoTarget {
  const name = text.slice(text.indexOf("(") + 1, -1);
  return text.startsWith("http(") ? { kind: "http", cid: name } : { kind: "smpps", username: name };
}

export function parseInterceptorList(
  direction: Direction,
  lines: readonly string[],
): readonly Interceptor[] {
  const letters = direction.toUpperCase();
  return parseTable(lines, {
    what: `a row of the ${letters} interception table`,
    header: /^#Order Type +Script +Filter\(s\)/,
    // The script's start may hold anything; the first ` ..)>` after it ends it.
    row: new RegExp(`^#(\\d+) +(\\w+) +<${letters}IS \\(pyCode=(.*?) \\.\\.\\)> +${FILTERS} *$`),
    total: new RegExp(`^Total ${letters} Interceptors: (\\d+)$`),
    read: ([order, type = "", scriptStart = "", filters = ""]) => ({
      order: Number(order),
      type,
      scriptStart,
      filters,
    }),
  });
}
