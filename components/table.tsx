import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Checkbox } from "./checkbox.tsx";
import { cx } from "./cx.ts";
import { SortHead } from "./sort_head.tsx";

/** Under which width a column goes: 1,200, 1,024 or 640 px. */
export type HideUnder = "narrow" | "medium" | "phone";

/** A column of a table. */
export interface Column<Row> {
  readonly key: string;
  /** Absent for a column of buttons, which has `label` for readers. */
  readonly head?: string;
  readonly label?: string;
  /** Numbers stand at the end. @default start */
  readonly align?: "start" | "end";
  readonly hide?: HideUnder;
  /** Takes the room that is left, and cuts what is too long; its cells have a title. */
  readonly grow?: boolean;
  /** Tailwind widths, such as `w-24`, for what must not move. */
  readonly width?: string;
  /** Sorts by this column: the URL that does, and how it is sorted now. */
  readonly sort?: { readonly href: string; readonly direction: "ascending" | "descending" | null };
  readonly cell: (row: Row) => ComponentChildren;
}

interface Selection<Row> {
  /** The name of the checkboxes in the form around the table. */
  readonly name: string;
  readonly selected: ReadonlySet<string>;
  readonly labelOf: (row: Row) => string;
}

interface Props<Row> {
  readonly t: T<"table">;
  /** Says what the table lists; only readers hear it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The row whose details are shown beside. */
  readonly current?: string | null | undefined;
  readonly selection?: Selection<Row>;
  /** Rows of 44 px with two lines, or of 32 with one (two under 640). @default 1 */
  readonly lines?: 1 | 2;
  /** Whether the head stays in view under the top bar. @default true */
  readonly sticky?: boolean;
  /** Cells of the last row, by the column's key. */
  readonly totals?: Readonly<Record<string, ComponentChildren>>;
  /** Shown in place of rows when there are none. */
  readonly empty?: ComponentChildren;
}

const HIDE: Readonly<Record<HideUnder, string>> = {
  narrow: "max-xl:hidden",
  medium: "max-lg:hidden",
  phone: "max-sm:hidden",
};
const EDGES = "first:pl-4 last:pr-4 max-sm:first:pl-3 max-sm:last:pr-3";

/** A dense list: hairlines and hover, no zebra; a green edge on what is selected. */
export function Table<Row>(props: Props<Row>): VNode {
  const { t, caption, columns, rows, keyOf, current, selection, lines = 1, sticky = true } = props;
  const look = ({ align, hide, grow, width }: Column<Row>) =>
    cx(
      align === "end" ? "text-right" : "text-left",
      hide !== undefined && HIDE[hide],
      grow === true && "w-full max-w-0",
      width,
    );
  const selected = (key: string) => selection?.selected.has(key) === true || key === current;
  return (
    <>
      <table class="w-full border-separate border-spacing-0">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selection !== undefined && (
              <th class={headLook(sticky, "w-6 pr-0! text-left")}>
                <Checkbox name="all" label={t("table.selectAll")} hideLabel data-select-all />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={headLook(sticky, look(column))}
                {...column.sort === undefined || column.sort.direction === null
                  ? {}
                  : { "aria-sort": column.sort.direction }}
              >
                {column.head === undefined
                  ? <span class="sr-only">{column.label}</span>
                  : column.sort === undefined
                  ? column.head
                  : <SortHead t={t} head={column.head} sort={column.sort} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            const isSelected = selected(key);
            return (
              <tr
                key={key}
                data-row={key}
                class={cx(
                  "group/row relative bg-(--ground)",
                  isSelected
                    ? "[--ground:var(--color-accent-soft)]"
                    : "[--ground:var(--color-surface)] hover:[--ground:var(--color-hover)]",
                )}
                {...isSelected ? { "data-selected": true } : {}}
              >
                {selection !== undefined && (
                  <td class={cellLook(lines, isSelected, "w-6 pr-0!")}>
                    <Checkbox
                      name={selection.name}
                      value={key}
                      checked={selection.selected.has(key)}
                      label={t("table.selectRow", { name: selection.labelOf(row) })}
                      hideLabel
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} class={cellLook(lines, isSelected, look(column))}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        {props.totals !== undefined && rows.length > 0 && (
          <tfoot>
            <tr class="bg-sunken">
              {selection !== undefined && <td class="border-t border-line-strong" />}
              {columns.map((column) => (
                <td
                  key={column.key}
                  class={cx("h-8 border-t border-line-strong px-2", EDGES, look(column))}
                >
                  {props.totals?.[column.key]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {rows.length === 0 && props.empty}
    </>
  );
}

function headLook(sticky: boolean, extra: string): string {
  return cx(
    "h-8 border-b border-line-strong bg-sunken px-2 text-12 font-medium whitespace-nowrap text-ink-2",
    sticky && "sticky top-12 z-10",
    EDGES,
    extra,
  );
}

function cellLook(lines: 1 | 2, selected: boolean, extra: string): string {
  return cx(
    "border-b border-line px-2 whitespace-nowrap group-last/row:border-b-0",
    lines === 2 ? "h-11" : "h-8 max-sm:h-11",
    selected && "first:shadow-[inset_2px_0_0_var(--color-accent)]",
    EDGES,
    extra,
  );
}
