/**
 * Every key of an SMPP client connector, declared once: forms, checks, API and documentation are
 * made of it. Light: it holds no schema library, so islands use it too. Keys, defaults and rules
 * are Jasmin's (`smppccm.py`, `protocols/smpp/configs.py` of 0.11), narrowed where the gateway
 * takes a value that it then can't work with.
 * @module
 */

/** What a key is about, in the order of the form. */
export const KEY_GROUPS = [
  "connection",
  "sending",
  "addresses",
  "receipts",
  "timers",
  "logging",
] as const;
export type KeyGroup = typeof KEY_GROUPS[number];

/**
 * When a change takes effect: `now`; at the next `bind`; by a `restart` of the bind, which the
 * gateway makes by itself when the connector runs; or when Jasmin's `process` is started again.
 */
export type KeyEffect = "now" | "bind" | "restart" | "process";

/** The unit of a number. */
export type KeyUnit = "seconds" | "perSecond" | "minutes";

interface Common {
  readonly group: KeyGroup;
  readonly effect: KeyEffect;
  /** What the gateway takes when nothing is set; null is nothing. */
  readonly initial: string | number | boolean | null;
  /** Whether it may be nothing (`none` in jcli). */
  readonly nullable?: true;
  /** Whether only releases after April 2026 know it. */
  readonly later?: true;
}

/** Printable ASCII without outer spaces. */
export interface TextRule extends Common {
  readonly kind: "text";
  readonly max: number;
  /** Whether the gateway reads the word `none` as nothing, so that it can't be the value. */
  readonly noneIsNothing?: true;
  readonly mayBeEmpty?: true;
  readonly secret?: true;
  /** A shape of its own. */
  readonly shape?: "logfile" | "tlvs";
}

export interface NumberRule extends Common {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  /** Whether it has no fraction. */
  readonly whole?: true;
  readonly unit?: KeyUnit;
}

export interface ChoiceRule extends Common {
  readonly kind: "choice";
  readonly choices: readonly (string | number)[];
}

/** `yes` or `no` in jcli. */
export interface FlagRule extends Common {
  readonly kind: "flag";
}

export type KeyRule = TextRule | NumberRule | ChoiceRule | FlagRule;

/** Types of number of SMPP 3.4, 5.2.5. */
const TON = [0, 1, 2, 3, 4, 5, 6] as const;
/** Numbering plan indicators of SMPP 3.4, 5.2.6. */
const NPI = [0, 1, 3, 4, 6, 8, 9, 10, 14, 18] as const;
const YEAR_SECONDS = 31_536_000;

const timer = (initial: number) =>
  ({
    group: "timers",
    effect: "now",
    kind: "number",
    min: 0,
    max: YEAR_SECONDS,
    unit: "seconds",
    initial,
  }) as const;

/** The rules by key, in the order of the form; `cid` names the connector and is no setting. */
export const CONNECTOR_KEYS = {
  host: {
    group: "connection",
    effect: "restart",
    kind: "text",
    max: 255,
    noneIsNothing: true,
    initial: "127.0.0.1",
  },
  port: {
    group: "connection",
    effect: "restart",
    kind: "number",
    whole: true,
    min: 1,
    max: 65_535,
    initial: 2775,
  },
  username: {
    group: "connection",
    effect: "restart",
    kind: "text",
    max: 15,
    noneIsNothing: true,
    initial: "smppclient",
  },
  // SMPP carries 8 characters; the gateway takes 16, then fails to bind without a word.
  password: {
    group: "connection",
    effect: "restart",
    kind: "text",
    max: 8,
    noneIsNothing: true,
    secret: true,
    initial: "password",
  },
  systype: {
    group: "connection",
    effect: "restart",
    kind: "text",
    max: 12,
    noneIsNothing: true,
    mayBeEmpty: true,
    initial: "",
  },
  bind: {
    group: "connection",
    effect: "bind",
    kind: "choice",
    choices: ["transceiver", "transmitter", "receiver"],
    initial: "transceiver",
  },
  ssl: { group: "connection", effect: "bind", kind: "flag", initial: false },
  submit_throughput: {
    group: "sending",
    effect: "now",
    kind: "number",
    min: 0,
    max: 100_000,
    unit: "perSecond",
    initial: 1,
  },
  priority: {
    group: "sending",
    effect: "now",
    kind: "choice",
    choices: [0, 1, 2, 3],
    initial: 0,
  },
  validity: {
    group: "sending",
    effect: "now",
    kind: "number",
    whole: true,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    nullable: true,
    initial: null,
  },
  coding: {
    group: "sending",
    effect: "now",
    kind: "choice",
    choices: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14],
    initial: 0,
  },
  proto_id: {
    group: "sending",
    effect: "now",
    kind: "number",
    whole: true,
    min: 0,
    max: 255,
    nullable: true,
    initial: null,
  },
  ripf: { group: "sending", effect: "now", kind: "choice", choices: [0, 1], initial: 0 },
  def_msg_id: {
    group: "sending",
    effect: "now",
    kind: "number",
    whole: true,
    min: 0,
    max: 255,
    initial: 0,
  },
  requeue_delay: { ...timer(120), group: "sending" },
  custom_tlvs: {
    group: "sending",
    effect: "now",
    kind: "text",
    max: 1_024,
    shape: "tlvs",
    nullable: true,
    later: true,
    initial: null,
  },
  src_addr: {
    group: "addresses",
    effect: "now",
    kind: "text",
    max: 20,
    noneIsNothing: true,
    nullable: true,
    initial: null,
  },
  src_ton: { group: "addresses", effect: "now", kind: "choice", choices: TON, initial: 2 },
  src_npi: { group: "addresses", effect: "now", kind: "choice", choices: NPI, initial: 1 },
  dst_ton: { group: "addresses", effect: "now", kind: "choice", choices: TON, initial: 1 },
  dst_npi: { group: "addresses", effect: "now", kind: "choice", choices: NPI, initial: 1 },
  bind_ton: { group: "addresses", effect: "bind", kind: "choice", choices: TON, initial: 0 },
  bind_npi: { group: "addresses", effect: "bind", kind: "choice", choices: NPI, initial: 0 },
  addr_range: {
    group: "addresses",
    effect: "bind",
    kind: "text",
    max: 40,
    noneIsNothing: true,
    nullable: true,
    initial: null,
  },
  dlr_expiry: { ...timer(86_400), group: "receipts" },
  dlr_msgid: {
    group: "receipts",
    effect: "now",
    kind: "choice",
    choices: [0, 1, 2],
    initial: 0,
  },
  bind_to: { ...timer(30), effect: "bind" },
  elink_interval: timer(30),
  res_to: timer(120),
  trx_to: timer(300),
  pdu_red_to: timer(10),
  con_loss_retry: { group: "timers", effect: "now", kind: "flag", initial: true },
  con_loss_delay: timer(10),
  con_fail_retry: { group: "timers", effect: "now", kind: "flag", initial: true },
  con_fail_delay: timer(10),
  loglevel: {
    group: "logging",
    effect: "process",
    kind: "choice",
    choices: [10, 20, 30, 40, 50],
    initial: 20,
  },
  logprivacy: { group: "logging", effect: "now", kind: "flag", initial: false },
  logfile: {
    group: "logging",
    effect: "process",
    kind: "text",
    max: 255,
    shape: "logfile",
    // `default-<cid>.log` in the gateway's own folder for logs, which jcli doesn't tell before.
    initial: null,
  },
  logrotate: {
    group: "logging",
    effect: "process",
    kind: "choice",
    choices: ["midnight", "S", "M", "H", "D", "W0", "W1", "W2", "W3", "W4", "W5", "W6"],
    initial: "midnight",
  },
} as const satisfies Readonly<Record<string, KeyRule>>;

/** A setting of a connector. */
export type ConnectorKey = keyof typeof CONNECTOR_KEYS;

/** Every key, in the order of the form. */
// Object.keys() is typed string[]; these are the keys of a literal that nothing extends.
export const KEY_NAMES = Object.keys(CONNECTOR_KEYS) as readonly ConnectorKey[];

type ValueOf<Rule> =
  | (Rule extends { readonly kind: "text" } ? string
    : Rule extends { readonly kind: "number" } ? number
    : Rule extends { readonly kind: "flag" } ? boolean
    : Rule extends { readonly choices: readonly (infer Choice)[] } ? Choice
    : never)
  | (Rule extends { readonly nullable: true } ? null : never);

/** Every setting with its value. */
export type SettingValues = {
  [Key in ConnectorKey]: ValueOf<typeof CONNECTOR_KEYS[Key]>;
};

/** Some settings; what is undefined is left out. */
export type SettingChanges = {
  readonly [Key in ConnectorKey]?: SettingValues[Key] | undefined;
};

/** The rule of a key, of any kind. */
export function ruleOf(key: ConnectorKey): KeyRule {
  return CONNECTOR_KEYS[key];
}

/** A file on the gateway's host, or its standard output. */
export const LOGFILE_SHAPE = /^\/|stdout/;
/** `tag,type,max[,required|optional]`, several joined by `;`. */
export const TLVS_SHAPE =
  /^\w+,(?:Int[1248]|C?OctetString),(?:\d+|-)(?:,(?:required|optional))?(?:;\w+,(?:Int[1248]|C?OctetString),(?:\d+|-)(?:,(?:required|optional))?)*$/;

/** The id of a connector: no setting, and fixed once it is made. */
export const CID_SHAPE = /^[A-Za-z0-9_-]{3,25}$/;

/** A start for a new connector: settings that go together. */
export interface ConnectorPreset {
  readonly name: PresetName;
  readonly settings: SettingChanges;
}

export type PresetName = "standard" | "fast" | "tls" | "senders" | "receiving" | "hexadecimal";

/** The presets, the plain one first. */
export const CONNECTOR_PRESETS: readonly ConnectorPreset[] = [
  { name: "standard", settings: {} },
  // The SMSC's own limit holds: it throttles, and what it throttles is sent again soon.
  { name: "fast", settings: { submit_throughput: 0, requeue_delay: 30 } },
  { name: "tls", settings: { ssl: true, port: 3550 } },
  { name: "senders", settings: { src_ton: 5, src_npi: 0 } },
  { name: "receiving", settings: { bind: "receiver", submit_throughput: 0 } },
  { name: "hexadecimal", settings: { dlr_msgid: 1 } },
];
