/**
 * The words of wall displays.
 * @module
 */
import { z } from "zod";

/** What a display can show, in the order in which it does. */
export const WALL_PANELS = [
  "figures",
  "traffic",
  "connectors",
  "delivery",
  "queue",
  "services",
  "alerts",
] as const;
export type WallPanel = (typeof WALL_PANELS)[number];

export const WALL_THEMES = ["dark", "light"] as const;
export type WallTheme = (typeof WALL_THEMES)[number];

const name = z.string().trim().min(1).max(80);
const panels = z.array(z.enum(WALL_PANELS)).min(1).max(WALL_PANELS.length)
  .refine((given) => new Set(given).size === given.length, "Name each panel once");

/** A new display. */
export const newWallSchema = z.strictObject({
  name,
  panels: panels.default([...WALL_PANELS]),
  theme: z.enum(WALL_THEMES).default("dark"),
  /** When its address stops working; never, when left out or null. */
  expires_at: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type NewWall = z.input<typeof newWallSchema>;

/** What of a display can be changed; it takes effect when the display's page looks next. */
export const wallChangeSchema = z.strictObject({ name, panels, theme: z.enum(WALL_THEMES) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change");
export type WallChange = z.infer<typeof wallChangeSchema>;

/** A display on a wall: a page that needs no sign-in, behind an address that can be revoked. */
export interface WallDisplay {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly panels: readonly WallPanel[];
  readonly theme: WallTheme;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** When a page of it was last connected, to some seconds; null before the first. */
  readonly lastSeenAt: Date | null;
}
