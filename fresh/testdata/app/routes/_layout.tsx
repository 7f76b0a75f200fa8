import { define } from "../define.ts";

export default define.layout(({ Component }) => (
  <main class="layout-root">
    <Component />
  </main>
));
