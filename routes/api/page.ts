/**
 * Lists page by page: each page says by which key the next one goes on.
 * @module
 */
import { z } from "zod";
import { ValidationError } from "../../services/errors/mod.ts";
import { cursor, limit } from "./fields.ts";

/** A page of a list. */
export const pageOf = <Item extends z.ZodType>(
  item: Item,
  id: string,
): z.ZodObject<{ items: z.ZodArray<Item>; next_cursor: z.ZodNullable<z.ZodString> }> =>
  z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: "Null on the last page" }),
  }).meta({ id });

export const pageQuery = { cursor: cursor.optional(), limit };

/**
 * A page of rows, of which one more than `limit` was read to see whether there is a next page.
 * @param keyOf what the next page goes on after
 */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): { readonly items: Item[]; readonly next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: items.map(show), next_cursor: more ? cursorOf(keyOf(last)) : null };
}

/**
 * The key in a cursor, checked by its form.
 * @throws {ValidationError} on `cursor`
 */
export function keyOfCursor(cursor: string, form: z.ZodType<string>): string {
  try {
    const bytes = Uint8Array.fromBase64(cursor, { alphabet: "base64url" });
    return form.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ValidationError("cursor", "Is no cursor; give the next_cursor of the page before");
  }
}

function cursorOf(key: string): string {
  return new TextEncoder().encode(key).toBase64({ alphabet: "base64url", omitPadding: true });
}
