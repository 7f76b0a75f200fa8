/** `filter`. */
import {
  describeFilter,
  type Filter,
  FILTER_PARAMETER,
  FILTER_TYPES,
  type FilterType,
  fits,
  showFilter,
} from "../gateway/filters.ts";
import { checkGid, checkUid, InvalidParameterError } from "../gateway/users.ts";
import type { OptionValues } from "../python/optparse.ts";
import { parsePyInt } from "../python/numbers.ts";
import { PyRegex, RegexError } from "../python/regex.ts";
import { given, MISSING } from "./given.ts";
import { readCodeFile } from "./host_files.ts";
import type { JcliSession, SubSession } from "./session.ts";
import { findType, printRow, TypedValues } from "./typed_session.ts";

const WIDTHS = [16, 22, 6, 32];

export function runFilter(session: JcliSession, values: OptionValues): void {
  if (values["list"]) return list(session);
  if (values["add"]) {
    return session.enter("Adding a new Filter: (ok: save, ko: exit)", adding(session));
  }
  const remove = given(values, "remove");
  const fid = remove ?? given(values, "show");
  if (fid === undefined) return session.say(MISSING);
  const filter = session.filters.get(fid);
  if (filter === undefined) return session.say(`Unknown Filter: ${fid}`);
  if (remove === undefined) return session.say(showFilter(filter));
  session.filters.delete(fid);
  session.say(`Successfully removed Filter id:${fid}`);
}

function list(session: JcliSession): void {
  if (session.filters.size > 0) {
    printRow(session, WIDTHS, ["Filter id", "Type", "Routes", "Description"]);
  }
  for (const [fid, filter] of session.filters) {
    const routes = (fits(filter.type, "MO") ? "MO " : "") + (fits(filter.type, "MT") ? "MT" : "");
    printRow(session, WIDTHS, [fid, filter.type, routes, describeFilter(filter)]);
  }
  session.say(`Total Filters: ${session.filters.size}`);
}

function adding(session: JcliSession): SubSession {
  const values = new TypedValues("fid");
  return {
    get completions() {
      return values.completions;
    },
    take(key, value) {
      if (key === undefined) return session.say();
      if (key === "ok") return save(session, values);
      if (!values.allows(key)) return session.say(`Unknown Filter key: ${key}`);
      if (key === "type") return takeType(session, values, value);
      if (key === "fid" && !/^[A-Za-z0-9_-]{1,16}$/.test(value)) {
        return session.say(`Invalid Filter fid syntax: ${value}`);
      }
      const read = READERS[key]?.(key, value) ?? { value };
      if (typeof read === "string") return session.say(read);
      values.set(key, read.value);
      session.say();
    },
  };
}

function takeType(session: JcliSession, values: TypedValues, typed: string): void {
  const type = findType(FILTER_TYPES, typed);
  if (type === undefined) {
    return session.say(
      `Unknown Filter type: "${typed}", available types: ${FILTER_TYPES.join(", ")}`,
    );
  }
  const parameter = FILTER_PARAMETER[type];
  values.setType(type, parameter === undefined ? [] : [parameter]);
  if (parameter === undefined) return session.say();
  session.say(`<class 'jasmin.routing.Filters.${type}'> arguments:\n${parameter}`);
}

function save(session: JcliSession, values: TypedValues): void {
  if (!values.complete) return session.say(values.missing);
  // setType stored one of the types.
  const type = values.type as FilterType;
  const fid = values.text("fid") ?? "";
  try {
    session.filters.set(fid, build(type, values.get(FILTER_PARAMETER[type] ?? "")));
  } catch (error) {
    if (!(error instanceof InvalidParameterError)) throw error;
    return session.say(`Error: ${error.message}`);
  }
  session.print(`Successfully added Filter [${type}] with fid:${fid}`);
  session.leave();
}

/** @throws {InvalidParameterError} for a uid or gid of the wrong form */
function build(type: FilterType, value: unknown): Filter {
  const text = String(value);
  switch (type) {
    case "TransparentFilter":
      return { type };
    case "UserFilter":
      checkUid(text);
      return { type, uid: text };
    case "GroupFilter":
      checkGid(text);
      return { type, gid: text };
    case "ConnectorFilter":
      return { type, cid: text };
    case "SourceAddrFilter":
    case "DestinationAddrFilter":
    case "ShortMessageFilter":
      return { type, regex: new PyRegex(text) };
    case "DateIntervalFilter":
    case "TimeIntervalFilter": {
      const [from = "", to = ""] = text.split(";");
      return { type, from, to };
    }
    case "EvalPyFilter":
      return { type, code: text };
    case "TagFilter":
      return { type, tag: text };
  }
}

type Reader = (key: string, typed: string) => string | { readonly value: string };

const READERS: Readonly<Record<string, Reader>> = {
  source_addr: readRegex,
  destination_addr: readRegex,
  short_message: readRegex,
  dateInterval: readInterval,
  timeInterval: readInterval,
  pyCode(_key, typed) {
    const read = readCodeFile(typed);
    return "fault" in read ? read.fault : { value: read.code };
  },
  tag: (_key, typed) => ({ value: String(parsePyInt(typed) ?? typed) }),
};

function readRegex(key: string, typed: string): string | { value: string } {
  try {
    new PyRegex(typed);
    return { value: typed };
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return `${key} option is not a valid regular expression`;
  }
}

function readInterval(key: string, typed: string): string | { value: string } {
  const limits = typed.split(";");
  const [from = "", to = ""] = limits;
  if (limits.length !== 2) {
    return `${key} option value must be composed of 2 values with a ";" separator.`;
  }
  const isValid = key === "dateInterval" ? isDate : isTime;
  for (const limit of limits) {
    if (!isValid(limit)) return `${limit} is not a valid ${key} value`;
  }
  return from >= to ? "Right border must be greater than left border" : { value: typed };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith("0000")) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text);
}
