/**
 * The table that `stats` prints: columns parted by two spaces and as wide as their widest cell,
 * a header counting two characters more than it has, no trailing spaces.
 */
export function plainTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = headers.map((header, column) =>
    Math.max(header.length + 2, ...rows.map((row) => (row[column] ?? "").length))
  );
  return [headers, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd())
    .join("\n");
}
