import { HttpError } from "fresh";
import { define } from "../define.ts";

export default define.page(({ error }) => (
  <h1>Failed: {error instanceof HttpError ? error.status : "unknown"}</h1>
));
