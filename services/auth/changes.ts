/**
 * What a change changed, for the audit log.
 * @module
 */

/** The named parts that differ, as they were and as they are, by their names in the API. */
export function changedParts<Key extends string>(
  before: Readonly<Record<Key, unknown>>,
  after: Readonly<Record<Key, unknown>>,
  keys: readonly Key[],
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const pick = (from: Readonly<Record<Key, unknown>>) =>
    Object.fromEntries(changed.map((key) => [key, from[key]]));
  return { after: pick(after), before: pick(before) };
}
