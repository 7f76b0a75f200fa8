/**
 * Wall displays: pages for a screen on a wall, behind an address that can be revoked.
 * @module
 */
export { GUARD_MS, type Watched } from "./guard.ts";
export {
  type NewWall,
  newWallSchema,
  WALL_PANELS,
  WALL_THEMES,
  type WallChange,
  wallChangeSchema,
  type WallDisplay,
  type WallPanel,
  type WallTheme,
} from "./model.ts";
export { authenticateWall, WALL_PERMISSIONS, type WallPrincipal } from "./principal.ts";
export { createWalls, type Walls } from "./service.ts";
