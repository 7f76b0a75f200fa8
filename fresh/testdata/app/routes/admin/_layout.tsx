import { define } from "../../define.ts";

export default define.layout(({ Component, state }) => (
  <div class="layout-admin">
    {state.trail?.join()}
    <Component />
  </div>
));
