import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { z } from "zod";
import { AppShell } from "../../../components/app_shell.tsx";
import { Button } from "../../../components/button.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { EmptyState } from "../../../components/empty_state.tsx";
import { Moment } from "../../../components/moment.tsx";
import { PageHead } from "../../../components/page_head.tsx";
import { Pagination } from "../../../components/pagination.tsx";
import { Panel } from "../../../components/panel.tsx";
import { RowActions } from "../../../components/row_link.tsx";
import { StateWord } from "../../../components/state_word.tsx";
import { type Column, Table } from "../../../components/table.tsx";
import { TwoLines } from "../../../components/two_lines.tsx";
import { type ApiKey, can } from "../../../services/auth/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { keyOfCursor, pageFrom } from "../../api/page.ts";
import { DoneNotice } from "../../(_parts)/done_notice.tsx";
import { fieldOf, isId } from "../../forms.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";

interface KeyList {
  readonly shell: Shell;
  readonly keys: readonly ApiKey[];
  readonly isFirst: boolean;
  readonly older: string | null;
  readonly mayWrite: boolean;
  readonly revoked: string | null;
}

const PAGE_ROWS = 50;

/** What a key is now. */
function stateOf({ expiresAt, revokedAt }: ApiKey, now: Date): "active" | "expired" | "revoked" {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "active";
}

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "api-keys:read");
    const t = wordsOf(ctx);
    const cursor = ctx.url.searchParams.get("cursor");
    const rows = await ctx.state.services.apiKeys.list(principal, {
      limit: PAGE_ROWS + 1,
      ...(cursor === null ? {} : { before: keyOfCursor(cursor, z.uuid()) }),
    });
    const { items, next_cursor: next } = pageFrom(rows, PAGE_ROWS, ({ id }) => id, (key) => key);
    const done = ctx.url.searchParams.get("revoked");
    return page<KeyList>({
      shell: await shellOf(ctx, { current: "api-keys", crumbs: [{ label: t("apiKeys.title") }] }),
      keys: items,
      isFirst: cursor === null,
      older: next === null ? null : `/api-keys?cursor=${next}`,
      mayWrite: can(principal, "api-keys:write"),
      revoked: items.find(({ id, revokedAt }) => id === done && revokedAt !== null)?.name ?? null,
    });
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "api-keys:write");
    const id = fieldOf(await ctx.req.formData(), "revoke");
    if (!isId(id)) throw new HttpError(400);
    await ctx.state.services.apiKeys.revoke({ ip: ctx.state.ip, principal }, id);
    return ctx.redirect(`/api-keys?revoked=${id}`, 303);
  },
});

const TONES = { active: "ok", expired: "warn", revoked: "idle" } as const;

function columnsOf(t: T, now: Date, mayWrite: boolean): Column<ApiKey>[] {
  const at = (moment: Date | null, otherwise: string) =>
    moment === null
      ? <span class="text-ink-3">{otherwise}</span>
      : <Moment format={t.format} at={moment} now={now} />;
  const actions: Column<ApiKey> = {
    key: "actions",
    label: t("table.actions"),
    align: "end",
    cell: (key) =>
      stateOf(key, now) === "active" && (
        <RowActions>
          <Button
            small
            command="show-modal"
            commandfor={`revoke-${key.id}`}
            aria-label={`${t("apiKeys.revoke")}, ${key.name}`}
          >
            {t("apiKeys.revoke")}
          </Button>
        </RowActions>
      ),
  };
  return [
    {
      key: "name",
      head: t("apiKeys.name"),
      grow: true,
      cell: ({ name, scopes }) => (
        <TwoLines title={scopes.join(", ")} first={name} second={scopes.join(", ")} />
      ),
    },
    {
      key: "prefix",
      head: t("apiKeys.prefix"),
      hide: "phone",
      width: "w-28",
      cell: ({ prefix }) => <span class="font-mono text-12">{prefix}</span>,
    },
    {
      key: "user",
      head: t("apiKeys.user"),
      hide: "medium",
      width: "w-48",
      cell: ({ userEmail }) => userEmail,
    },
    {
      key: "state",
      head: t("apiKeys.state"),
      width: "w-28",
      cell: (key) => {
        const state = stateOf(key, now);
        return <StateWord tone={TONES[state]}>{t(`apiKeys.${state}`)}</StateWord>;
      },
    },
    {
      key: "made",
      head: t("apiKeys.created"),
      hide: "narrow",
      align: "end",
      width: "w-28",
      cell: ({ createdAt }) => at(createdAt, ""),
    },
    {
      key: "used",
      head: t("apiKeys.lastUsed"),
      hide: "phone",
      align: "end",
      width: "w-28",
      cell: ({ lastUsedAt }) => at(lastUsedAt, t("apiKeys.neverUsed")),
    },
    {
      key: "expires",
      head: t("apiKeys.expires"),
      hide: "medium",
      align: "end",
      width: "w-28",
      cell: ({ expiresAt }) => at(expiresAt, t("apiKeys.expiresNever")),
    },
    ...mayWrite ? [actions] : [],
  ];
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { isFirst, keys, mayWrite, older, revoked, shell } = data;
  const now = new Date();
  const make = mayWrite
    ? <ButtonLink href="/api-keys/new" icon="plus">{t("apiKeys.make")}</ButtonLink>
    : undefined;
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("apiKeys.title") })}</title>
      </Head>
      <DoneNotice text={revoked === null ? null : t("apiKeys.revokedToast", { name: revoked })} />
      <PageHead
        actions={
          <>
            <ButtonLink kind="quiet" icon="braces" href="/api/docs">
              {t("apiDocs.title")}
            </ButtonLink>
            {keys.length > 0 && make}
          </>
        }
      />
      <Panel label={t("apiKeys.title")} padded={false}>
        <Table
          t={t}
          caption={t("apiKeys.title")}
          columns={columnsOf(t, now, mayWrite)}
          rows={keys}
          keyOf={({ id }) => id}
          lines={2}
          empty={
            <EmptyState kind="first" level={2} title={t("empty.apiKeysTitle")} actions={make}>
              {t("empty.apiKeysText")}
            </EmptyState>
          }
        />
        {(older !== null || !isFirst) && (
          <Pagination t={t} newer={isFirst ? null : "/api-keys"} older={older} />
        )}
      </Panel>
      {mayWrite && keys.filter((key) => stateOf(key, now) === "active").map((key) => (
        <ConfirmDialog
          key={key.id}
          t={t}
          id={`revoke-${key.id}`}
          title={t("apiKeys.revokeTitle", { name: key.name })}
          effects={[
            { tone: "down", text: t("apiKeys.revokeEffect") },
            ...key.lastUsedAt === null ? [] : [{
              tone: "info" as const,
              text: t("apiKeys.revokeUsed", { when: t.format.moment(key.lastUsedAt, now) }),
            }],
          ]}
          action="/api-keys"
          verb={t("apiKeys.revoke")}
          hidden={<input type="hidden" name="revoke" value={key.id} />}
        />
      ))}
    </AppShell>
  );
});
