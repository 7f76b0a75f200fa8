/**
 * What the example page shows: every state, long names, nothing, zero and unknown.
 * @module
 */
import type { ServiceView } from "../bloom.tsx";
import type { Series } from "../chart/path.ts";
import type { PlaceId } from "../navigation.ts";
import type { Run } from "../strip.tsx";
import type { ConnectorStateName, MessageStateName } from "../tone.ts";

export const NOW: Date = new Date("2026-04-14T12:32:07Z");
export const secondsAgo = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);

export const SERVICES: readonly ServiceView[] = [
  { name: "jcli", state: "up" },
  { name: "http", state: "up" },
  { name: "postgresql", state: "up" },
  { name: "redis", state: "up" },
  { name: "workers", state: "up" },
];
export const ONE_DOWN: readonly ServiceView[] = SERVICES.map((service) =>
  service.name === "redis" ? { ...service, state: "down" } : service
);

export const PLACES: ReadonlySet<PlaceId> = new Set<PlaceId>([
  "dashboard",
  "walls",
  "alerts",
  "connectors",
  "doctor",
  "messages",
  "inbox",
  "users",
  "api-keys",
  "audit",
  "api-docs",
]);

/** The same every time: a wave with a little noise, at most one decimal. */
export function wave(length: number, middle: number, swing: number, seed = 1): number[] {
  let state = seed * 9_301 + 49_297;
  return Array.from({ length }, (_, at) => {
    state = (state * 9_301 + 49_297) % 233_280;
    const noise = state / 233_280 - 0.5;
    return Math.round(10 * Math.max(0, middle + swing * (Math.sin(at / 17 + seed) + noise))) / 10;
  });
}

/** A series with a hole, as after a gateway's restart. */
export function withGap(series: readonly number[], from: number, to: number): Series {
  return series.map((value, at) => at >= from && at < to ? null : value);
}

const calm: readonly Run[] = [{ state: "ok", length: 60 }];

export interface SampleConnector {
  readonly cid: string;
  readonly note: string;
  readonly state: ConnectorStateName;
  readonly since: number;
  readonly runs: readonly Run[];
  readonly rate: number | null;
  readonly limit: number;
  readonly delivered: number | null;
  readonly response: number | null;
  readonly queue: number;
  readonly errors: number;
}

export const CONNECTORS: readonly SampleConnector[] = [
  {
    cid: "operator_de_1",
    note: "Betreibergesellschaft für Mobilkommunikation, Leitung 1",
    state: "down",
    since: 85,
    runs: [
      { state: "ok", length: 30 },
      { state: "warn", length: 2 },
      { state: "ok", length: 26, title: "Bound 13:56 to 14:30" },
      { state: "down", length: 2, title: "Down since 14:30:42" },
    ],
    rate: 0,
    limit: 25,
    delivered: 0.913,
    response: null,
    queue: 1_204,
    errors: 218,
  },
  {
    cid: "operator_de_2",
    note: "Betreibergesellschaft für Mobilkommunikation, Leitung 2",
    state: "throttled",
    since: 70,
    runs: [{ state: "ok", length: 58 }, { state: "warn", length: 2 }],
    rate: 22.9,
    limit: 25,
    delivered: 0.971,
    response: 43,
    queue: 611,
    errors: 64,
  },
  {
    cid: "operator_mx_trx",
    note: "Third try",
    state: "binding",
    since: 8,
    runs: [{ state: "ok", length: 52 }, { state: "gap", length: 5 }, { state: "down", length: 3 }],
    rate: null,
    limit: 30,
    delivered: 0.952,
    response: null,
    queue: 0,
    errors: 4,
  },
  {
    cid: "direct_es_trx1",
    note: "Direct, line 1",
    state: "boundTrx",
    since: 1_051_200,
    runs: calm,
    rate: 118.4,
    limit: 150,
    delivered: 0.986,
    response: 8,
    queue: 0,
    errors: 3,
  },
  {
    cid: "direct_es_otp",
    note: "One-time codes only",
    state: "boundTx",
    since: 198_000,
    runs: calm,
    rate: 9.2,
    limit: 50,
    delivered: 0.992,
    response: 18,
    queue: 0,
    errors: 0,
  },
  {
    cid: "wholesale_eu_backup_line_2",
    note: "Wholesale interconnect, backup for every country that has no direct line of its own",
    state: "boundTx",
    since: 2_682_000,
    runs: calm,
    rate: 0,
    limit: 200,
    delivered: null,
    response: 31,
    queue: 0,
    errors: 0,
  },
  {
    cid: "lab_smsc_test",
    note: "Laboratory, do not route",
    state: "stopped",
    since: 432_000,
    runs: [{ state: "idle", length: 60 }],
    rate: 0,
    limit: 1,
    delivered: null,
    response: null,
    queue: 0,
    errors: 0,
  },
];

export interface SampleMessage {
  readonly id: string;
  readonly mo?: boolean;
  readonly number: string;
  readonly sender: string;
  readonly text: string;
  readonly parts: number;
  readonly state: MessageStateName;
}

const TEXTS = [
  "Ihre Sendung 4471 wird heute zwischen 14 und 16 Uhr zugestellt",
  "BAJA",
  "Solo hasta el domingo: 30 % en toda la temporada",
  "Votre train de 17h04 part voie 12.",
] as const;
const STATES: readonly MessageStateName[] = [
  "queued",
  "received",
  "undelivered",
  "delivered",
  "sending",
  "accepted",
  "sent",
  "uncertain",
  "expired",
  "rejected",
  "failed",
  "unconfirmed",
];
export const MESSAGES: readonly SampleMessage[] = STATES.map((state, at) => ({
  id: `01963c2e-5d1a-7b44-9c0f-2f8e6a31d0${String(at).padStart(2, "0")}`,
  mo: state === "received",
  number: at % 3 === 0 ? "+34600000001" : at % 3 === 1 ? "+491710000042" : "+33639980017",
  sender: state === "received" ? "25600" : ["PARCELS", "SHOP", "RAIL"][at % 3] ?? "SHOP",
  text: TEXTS[at % TEXTS.length] ?? "",
  parts: at % 5 === 3 ? 2 : 1,
  state,
}));

/** Two parts, and one character outside GSM-7. */
export const LONG_TEXT: string =
  "Solo hasta el domingo, Lucía: 30 % en toda la temporada, y el envío va por nuestra cuenta. shop.example/k3";

/** Names of the parts that a section shows, as the code has them. */
export const CAPTIONS = {
  words: "StateWord, Pill, Badge, Count, Bloom",
  values: "LiveValue",
  buttons: "Button, ButtonLink, Menu",
  choices: "Checkbox, Switch, Segmented, Chip, Tabs",
  form: "Field, FormErrors",
  confirm: "ConfirmDialog",
  toasts: "Toast, Banner",
  loading: "SkeletonRows",
  first: "EmptyState, first use",
  filtered: "EmptyState, filtered",
  good: "EmptyState, good",
  forbidden: "EmptyState, no permission",
  figures: "FigureStrip",
  error: "ErrorState",
  message: "MessageText, PartCounter",
  life: "TimeLine",
  values2: "KeyValues, Copyable, Code",
  palette: "PaletteList",
  progress: "Progress, Meter, Strip",
  colours: "theme.css",
} as const;

export const RECEIPT: string =
  "id:0A41F7 sub:001 dlvrd:001 submit date:2604141431 done date:2604141432 stat:DELIVRD err:000";

/** What people and machines wrote, as data. */
export const SAID = {
  gateway: "gw-test-1",
  release: "0.11.1",
  user: "Operations",
  refused: "Connection refused by 198.51.100.21:2775",
  bind: "ESME_RTHROTTLED, 14 in 5 min",
  restart: "Restart",
  badCid: "süd netz",
  badPort: "27750000",
  host: "smpp.operator.example",
  email: "operations@operator.example",
  id: "01963c2e-5d1a-7b44-9c0f-2f8e6a31d0b7",
} as const;
