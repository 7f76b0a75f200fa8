import { define } from "../../define.ts";

export default define.page(({ params }) => <p>list of {params["kind"] || "all"}</p>);
