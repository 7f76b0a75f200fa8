import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../components/app_shell.tsx";
import { ButtonLink } from "../../components/button_link.tsx";
import { HistoryBoard } from "../../components/dashboard/history_board.tsx";
import { DASHBOARD_WORDS } from "../../components/dashboard/words.ts";
import { PageHead } from "../../components/page_head.tsx";
import { Segmented } from "../../components/segmented.tsx";
import DashboardLive from "../../islands/dashboard_live.tsx";
import type { DashboardRead } from "../../islands/dashboard_reader.ts";
import StaleBar from "../../islands/stale_bar.tsx";
import TrafficChart from "../../islands/traffic_chart.tsx";
import { can, type Permission } from "../../services/auth/mod.ts";
import { ConflictError } from "../../services/errors/mod.ts";
import type { Channel } from "../../services/live/mod.ts";
import { readDashboard, readMessages } from "../dashboard.ts";
import { csvOf, type HistoryRead, isPeriod, PERIODS, readHistory } from "../history.ts";
import { fieldOf, isId } from "../forms.ts";
import { requirePage, wordsOf } from "../page.ts";
import { type Shell, shellOf } from "../shell.ts";
import { define } from "../state.ts";

interface Dashboard {
  readonly shell: Shell;
  readonly shown:
    | { readonly kind: "live"; readonly read: DashboardRead }
    | { readonly kind: "history"; readonly read: HistoryRead };
  readonly channels: readonly Channel[];
  readonly mayAcknowledge: boolean;
}

const CHANNELS: readonly (readonly [Channel, Permission])[] = [
  ["metrics", "metrics:read"],
  ["connectors", "connectors:read"],
  ["alerts", "alerts:read"],
  ["messages", "messages:read"],
];

function wantsJson(request: Request): boolean {
  return request.headers.get("accept") === "application/json";
}

const JSON_HEADERS = { "cache-control": "no-store", vary: "accept" };

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "metrics:read");
    const query = ctx.url.searchParams;
    if (wantsJson(ctx.req)) {
      if (query.get("part") === "messages") {
        const read = can(principal, "messages:read") ? await readMessages(ctx, principal) : [];
        return ctx.json({ messages: read }, { headers: JSON_HEADERS });
      }
      return ctx.json(await readDashboard(ctx, principal), { headers: JSON_HEADERS });
    }
    const t = wordsOf(ctx);
    const range = query.get("range") ?? "live";
    if (isPeriod(range) && query.get("format") === "csv") {
      return csvOf(await readHistory(ctx, principal, range));
    }
    const [shell, shown] = await Promise.all([
      shellOf(ctx, {
        current: "dashboard",
        crumbs: [{ label: t("dashboard.title") }],
        live: !isPeriod(range),
      }),
      isPeriod(range)
        ? readHistory(ctx, principal, range).then((read) => ({ kind: "history", read } as const))
        : readDashboard(ctx, principal).then((read) => ({ kind: "live", read } as const)),
    ]);
    return page<Dashboard>({
      shell,
      shown,
      channels: CHANNELS.filter(([, permission]) => can(principal, permission))
        .map(([channel]) => channel),
      mayAcknowledge: can(principal, "alerts:write"),
    });
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "alerts:write");
    const { ip, services } = ctx.state;
    const id = fieldOf(await ctx.req.formData(), "acknowledge");
    if (!isId(id)) throw new HttpError(400);
    try {
      await services.alerts.acknowledge(principal.scope, id, { principal, ip });
    } catch (error) {
      // Somebody else was faster: it is acknowledged, which is what was wanted.
      if (!(error instanceof ConflictError)) throw error;
    }
    return wantsJson(ctx.req) ? new Response(null, { status: 204 }) : ctx.redirect("/#alerts", 303);
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { shown, channels, mayAcknowledge } = data;
  const range = shown.kind === "live" ? "live" : shown.read.period;
  return (
    <AppShell {...data.shell}>
      <Head>
        <title>{t("app.title", { page: t("dashboard.title") })}</title>
      </Head>
      {shown.kind === "live" && <StaleBar spoken={t.spoken("live")} />}
      <PageHead
        actions={shown.kind === "live"
          ? undefined
          : (
            <ButtonLink icon="download" href={`/?range=${range}&format=csv`}>
              {t("dashboard.download")}
            </ButtonLink>
          )}
      >
        <Segmented
          label={t("dashboard.view")}
          segments={[
            { href: "/", label: t("time.live"), current: range === "live" },
            ...PERIODS.map((period) => ({
              href: `/?range=${period}`,
              label: t(`time.${period}`),
              current: range === period,
            })),
          ]}
        />
      </PageHead>
      {shown.kind === "live"
        ? (
          <DashboardLive
            spoken={t.spoken(...DASHBOARD_WORDS)}
            initial={shown.read}
            channels={[...channels]}
            mayAcknowledge={mayAcknowledge}
          />
        )
        : (
          <HistoryBoard
            t={t}
            read={shown.read}
            chart={(view) => <TrafficChart spoken={t.spoken("chart")} {...view} />}
          />
        )}
    </AppShell>
  );
});
