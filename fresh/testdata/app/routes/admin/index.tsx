import { HttpError, page } from "fresh";
import { define } from "../../define.ts";

export const handler = define.handlers({
  GET: () => page({ rows: 2 }, { status: 203, headers: { "x-rows": "2" } }),
  POST: (ctx) => ctx.text("posted"),
  DELETE: () => {
    throw new HttpError(409, "Still in use");
  },
});

export default define.page<typeof handler>(({ data }) => <p>Rows: {data.rows}</p>);
