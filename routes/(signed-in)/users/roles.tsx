import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import { Icon } from "../../../components/icon.tsx";
import { Panel } from "../../../components/panel.tsx";
import { Table } from "../../../components/table.tsx";
import { Tabs } from "../../../components/tabs.tsx";
import { ROLES } from "../../../services/accounts/mod.ts";
import { PERMISSIONS, roleHas } from "../../../services/auth/mod.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";

interface Roles {
  readonly shell: Shell;
}

export const handlers = define.handlers({
  async GET(ctx) {
    requirePage(ctx, "users:read");
    const t = wordsOf(ctx);
    const crumbs = [{ label: t("users.title"), href: "/users" }, { label: t("users.matrix") }];
    return page<Roles>({ shell: await shellOf(ctx, { current: "users", crumbs }) });
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  return (
    <AppShell {...data.shell}>
      <Head>
        <title>{t("app.title", { page: t("users.matrix") })}</title>
      </Head>
      <Tabs
        label={t("users.title")}
        tabs={[
          { href: "/users", label: t("users.list") },
          { href: "/users/roles", label: t("users.matrix"), current: true },
        ]}
      />
      <Panel padded={false}>
        <div class="overflow-x-auto" tabIndex={0} role="region" aria-label={t("users.matrix")}>
          <Table
            t={t}
            caption={t("users.matrix")}
            sticky={false}
            columns={[
              {
                key: "permission",
                head: t("users.permission"),
                cell: (permission) => <span class="font-mono text-12">{permission}</span>,
              },
              ...ROLES.map((role) => ({
                key: role,
                head: t(`roles.${role}`),
                cell: (permission: typeof PERMISSIONS[number]) =>
                  roleHas(role, permission)
                    ? (
                      <>
                        <Icon name="check" class="text-accent-text" />
                        <span class="sr-only">{t("users.may")}</span>
                      </>
                    )
                    : <span class="text-ink-3">{t("users.mayNot")}</span>,
              })),
            ]}
            rows={PERMISSIONS}
            keyOf={(permission) => permission}
          />
        </div>
      </Panel>
    </AppShell>
  );
});
