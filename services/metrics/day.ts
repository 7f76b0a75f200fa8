/**
 * Days as the service has them: from midnight to midnight of the time zone of its process (`TZ`),
 * 23 or 25 hours long when the clocks change.
 * @module
 */

let zone: string | undefined;

/** The IANA name of the process's time zone. */
export function timeZone(): string {
  return zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Midnight before `at`, or `at` itself. */
export function startOfDay(at: Date): Date {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day;
}

/** The beginning of the day that is `days` after the one that begins at `day`. */
export function addDays(day: Date, days: number): Date {
  const moved = new Date(day);
  moved.setDate(moved.getDate() + days);
  return startOfDay(moved);
}
