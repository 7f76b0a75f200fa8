import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { EmptyState } from "../../../components/empty_state.tsx";
import { Moment } from "../../../components/moment.tsx";
import { PageHead } from "../../../components/page_head.tsx";
import { Panel } from "../../../components/panel.tsx";
import { RowLink } from "../../../components/row_link.tsx";
import { StateWord } from "../../../components/state_word.tsx";
import { type Column, Table } from "../../../components/table.tsx";
import { can } from "../../../services/auth/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import type { WallDisplay } from "../../../services/wall/mod.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { panelName } from "./form.ts";

interface WallList {
  readonly shell: Shell;
  readonly walls: readonly WallDisplay[];
  readonly mayWrite: boolean;
}

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "walls:read");
    const t = wordsOf(ctx);
    const [shell, walls] = await Promise.all([
      shellOf(ctx, { current: "walls", crumbs: [{ label: t("walls.title") }] }),
      ctx.state.services.walls.list(principal.scope),
    ]);
    return page<WallList>({ shell, walls, mayWrite: can(principal, "walls:write") });
  },
});

function stateCell(t: T, { revokedAt, expiresAt }: WallDisplay, now: Date) {
  if (revokedAt !== null) return <StateWord tone="idle">{t("walls.revoked")}</StateWord>;
  return expiresAt !== null && expiresAt <= now
    ? <StateWord tone="idle">{t("walls.expired")}</StateWord>
    : <StateWord tone="ok">{t("walls.active")}</StateWord>;
}

function columnsOf(t: T, now: Date, mayWrite: boolean): Column<WallDisplay>[] {
  return [
    {
      key: "name",
      head: t("walls.name"),
      width: "w-64",
      cell: ({ id, name, revokedAt }) => (
        <span class="block max-w-64 truncate max-sm:max-w-44" title={name}>
          {mayWrite && revokedAt === null ? <RowLink href={`/walls/${id}`}>{name}</RowLink> : name}
        </span>
      ),
    },
    {
      key: "panels",
      head: t("walls.panels"),
      grow: true,
      hide: "medium",
      cell: ({ panels }) => {
        const names = t.format.list(panels.map((panel) => panelName(t, panel)));
        return <span class="block truncate text-ink-2" title={names}>{names}</span>;
      },
    },
    {
      key: "theme",
      head: t("walls.theme"),
      hide: "phone",
      width: "w-24",
      cell: ({ theme }) => t(`walls.${theme}`),
    },
    {
      key: "state",
      head: t("walls.state"),
      width: "w-28",
      cell: (display) => stateCell(t, display, now),
    },
    {
      key: "created",
      head: t("walls.created"),
      hide: "phone",
      align: "end",
      width: "w-28",
      cell: ({ createdAt }) => <Moment format={t.format} at={createdAt} now={now} />,
    },
    {
      key: "seen",
      head: t("walls.seen"),
      align: "end",
      width: "w-28",
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null
          ? <span class="text-ink-3">{t("walls.never")}</span>
          : <Moment format={t.format} at={lastSeenAt} now={now} />,
    },
  ];
}

export default define.page<typeof handlers>(({ data: { mayWrite, shell, walls }, ...props }) => {
  const t = wordsOf(props);
  const make = mayWrite
    ? <ButtonLink href="/walls/new" icon="plus">{t("walls.make")}</ButtonLink>
    : undefined;
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("walls.title") })}</title>
      </Head>
      {walls.length > 0 && mayWrite && <PageHead actions={make} />}
      <Panel label={t("walls.title")} padded={false}>
        {walls.length === 0
          ? (
            <EmptyState kind="first" title={t("empty.wallsTitle")} actions={make}>
              {t("empty.wallsText")}
            </EmptyState>
          )
          : (
            <Table
              t={t}
              caption={t("walls.title")}
              columns={columnsOf(t, new Date(), mayWrite)}
              rows={walls}
              keyOf={({ id }) => id}
            />
          )}
      </Panel>
    </AppShell>
  );
});
