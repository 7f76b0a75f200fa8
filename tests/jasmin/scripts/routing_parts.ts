/** Parts that the scripts of filters, routes and interceptors are made of. */

/** Adds a filter. */
export const filter = (fid: string, type: string, ...parameters: string[]): string[] => [
  "filter -a",
  `fid ${fid}`,
  `type ${type}`,
  ...parameters,
  "ok",
];

/** Adds a connector. */
export const connector = (cid: string): string[] => ["smppccm -a", `cid ${cid}`, "ok"];

/** Adds an HTTP connector. */
export const http = (cid: string): string[] => [
  "httpccm -a",
  `cid ${cid}`,
  "url http://127.0.0.1/mo",
  "method GET",
  "ok",
];

/** Adds a route or an interceptor. */
export const route = (
  manager: string,
  ...lines: string[]
): string[] => [`${manager} -a`, ...lines, "ok"];

/** A filter of every type; `{{dir}}/filter.py` must exist. */
export const FILTERS = [
  ...filter("all", "TransparentFilter"),
  ...filter("con", "ConnectorFilter", "cid op_1"),
  ...filter("usr", "UserFilter", "uid u1"),
  ...filter("grp", "GroupFilter", "gid g1"),
  ...filter("src", "SourceAddrFilter", "source_addr ^ACME"),
  ...filter("dst", "DestinationAddrFilter", "destination_addr ^34"),
  ...filter("txt", "ShortMessageFilter", "short_message ^hello"),
  ...filter("day", "DateIntervalFilter", "dateInterval 2026-01-01;2026-12-31"),
  ...filter("tim", "TimeIntervalFilter", "timeInterval 08:00:00;18:00:00"),
  ...filter("eva", "EvalPyFilter", "pyCode {{dir}}/filter.py"),
  ...filter("tag", "TagFilter", "tag 22401"),
];
