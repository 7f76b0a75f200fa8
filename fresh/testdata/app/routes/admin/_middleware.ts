import { define } from "../../define.ts";

export default define.middleware([
  (ctx) => {
    ctx.state.trail?.push("admin");
    return ctx.next();
  },
  (ctx) => {
    ctx.state.trail?.push("again");
    return ctx.next();
  },
]);
