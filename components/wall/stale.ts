/** After 15 s without data: colour leaves, the last figures stay but are dim and hatched. */
export const WALL_STALE: string =
  "stale:relative stale:opacity-55 stale:grayscale stale:after:absolute stale:after:inset-0 stale:after:wall-hatch";
