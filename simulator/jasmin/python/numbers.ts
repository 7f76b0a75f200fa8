/** Python's number syntax and number text, which jcli shows and reads. */

/** A Python float, kept apart from an int because the two print differently (`1.0`, `1`). */
export class PyFloat {
  constructor(readonly value: number) {}

  toString(): string {
    return floatText(this.value);
  }
}

const INT = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT =
  /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const NAMED = /^[+-]?(?:inf|infinity|nan)$/i;

/** What `int(text)` gives, or undefined where it raises ValueError. */
export function parsePyInt(text: string): number | undefined {
  const trimmed = text.trim();
  return INT.test(trimmed) ? Number(trimmed.replaceAll("_", "")) : undefined;
}

/** What `float(text)` gives, or undefined where it raises ValueError. */
export function parsePyFloat(text: string): number | undefined {
  const trimmed = text.trim();
  if (FLOAT.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  if (!NAMED.test(trimmed)) return undefined;
  if (/nan/i.test(trimmed)) return NaN;
  return trimmed.startsWith("-") ? -Infinity : Infinity;
}

/** jcli's reading of a value: an int if it can be one, else a float, else the text itself. */
export function readValue(text: string): number | bigint | PyFloat | string {
  const int = parsePyInt(text);
  if (int !== undefined) {
    return Number.isSafeInteger(int) ? int : BigInt(text.trim().replace(/^\+|_/g, ""));
  }
  const float = parsePyFloat(text);
  return float === undefined ? text : new PyFloat(float);
}

/** `"%.2f" % value` for so many digits: exact halves go to the even digit. */
export function fixedText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}.${"0".repeat(digits)}`;
  // Enough digits to be exact for every value that can lie on a half.
  const exact = value.toFixed(100);
  const [, kept = "", rest = ""] = new RegExp(`^(.*\\.\\d{${digits}})(\\d+)$`).exec(exact) ?? [];
  const isHalf = /^50*$/.test(rest);
  return isHalf && Number(kept.at(-1)) % 2 === 0 ? kept : value.toFixed(digits);
}

/** `repr` of a float: shortest digits, exponent from 1e16 up and below 1e-4. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  const sign = value < 0 ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}
