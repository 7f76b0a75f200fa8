import { define } from "../../define.ts";

export default define.page(({ error }) => (
  <p>Admin failed: {error instanceof Error ? error.message : ""}</p>
));
