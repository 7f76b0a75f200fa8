import { define } from "../../define.ts";

export default define.page(() => <p>Sign in</p>);
