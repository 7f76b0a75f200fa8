import type { VNode } from "preact";
import { cx } from "./cx.ts";

/** Drawn on a grid of 16, lines of 1.5, round ends. */
const PATHS = {
  "arrow-down": "M8 3v10m4-4-4 4-4-4",
  "arrow-in": "M12.5 3.5 4 12m0-6.5V12h6.5",
  "arrow-out": "M3.5 12.5 12 4M5.5 4H12v6.5",
  "arrow-up": "M8 13V3m4 4L8 3 4 7",
  bars: "M2.5 13.5V9m3.7 4.5V4m3.6 9.5V7m3.7 6.5v-11",
  bell: "M4 11V7a4 4 0 0 1 8 0v4l1.2 1.2H2.8zm2.6 3.2h2.8",
  book:
    "M3.5 2.5h10v11h-10zm-1.7 3h1.7m-1.7 5h1.7m1.9 1a2.7 2.7 0 0 1 5.2 0M9.9 6.8a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0",
  braces:
    "M6 2.5H5A1.5 1.5 0 0 0 3.5 4v2.5L2 8l1.5 1.5V12A1.5 1.5 0 0 0 5 13.5h1m4-11h1A1.5 1.5 0 0 1 12.5 4v2.5L14 8l-1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5h-1",
  building: "M3 14V2.5h7V14m0-7.5h3V14M1.8 14h12.4M5.3 5.3h2.4M5.3 8h2.4m-2.4 2.7h2.4",
  calendar: "M2.5 3.5h11v10h-11zm0 3h11M5.5 2v3m5-3v3",
  check: "m3 8.5 3.5 3.5L13 4.5",
  "chevron-down": "M3.5 6 8 10.5 12.5 6",
  "chevron-left": "M10 3.5 5.5 8l4.5 4.5",
  "chevron-right": "M6 3.5 10.5 8 6 12.5",
  clock: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 4.5V8l2.5 1.5",
  code: "M5.5 4.5 2 8l3.5 3.5m5-7L14 8l-3.5 3.5",
  columns: "M2.5 3h11v10h-11zm3.7 0v10m3.6-10v10",
  copy: "M5.5 5.5h8v8h-8zm-2 5h-1v-8h8v1",
  download: "M8 2.5v7.5m3.5-3.5L8 10 4.5 6.5M2.5 13.5h11",
  eye:
    "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8m8.3 0a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0",
  "eye-off":
    "M6.3 4A6.5 6.5 0 0 1 8 3.8C12 3.8 14.5 8 14.5 8a12 12 0 0 1-1.8 2.2M10 11.8a6 6 0 0 1-2 .4C4 12.2 1.5 8 1.5 8a12 12 0 0 1 2.6-2.9M2.5 2.5l11 11",
  file: "M3.5 1.8h6l3 3v9.4h-9zm6 0v3h3M5.8 8.2h4.4M5.8 11h4.4",
  filter: "M2 3.5h12L9.4 8.7V13l-2.8-1.3v-3z",
  gauge: "M3 12.5a6.3 6.3 0 1 1 10 0M8 9.3l2.7-3.2",
  inbox: "M2.5 9.3 4.4 3h7.2l1.9 6.3v4.2h-11zh3.2l.9 1.8h2.8l.9-1.8h3.2",
  key: "M9 7 14 2m-2.5 2.5 2 2M10 10.3a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0",
  layers: "m8 2 6 3-6 3-6-3zM2 8.2l6 3 6-3m-12 3 6 3 6-3",
  list: "M5.5 4h8m-8 4h8m-8 4h8M2.5 4h.01M2.5 8h.01M2.5 12h.01",
  lock: "M3.5 7h9v6.5h-9zm1.8 0V5a2.7 2.7 0 0 1 5.4 0v2",
  message: "M2.5 3h11v8H8l-3.3 2.6V11H2.5z",
  monitor: "M2 3h12v8H2zm3.5 10.5h5M8 11v2.5",
  moon: "M13.5 9.5A5.8 5.8 0 1 1 6.5 2.5a4.6 4.6 0 0 0 7 7",
  more: "M3.5 8h.01M8 8h.01m4.49 0h.01",
  offline:
    "M1.5 6A9.5 9.5 0 0 1 6 3.6M14.5 6a9.5 9.5 0 0 0-4.4-2.4M4 9a6 6 0 0 1 2.5-1.5M12 9a6 6 0 0 0-1.5-1.1M8 12.5h.01M2.5 1.8l11 12.4",
  pause: "M5.5 3v10m5-10v10",
  pen: "M3 13l.5-2.8 7.3-7.3a1.3 1.3 0 0 1 1.8 0l.5.5a1.3 1.3 0 0 1 0 1.8l-7.3 7.3z",
  play: "M4.5 2.8 12.5 8l-8 5.2z",
  plug: "M6 2v3m4-3v3M4 5h8v2.5a4 4 0 0 1-8 0zm4 6.5V14",
  plus: "M8 3v10M3 8h10",
  pulse: "M1.5 8.5h3L6.4 3l3.2 10 1.9-4.5h3",
  receipt: "M3.5 1.8h9v12.4l-1.5-1-1.5 1-1.5-1-1.5 1-1.5-1-1.5 1zm2.3 3.4h4.4m-4.4 3h4.4",
  restart: "M13 8a5 5 0 1 1-1.5-3.6L13 6m0-3.5V6H9.5",
  route: "M3 2.5v11m0-3C3 7.2 4.6 6 7.2 6H13m-2.5-2.5L13 6l-2.5 2.5",
  search: "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0m-1.2 3.3L14 14",
  send: "M13.8 2.2 2.2 6.8l4.6 2.4 2.4 4.6zm-7 7 3-3",
  shield: "M8 1.8 13 3.5v4.2c0 3-2 5.3-5 6.5-3-1.2-5-3.5-5-6.5V3.5zM5.8 8l1.6 1.6L10.4 6.5",
  "sign-out": "M6.5 2.5h-4v11h4m3.5-9L13.5 8 10 11.5M13.5 8h-7",
  sliders:
    "M2 4.5h6m3 0h3m-12 7h3m3 0h6M11 4.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0m-3 7a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0",
  stop: "M3.5 3.5h9v9h-9z",
  sun:
    "M10.8 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0M8 1.5V3m0 10v1.5M1.5 8H3m10 0h1.5M3.4 3.4l1 1m7.2 7.2 1 1m0-9.2-1 1m-7.2 7.2-1 1",
  tag: "M2.5 2.5h5l6 6-5 5-6-6zm2.9 2.9h.01",
  trash: "M2.5 4.5h11M6 4.5v-2h4v2m-6 0 .7 9h6.6l.7-9",
  user: "M10.7 5.2a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0m-7.9 8.6a5.3 5.3 0 0 1 10.4 0",
  users:
    "M8.3 5.6a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0m-6.6 7.6a4.2 4.2 0 0 1 8.2 0m.7-9.9a2.4 2.4 0 0 1 0 4.6m1.4 1.8a4 4 0 0 1 2.3 3.5",
  x: "m3.8 3.8 8.4 8.4m0-8.4-8.4 8.4",
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof PATHS;

interface Props {
  readonly name: IconName;
  /** @default 16 px */
  readonly size?: string;
  readonly class?: string | undefined;
}

/** A drawing beside words, hidden from readers: a button without words has its own label. */
export function Icon({ name, size = "size-4", class: extra }: Props): VNode {
  return (
    <svg
      class={cx("flex-none", size, extra)}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" || name === "list" ? 1.75 : 1.5}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
