import { define } from "../define.ts";

export default define.page(({ Component }) => (
  <main class="layout-root">
    <Component />
  </main>
));
