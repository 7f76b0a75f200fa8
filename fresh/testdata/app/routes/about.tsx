import { define } from "../define.ts";

export default define.page(({ state }) => <p>About {state.trail?.join()}</p>);
