/** What differs from run to run, replaced by a name. */

/** The values of a run that texts of a script name as `{{name}}`. */
export type RunValues = Readonly<Record<string, string>>;

/** Puts the run's values into a script's text. */
export function fill(text: string, values: RunValues): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "{{time}}"],
  [/(Session ref: )\d+/g, "$1{{ref}}"],
  // A message's validity is told as the moment it ends.
  [/(validity_period: )\d{15}\+/g, "$1{{validity}}"],
  [/(\r\n[Dd]ate: )[^\r]+/g, "$1{{date}}"],
];

/** Masks texts; the same id gets the same name throughout one masker's life. */
export class Masker {
  readonly #values: readonly (readonly [string, string])[];
  readonly #ids: Map<string, string>;

  constructor(values: RunValues, ids: ReadonlyMap<string, string> = new Map()) {
    this.#ids = new Map(ids);
    // Longest first: a port's digits may be part of a path.
    this.#values = Object.entries(values).sort((a, b) => b[1].length - a[1].length);
  }

  /** The text with the run's values, ids and dates replaced. */
  mask(text: string): string {
    let masked = text.replace(UUID, (id) => {
      const name = this.#ids.get(id) ?? `{{id${this.#ids.size + 1}}}`;
      this.#ids.set(id, name);
      return name;
    });
    for (const [name, value] of this.#values) masked = masked.replaceAll(value, `{{${name}}}`);
    for (const [pattern, replacement] of PATTERNS) masked = masked.replace(pattern, replacement);
    return masked;
  }

  /** What {@linkcode mask} would return, without learning the ids in the text. */
  preview(text: string): string {
    return new Masker(Object.fromEntries(this.#values), this.#ids).mask(text);
  }
}
