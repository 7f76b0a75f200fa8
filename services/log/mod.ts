/**
 * Structured logs: one JSON line per event on standard output, secrets cut out.
 * @module
 */
import pino, { type Logger } from "pino";

export type { Logger };

const SECRET_KEYS = [
  "password",
  "passwordHash",
  "secret",
  "token",
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "authorization",
  "cookie",
  "apiKey",
  "databaseUrl",
  "redisUrl",
];

let level = "info";
const created: Logger[] = [];

/** Sets the level of all loggers, present and future; the entry point calls it once. */
export function setLogLevel(next: "debug" | "info" | "warn" | "error" | "silent"): void {
  level = next;
  for (const each of created) each.level = next;
}

/** A logger whose lines carry `name`. Values under a secret's key are replaced, two levels deep. */
export function logger(name: string): Logger {
  const made = pino({
    name,
    level,
    // Not null: that would drop the name too.
    base: {},
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: "[secret]",
    },
  });
  created.push(made);
  return made;
}

/** The URL of a service without its user and password, fit for a log line or a screen. */
export function withoutCredentials(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.username = "";
    parsed.password = "";
    return parsed.toString();
  } catch {
    return "(not a URL)";
  }
}
