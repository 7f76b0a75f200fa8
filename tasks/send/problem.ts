/**
 * An answer of the API that is an error.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 * @module
 */
import { z } from "zod";

const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

/** The service refused; `lines` tells it to a person. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(readonly status: number, readonly lines: readonly string[]) {
    super(lines.join("\n"));
  }
}

/** Reads an answer that is an error; one that is no problem document is told by its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Something in front of the service answered in its own words.
  }
  const parsed = problemSchema.safeParse(value);
  if (!parsed.success) {
    return new Problem(response.status, [
      `HTTP ${response.status} ${response.statusText}`.trim() + ", without a problem document",
    ]);
  }
  const { title, detail, errors = [] } = parsed.data;
  return new Problem(response.status, [
    `${title} (HTTP ${response.status})${detail === undefined ? "" : `: ${detail}`}`,
    ...errors.map(({ field, message }) => `  ${field}: ${message}`),
  ]);
}
