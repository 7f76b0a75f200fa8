/**
 * What all tables of jcli share: a header and rows that start with `#`, then a line with the total.
 * Cells hold spaces and overflow their columns, so a row is read by an anchored pattern, never by
 * position; a line that no pattern knows is an error, and the total must be the number of rows.
 * @module
 */
import { JcliParseError } from "./errors.ts";

interface TableShape<Row> {
  /** In errors: "a row of the table of users". */
  readonly what: string;
  /** How the header begins, with its `#`. It is absent when there are no rows. */
  readonly header: RegExp;
  readonly row: RegExp;
  /** Its first group is the number of rows. */
  readonly total: RegExp;
  /** Makes a row of the groups that matched; null when it isn't one after all. */
  readonly read: (groups: readonly string[], line: string) => Row | null;
}

/** @throws {JcliParseError} on a line that is neither header, row nor total, and on a wrong total */
export function parseTable<Row>(lines: readonly string[], shape: TableShape<Row>): readonly Row[] {
  const totalLine = lines.at(-1) ?? "";
  const total = shape.total.exec(totalLine);
  if (total === null) throw new JcliParseError(`the total of ${shape.what}`, totalLine);
  const body = lines.slice(0, -1);
  const header = body[0];
  if (header !== undefined && !shape.header.test(header)) {
    throw new JcliParseError(`the header of ${shape.what}`, header);
  }
  const rows = body.slice(1).map((line) => {
    const groups = shape.row.exec(line);
    const row = groups === null
      ? null
      : shape.read(groups.slice(1).map((cell) => cell ?? ""), line);
    if (row === null) throw new JcliParseError(shape.what, line);
    return row;
  });
  if (Number(total[1]) !== rows.length) {
    throw new JcliParseError(`the total of the ${rows.length} rows read, ${shape.what}`, totalLine);
  }
  return rows;
}

/** The cells of a tabulate row: at least two spaces stand between columns. */
export function cells(line: string): readonly string[] {
  return line.trimEnd().split(/ {2,}/);
}

/** A number as Python prints it; null when it is none. */
export function pythonNumber(text: string): number | null {
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text) ? Number(text) : null;
}

/**
 * As `pythonNumber`, where `ND` is "unlimited" (null). A quota that was set to one of Python's
 * `nan` and `inf` is those.
 */
export function limit(text: string, what: string, line: string): number | null {
  if (text === "ND" || text === "ND (!)") return null;
  if (text === "nan") return NaN;
  if (text === "inf") return Infinity;
  const value = pythonNumber(text);
  if (value === null) throw new JcliParseError(what, line);
  return value;
}
