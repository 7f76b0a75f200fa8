import { page } from "fresh";
import { asset } from "fresh/runtime";
import type { RouteConfig } from "fresh";
import { WALL_WORDS } from "../../../components/dashboard/wall_board.tsx";
import { Mark } from "../../../components/mark.tsx";
import type { DashboardRead } from "../../../islands/dashboard_reader.ts";
import WallLive from "../../../islands/wall_live.tsx";
import type { WallDisplay } from "../../../services/wall/mod.ts";
import { readDashboard } from "../../dashboard.ts";
import { languageOf, wordsOf } from "../../page.ts";
import { define } from "../../state.ts";
import { WALL_HEADERS, wallOf } from "../../wall_page.ts";

/** A document of its own: its theme is the display's, not the browser's. */
export const config: RouteConfig = { skipAppWrapper: true };

interface Wall {
  readonly theme: "light" | "dark";
  /** Null when the display was revoked, has expired, or never was. */
  readonly shown: { readonly display: WallDisplay; readonly read: DashboardRead } | null;
}

export const handlers = define.handlers({
  async GET(ctx) {
    const wall = await wallOf(ctx);
    const wantsJson = ctx.req.headers.get("accept") === "application/json";
    if (wall === null) {
      return wantsJson
        ? new Response(null, { status: 401, headers: WALL_HEADERS })
        : page<Wall>({ theme: "dark", shown: null }, { status: 410, headers: WALL_HEADERS });
    }
    const read = await readDashboard(ctx, wall);
    if (wantsJson) return ctx.json(read, { headers: { ...WALL_HEADERS, vary: "accept" } });
    const asked = ctx.url.searchParams.get("theme");
    const theme = asked === "light" || asked === "dark" ? asked : wall.display.theme;
    return page<Wall>({ theme, shown: { display: wall.display, read } }, { headers: WALL_HEADERS });
  },
});

export default define.page<typeof handlers>(({ data: { theme, shown }, ...props }) => {
  const t = wordsOf(props);
  return (
    <html lang={languageOf(props)} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme} />
        <meta name="robots" content="noindex" />
        <title>{t("app.title", { page: shown?.display.name ?? t("wall.title") })}</title>
        <link rel="icon" href={asset("/icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={asset("/styles.css")} />
      </head>
      <body class="overflow-hidden">
        {shown === null
          ? (
            <main class="grid h-dvh place-content-center justify-items-center gap-4 px-6 text-center">
              <Mark size="size-16" outline />
              <h1 class="text-32 font-semibold">{t("wall.revokedTitle")}</h1>
              <p class="text-20 text-ink-2">{t("wall.revokedText")}</p>
            </main>
          )
          : (
            <WallLive
              spoken={t.spoken(...WALL_WORDS)}
              initial={shown.read}
              gateway={t("app.name")}
              name={shown.display.name}
              panels={[...shown.display.panels]}
            />
          )}
      </body>
    </html>
  );
});
