import { page } from "fresh";
import { Head } from "fresh/runtime";
import { z } from "zod";
import { AppShell } from "../../../components/app_shell.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { EmptyState } from "../../../components/empty_state.tsx";
import { type ActiveFilter, FilterBar } from "../../../components/filter_bar.tsx";
import { Moment } from "../../../components/moment.tsx";
import { Pagination } from "../../../components/pagination.tsx";
import { Panel } from "../../../components/panel.tsx";
import { RowLink } from "../../../components/row_link.tsx";
import { SelectField } from "../../../components/select_field.tsx";
import { StateWord } from "../../../components/state_word.tsx";
import { type Column, Table } from "../../../components/table.tsx";
import { Tabs } from "../../../components/tabs.tsx";
import { TwoLines } from "../../../components/two_lines.tsx";
import { ROLES } from "../../../services/accounts/mod.ts";
import { can, type User, USER_STATUSES } from "../../../services/auth/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { keyOfCursor, pageFrom } from "../../api/page.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";

interface UserList {
  readonly shell: Shell;
  readonly users: readonly User[];
  readonly query: URLSearchParams;
  readonly older: string | null;
  readonly mayWrite: boolean;
}

const PAGE_ROWS = 50;

/** The URL with one part of the query set, or taken away; always of the first page. */
function hrefWith(query: URLSearchParams, name: string, value: string | null): string {
  const next = new URLSearchParams(query);
  next.delete("cursor");
  if (value === null) next.delete(name);
  else next.set(name, value);
  return next.size === 0 ? "/users" : `/users?${next}`;
}

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "users:read");
    const t = wordsOf(ctx);
    const query = ctx.url.searchParams;
    const role = ROLES.find((each) => each === query.get("role"));
    const status = USER_STATUSES.find((each) => each === query.get("status"));
    const text = query.get("q")?.trim() ?? "";
    const cursor = query.get("cursor");
    const users = await ctx.state.services.users.list(principal, {
      limit: PAGE_ROWS + 1,
      ...(cursor === null ? {} : { after: keyOfCursor(cursor, z.email()) }),
      ...(role === undefined ? {} : { role }),
      ...(status === undefined ? {} : { status }),
      ...(text === "" ? {} : { text }),
    });
    const { items, next_cursor: next } = pageFrom(users, PAGE_ROWS, ({ email }) => email, (u) => u);
    const older = new URLSearchParams(query);
    if (next !== null) older.set("cursor", next);
    return page<UserList>({
      shell: await shellOf(ctx, { current: "users", crumbs: [{ label: t("users.title") }] }),
      users: items,
      query,
      older: next === null ? null : `/users?${older}`,
      mayWrite: can(principal, "users:write"),
    });
  },
});

function columnsOf(t: T, now: Date): Column<User>[] {
  return [
    {
      key: "name",
      head: t("users.name"),
      grow: true,
      cell: ({ email, id, name, role }) => (
        <TwoLines
          title={`${name}, ${email}`}
          first={<RowLink href={`/users/${id}`}>{name}</RowLink>}
          second={
            <>
              <span class="sm:hidden">{t(`roles.${role}`)},</span>
              {email}
            </>
          }
        />
      ),
    },
    {
      key: "role",
      head: t("users.role"),
      hide: "phone",
      width: "w-44",
      cell: ({ role }) => t(`roles.${role}`),
    },
    {
      key: "state",
      head: t("users.state"),
      width: "w-32",
      cell: ({ status }) => (
        <StateWord tone={status === "active" ? "ok" : "idle"}>
          {t(`userStates.${status}`)}
        </StateWord>
      ),
    },
    {
      key: "factor",
      head: t("users.secondFactor"),
      hide: "medium",
      width: "w-36",
      cell: ({ secondFactor }) => t(secondFactor ? "form.on" : "form.off"),
    },
    {
      key: "seen",
      head: t("users.lastSeen"),
      hide: "phone",
      align: "end",
      width: "w-32",
      cell: ({ lastLoginAt }) =>
        lastLoginAt === null
          ? <span class="text-ink-3">{t("users.never")}</span>
          : <Moment format={t.format} at={lastLoginAt} now={now} />,
    },
  ];
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { mayWrite, older, query, shell, users } = data;
  const [role, status, text] = ["role", "status", "q"].map((name) => query.get(name) ?? "");
  const active: ActiveFilter[] = [
    ...ROLES.filter((each) => each === role).map((each) => ({
      name: t("users.role"),
      value: t(`roles.${each}`),
      removeHref: hrefWith(query, "role", null),
    })),
    ...USER_STATUSES.filter((each) => each === status).map((each) => ({
      name: t("users.state"),
      value: t(`userStates.${each}`),
      removeHref: hrefWith(query, "status", null),
    })),
  ];
  const any = { value: "", label: t("filter.any") };
  const add = <ButtonLink href="/users/new" icon="plus">{t("users.add")}</ButtonLink>;
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("users.title") })}</title>
      </Head>
      <Tabs
        label={t("users.title")}
        tabs={[
          { href: "/users", label: t("users.list"), current: true },
          { href: "/users/roles", label: t("users.matrix") },
        ]}
      />
      <FilterBar
        t={t}
        action="/users"
        search={{ name: "q", label: t("users.find"), value: text ?? "" }}
        active={active}
        clearHref="/users"
        fields={
          <>
            <SelectField
              id="role"
              name="role"
              label={t("users.role")}
              value={role ?? ""}
              choices={[any, ...ROLES.map((each) => ({ value: each, label: t(`roles.${each}`) }))]}
            />
            <SelectField
              id="status"
              name="status"
              label={t("users.state")}
              value={status ?? ""}
              choices={[
                any,
                ...USER_STATUSES.map((each) => ({ value: each, label: t(`userStates.${each}`) })),
              ]}
            />
          </>
        }
        actions={mayWrite ? add : undefined}
      />
      <Panel label={t("users.list")} padded={false}>
        <Table
          t={t}
          caption={t("users.title")}
          columns={columnsOf(t, new Date())}
          rows={users}
          keyOf={({ id }) => id}
          lines={2}
          empty={
            <EmptyState
              kind="filtered"
              level={2}
              title={t("users.noMatchTitle")}
              actions={<ButtonLink href="/users">{t("filter.clear")}</ButtonLink>}
            >
              {t("users.noMatchText")}
            </EmptyState>
          }
        />
        {(older !== null || query.has("cursor")) && (
          <Pagination
            t={t}
            newer={query.has("cursor") ? hrefWith(query, "cursor", null) : null}
            older={older}
          />
        )}
      </Panel>
    </AppShell>
  );
});
