import { define } from "../../state.ts";
import { WALL_HEADERS, wallEvents, wallOf } from "../../wall_page.ts";

/** The display's own event stream: it has no session, its address is what it may. */
export const handlers = define.handlers({
  async GET(ctx) {
    const wall = await wallOf(ctx);
    // The page asks why it was refused, and then shows that it was revoked.
    if (wall === null) return new Response(null, { status: 401, headers: WALL_HEADERS });
    return wallEvents(ctx, wall);
  },
});
