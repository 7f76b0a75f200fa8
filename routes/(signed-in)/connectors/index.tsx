import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { Chip } from "../../../components/chip.tsx";
import {
  type ConnectorView,
  cutsTraffic,
  filterOf,
  STATE_FILTERS,
  type StateFilter,
  stateName,
} from "../../../components/connector/view.ts";
import { FilterBar } from "../../../components/filter_bar.tsx";
import { Glyph } from "../../../components/glyph.tsx";
import { byWorst, CONNECTOR_TONES } from "../../../components/tone.ts";
import ConnectorList from "../../../islands/connector_list.tsx";
import { can, require } from "../../../services/auth/mod.ts";
import { CID_SHAPE } from "../../../services/gateway/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { DoneNotice } from "../../(_parts)/done_notice.tsx";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { type Asked, type Done, operateAll, readDone, readForm, withDone } from "./forms.ts";
import { ConnectorTabs } from "./(_parts)/connector_tabs.tsx";
import { AskFirst, WhatWasDone } from "./(_parts)/told.tsx";
import { shownConnector } from "./shown.ts";

interface ConnectorsPage {
  readonly shell: Shell;
  readonly all: readonly ConnectorView[];
  readonly text: string;
  readonly state: StateFilter | null;
  readonly mayOperate: boolean;
  readonly mayWrite: boolean;
  /** One that was just deleted. */
  readonly removed: string | null;
  readonly done: readonly Done[];
  /** What has to be confirmed first, of a form without a script. */
  readonly asked: Asked | null;
  readonly from: string | null;
  readonly readAt: number;
}

type Ctx = Parameters<typeof shellOf>[0];

async function gather(ctx: Ctx, asked: Asked | null): Promise<ConnectorsPage> {
  const principal = requirePage(ctx, "connectors:read");
  const { services } = ctx.state;
  const { searchParams } = ctx.url;
  const from = services.hub.position ?? null;
  const readAt = Date.now();
  const [shell, lines] = await Promise.all([
    shellOf(ctx, {
      current: "connectors",
      crumbs: [{ label: wordsOf(ctx)("connectors.title") }],
      live: true,
    }),
    services.metrics.connectors(),
  ]);
  const state = searchParams.get("state");
  return {
    shell,
    all: lines.map(shownConnector).sort((left, right) =>
      byWorst(
        { name: left.cid, state: stateName(left) },
        { name: right.cid, state: stateName(right) },
      )
    ),
    text: searchParams.get("q")?.trim().slice(0, 100) ?? "",
    state: STATE_FILTERS.find((filter) => filter === state) ?? null,
    mayOperate: can(principal, "connectors:operate"),
    mayWrite: can(principal, "connectors:write"),
    removed: CID_SHAPE.exec(searchParams.get("removed") ?? "")?.[0] ?? null,
    done: readDone(searchParams),
    asked,
    from,
    readAt,
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page<ConnectorsPage>(await gather(ctx, null));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "connectors:read");
    require(principal, "connectors:operate");
    const { services, ip } = ctx.state;
    const asked = readForm(await ctx.req.formData());
    if (asked === null) return ctx.redirect(`/connectors${ctx.url.search}`, 303);
    if (!asked.confirmed) {
      const data = await gather(ctx, asked);
      const cut = data.all.some((each) =>
        asked.cids.includes(each.cid) && cutsTraffic(asked.action, each)
      );
      if (cut) return page<ConnectorsPage>(data);
    }
    const { userId } = principal;
    const done = await operateAll(services.connectors, asked, { userId, ip });
    return ctx.redirect(withDone(ctx.url, done), 303);
  },
});

function hrefOf(text: string, state: StateFilter | null): string {
  const query = new URLSearchParams({
    ...text === "" ? {} : { q: text },
    ...state === null ? {} : { state },
  });
  return query.size === 0 ? "/connectors" : `/connectors?${query}`;
}

function Chips({ t, data }: { readonly t: T; readonly data: ConnectorsPage }) {
  const { all, text, state } = data;
  const count = (filter: StateFilter) => all.filter((each) => filterOf(each) === filter).length;
  return (
    <div class="flex min-w-0 gap-2 max-sm:-mx-3 max-sm:w-[calc(100%+1.5rem)] max-sm:overflow-x-auto max-sm:px-3 max-sm:py-0.5">
      <Chip t={t} href={hrefOf(text, null)} name={t("common.all")} on={state === null}>
        {t.format.number(all.length)}
      </Chip>
      {STATE_FILTERS.map((filter) => (
        <Chip key={filter} t={t} href={hrefOf(text, filter)} on={state === filter}>
          <Glyph tone={CONNECTOR_TONES[filter]} />
          {t(`connectorStates.${filter}`)}
          <span>{t.format.number(count(filter))}</span>
        </Chip>
      ))}
    </div>
  );
}

export default define.page<typeof handlers>(({ data, url, ...props }) => {
  const { shell, all, text, state, mayOperate, mayWrite, removed, done, asked, from, readAt } =
    data;
  const t = wordsOf(props);
  const sought = text.toLowerCase();
  const shown = all.filter((each) =>
    (state === null || filterOf(each) === state) &&
    (sought === "" || `${each.cid} ${each.address ?? ""}`.toLowerCase().includes(sought))
  );
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("connectors.title") })}</title>
      </Head>
      <WhatWasDone t={t} done={done} />
      <DoneNotice
        text={removed === null ? null : t("connectorForm.removed", { name: removed })}
      />
      {asked !== null && (
        <AskFirst
          t={t}
          asked={asked}
          action={url.pathname + url.search}
          back={hrefOf(text, state)}
          connectors={all.filter(({ cid }) => asked.cids.includes(cid))}
        />
      )}
      <ConnectorTabs t={t} current="smpp" />
      <FilterBar
        t={t}
        action="/connectors"
        search={{ name: "q", label: t("connectors.find"), value: text }}
        active={[]}
        chips={<Chips t={t} data={data} />}
        clearHref="/connectors"
        {...mayWrite
          ? {
            actions: (
              <ButtonLink icon="plus" href="/connectors/add/smpp">
                {t("connectorForm.add")}
              </ButtonLink>
            ),
          }
          : {}}
      />
      <ConnectorList
        spoken={t.spoken(
          "connectors",
          "connector",
          "connectorStates",
          "common",
          "table",
          "empty",
          "time",
        )}
        connectors={shown}
        total={all.length}
        action={hrefOf(text, state)}
        mayOperate={mayOperate}
        from={from}
        readAt={readAt}
      />
    </AppShell>
  );
});
