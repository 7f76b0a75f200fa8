import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { SelectField } from "./select_field.tsx";
import { TextField } from "./text_field.tsx";

/** Spans that are asked for most; `custom` takes the two moments. */
export const RANGES = ["hour", "day", "week", "month", "custom"] as const;
export type RangeName = typeof RANGES[number];

const LABELS = {
  hour: "filter.lastHour",
  day: "filter.last24Hours",
  week: "filter.last7Days",
  month: "filter.last30Days",
  custom: "filter.custom",
} as const;

interface Props {
  readonly t: T<"filter">;
  /** Null for a list that is not narrowed by time: then "any" is offered too. */
  readonly range: RangeName | null;
  /** As `datetime-local` writes them, in the user's zone: `2026-04-14T14:32`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whether the choice may be taken back. @default false */
  readonly anyTime?: boolean;
  /** Before the ids and names of its fields. */
  readonly prefix?: string;
}

/** A span of time for a filter: a preset, or two moments. Without a script all three are sent. */
export function DateRange({ t, range, from, to, anyTime = false, prefix = "" }: Props): VNode {
  return (
    <div class="group/range grid gap-3">
      <SelectField
        id={`${prefix}range`}
        name={`${prefix}range`}
        label={t("filter.range")}
        value={range ?? ""}
        choices={[
          ...range === null || anyTime ? [{ value: "", label: t("filter.any") }] : [],
          ...RANGES.map((value) => ({ value, label: t(LABELS[value]) })),
        ]}
      />
      <div class="hidden grid-cols-2 gap-3 group-has-[option[value=custom]:checked]/range:grid max-sm:grid-cols-1">
        <TextField
          id={`${prefix}from`}
          name={`${prefix}from`}
          label={t("filter.from")}
          type="datetime-local"
          value={from}
        />
        <TextField
          id={`${prefix}to`}
          name={`${prefix}to`}
          label={t("filter.to")}
          type="datetime-local"
          value={to}
        />
      </div>
    </div>
  );
}
