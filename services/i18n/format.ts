/**
 * Numbers, money and times as a language writes them.
 * @module
 */
import { FORMAT_LOCALES, type Language } from "./languages.ts";

/** How fine money is shown: whole units in figures, cents in ledgers, four decimals in a price. */
export type MoneyPrecision = "whole" | "cents" | "price";

/** A figure and what stands around it, for layouts that set the sign of the currency smaller. */
export interface MoneyParts {
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

/** Writes values in one language; times are in one zone. */
export interface Format {
  /** At most `digits` decimals, or exactly that many. @default 0 */
  number(value: number | bigint, digits?: number | { exactly: number }): string;
  /** Three figures and a letter or word for thousands and millions: `8.41M`. */
  compact(value: number | bigint): string;
  /** The same with the letter or word apart: `8.41` and `M`. */
  compactParts(value: number | bigint): { readonly value: string; readonly unit: string };
  /** A share, 0 to 1, with exactly `digits` decimals. @default 1 */
  percent(share: number, digits?: number): string;
  /** A difference with its sign, a true minus: `+6.2`, `−0.6`. @default 1 decimal */
  signed(value: number, digits?: number): string;
  /** Micro-units of an ISO 4217 currency. @default cents */
  money(micros: bigint, currency: string, precision?: MoneyPrecision): string;
  moneyParts(micros: bigint, currency: string, precision?: MoneyPrecision): MoneyParts;
  /** In kB, MB, GB of 1,000. */
  bytes(count: number): string;
  /** The two greatest units: `1 min 25 s`, `12 d 4 h`, `43 ms`. */
  duration(ms: number): string;
  /** `3 sec. ago`. */
  relative(at: Date, now: Date): string;
  /** `14:32`. */
  clock(at: Date): string;
  /** `14:32:07`. */
  time(at: Date): string;
  /** `14:32:07.412`. */
  timeMs(at: Date): string;
  /** `9 Apr`, with the year when it isn't this one. */
  day(at: Date, now: Date): string;
  /** The time today, the day before: what stands in a list. */
  moment(at: Date, now: Date): string;
  /** `9 Apr 2026, 14:32:07`. */
  dateTime(at: Date): string;
  /** The same with the zone: what shows on hover. */
  full(at: Date): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

const NBSP = "\u00a0";
const MINUS = "\u2212";
const FRACTIONS: Readonly<Record<MoneyPrecision, number>> = { whole: 0, cents: 2, price: 4 };
const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const RELATIVE_UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]] as const;
const DURATION_UNITS: Readonly<Record<Language, readonly string[]>> = {
  es: ["d", "h", "min", "s", "ms"],
  en: ["d", "h", "min", "s", "ms"],
  fr: ["j", "h", "min", "s", "ms"],
  de: ["d", "h", "min", "s", "ms"],
};

/** Intl's objects are dear to make: each is made once. */
function once<Made>(make: (key: string) => Made): (key: string) => Made {
  const made = new Map<string, Made>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

/** Micro-units as decimal text, which Intl takes without rounding it to a double. */
function decimalText(micros: bigint): Intl.StringNumericLiteral {
  const size = micros < 0n ? -micros : micros;
  const text = `${micros < 0n ? "-" : ""}${size / 1_000_000n}.${
    String(size % 1_000_000n).padStart(6, "0")
  }`;
  return text as Intl.StringNumericLiteral; // digits and a point, by construction
}

/**
 * Makes the formats of a language.
 * @throws {RangeError} when `timeZone` is no IANA zone
 */
export function format(language: Language, timeZone = "UTC"): Format {
  const locale = FORMAT_LOCALES[language];
  const numbers = once((key) => {
    const [least, most] = key.split(" ").map(Number);
    return new Intl.NumberFormat(locale, {
      minimumFractionDigits: least ?? 0,
      maximumFractionDigits: most ?? 0,
    });
  });
  const dates = once((key) => {
    const options: Intl.DateTimeFormatOptions = JSON.parse(key);
    return new Intl.DateTimeFormat(locale, { ...options, hourCycle: "h23", timeZone });
  });
  const compact = () =>
    new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
  const date = (at: Date, options: Intl.DateTimeFormatOptions) =>
    dates(JSON.stringify(options)).format(at);
  dates("{}"); // a wrong zone is told at once

  const number: Format["number"] = (value, digits = 0) => {
    const [least, most] = typeof digits === "number"
      ? [0, digits]
      : [digits.exactly, digits.exactly];
    return numbers(`${least} ${most}`).format(value).replace("-", MINUS);
  };
  const moneyParts: Format["moneyParts"] = (micros, currency, precision = "cents") => {
    const digits = FRACTIONS[precision];
    const parts = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).formatToParts(decimalText(micros));
    const at = parts.findIndex((part) => part.type === "currency");
    const first = parts.findIndex((part) => part.type === "integer");
    const text = (from: number, to: number) =>
      parts.slice(from, to).filter(({ type }) => !["currency", "literal"].includes(type))
        .map(({ value }) => value).join("").replace("-", MINUS);
    const sign = parts[at]?.value ?? currency;
    const value = text(0, parts.length);
    return at < first ? { before: sign, value, after: "" } : { before: "", value, after: sign };
  };
  const units = DURATION_UNITS[language];
  const duration: Format["duration"] = (ms) => {
    const size = Math.max(0, Math.round(ms));
    if (size < 1_000) return `${number(size)}${NBSP}${units[4]}`;
    const seconds = size < 10_000 ? Math.round(size / 100) / 10 : Math.round(size / 1_000);
    if (seconds < 60) return `${number(seconds, 1)}${NBSP}${units[3]}`;
    const pairs = [[86_400, 3_600, 0], [3_600, 60, 1], [60, 1, 2]] as const;
    for (const [unit, next, at] of pairs) {
      if (seconds < unit) continue;
      const rest = Math.floor((seconds % unit) / next);
      const head = `${number(Math.floor(seconds / unit))}${NBSP}${units[at]}`;
      return rest === 0 ? head : `${head} ${rest}${NBSP}${units[at + 1]}`;
    }
    return "";
  };
  const day: Format["day"] = (at, now) => {
    const year = (of: Date) => date(of, { year: "numeric" });
    return date(at, {
      day: "numeric",
      month: "short",
      ...(year(at) === year(now) ? {} : { year: "numeric" }),
    });
  };
  const time = (at: Date) => date(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const dateTime = (at: Date) =>
    `${date(at, { day: "numeric", month: "short", year: "numeric" })}, ${time(at)}`;

  return {
    number,
    compact: (value) => compact().format(value),
    compactParts: (value) => {
      const parts = compact().formatToParts(value);
      const join = (wanted: boolean) =>
        parts.filter(({ type }) => type !== "literal" && (type === "compact") === wanted)
          .map((part) => part.value).join("").replace("-", MINUS);
      return { value: join(false), unit: join(true) };
    },
    percent: (share, digits = 1) => `${number(share * 100, { exactly: digits })}${NBSP}%`,
    signed: (value, digits = 1) => {
      const text = number(Math.abs(value), { exactly: digits });
      if (!/[1-9]/.test(text)) return text;
      return `${value < 0 ? MINUS : "+"}${text}`;
    },
    money: (micros, currency, precision) => {
      const { before, value, after } = moneyParts(micros, currency, precision);
      return [before, value, after].filter((part) => part !== "").join(NBSP);
    },
    moneyParts,
    bytes: (count) => {
      const power = count < 1_000 ? 0 : Math.min(5, Math.floor(Math.log10(count) / 3));
      const size = count / 1_000 ** power;
      return `${number(size, power === 0 || size >= 100 ? 0 : 1)}${NBSP}${BYTE_UNITS[power]}`;
    },
    duration,
    relative: (at, now) => {
      const seconds = Math.round((at.getTime() - now.getTime()) / 1_000);
      const [unit, size] = RELATIVE_UNITS.find(([, size]) => Math.abs(seconds) >= size) ??
        ["second", 1] as const;
      return new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "short" })
        .format(Math.trunc(seconds / size), unit);
    },
    clock: (at) => date(at, { hour: "2-digit", minute: "2-digit" }),
    time,
    timeMs: (at) => `${time(at)}.${String(at.getUTCMilliseconds()).padStart(3, "0")}`,
    day,
    moment: (at, now) => {
      const calendar = (of: Date) =>
        date(of, { day: "numeric", month: "numeric", year: "numeric" });
      return calendar(at) === calendar(now) ? time(at) : day(at, now);
    },
    dateTime,
    full: (at) => {
      const zone = dates(JSON.stringify({ timeZoneName: "short" })).formatToParts(at)
        .find((part) => part.type === "timeZoneName")?.value ?? timeZone;
      return `${dateTime(at)} ${zone}`;
    },
    list: (items) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
  };
}
