import { define } from "../../../define.ts";

export default define.page(({ params, route }) => <p>book {params["id"]} of {route}</p>);
