/**
 * Moments as forms write them.
 * @module
 */

/**
 * A moment as `datetime-local` writes it, in a zone of the reader's; null when it is none. One that
 * the clocks skipped is taken as if they had not, one that came twice is the first.
 * @see https://html.spec.whatwg.org/multipage/input.html#local-date-and-time-state-(type=datetime-local)
 */
export function momentIn(text: string | null, timeZone: string): Date | null {
  if (text === null) return null;
  try {
    const zoned = Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone);
    return new Date(zoned.epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
