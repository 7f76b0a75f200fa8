import { page } from "fresh";
import { AppShell } from "../../components/app_shell.tsx";
import { requirePage } from "../page.ts";
import { type Shell, shellOf } from "../shell.ts";
import { define } from "../state.ts";

interface Dashboard {
  readonly shell: Shell;
}

export const handlers = define.handlers({
  async GET(ctx) {
    requirePage(ctx, "metrics:read");
    const shell = await shellOf(ctx, { current: "dashboard", crumbs: [] });
    return page<Dashboard>({ shell });
  },
});

export default define.page<typeof handlers>(({ data }) => (
  <AppShell {...data.shell}>
    <></>
  </AppShell>
));
