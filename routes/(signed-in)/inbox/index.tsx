import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import InboxList from "../../../islands/inbox_list.tsx";
import type { ApiMo } from "../../../islands/message_api.ts";
import { withPlus } from "../../../islands/message_numbers.ts";
import { can } from "../../../services/auth/mod.ts";
import { spacedNumber } from "../../../services/i18n/mod.ts";
import { showMoMessage } from "../../api/v1/messages/schemas.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { isId } from "../../forms.ts";
import { numbersOf } from "../messages/shown.ts";

/** Rows of a page. */
const LIMIT = 50;

interface InboxPage {
  readonly shell: Shell;
  readonly rows: readonly ApiMo[];
  readonly newer: string | null;
  readonly older: string | null;
  readonly seesConnectors: boolean;
  readonly maySend: boolean;
  readonly from: string | null;
  readonly readAt: number;
}

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "messages:read");
    const { services } = ctx.state;
    const asked = ctx.url.searchParams.get("cursor") ?? "";
    const cursor = isId(asked) ? asked : null;
    const from = services.hub.position ?? null;
    const readAt = Date.now();
    const [shell, list] = await Promise.all([
      shellOf(ctx, {
        current: "inbox",
        crumbs: [{ label: wordsOf(ctx)("inbox.title") }],
        // An older page is as it was.
        live: cursor === null,
      }),
      services.messages.inbox(principal.scope, {
        limit: LIMIT,
        ...cursor === null ? {} : { cursor },
      }),
    ]);
    const seesConnectors = can(principal, "connectors:read");
    return page<InboxPage>({
      shell,
      rows: list.items.map((message) => showMoMessage(message, seesConnectors)),
      newer: cursor === null ? null : "/inbox",
      older: list.nextCursor === null ? null : `/inbox?cursor=${list.nextCursor}`,
      seesConnectors,
      maySend: can(principal, "messages:send"),
      from,
      readAt,
    });
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, rows, newer, older, seesConnectors, maySend, from, readAt } = data;
  const t = wordsOf(props);
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("inbox.title") })}</title>
      </Head>
      <InboxList
        spoken={t.spoken("inbox", "messages", "table", "paging", "live", "empty", "common")}
        rows={[...rows]}
        numbers={numbersOf(
          rows.flatMap(({ from: sender, to }) => [withPlus(sender), withPlus(to)]),
          spacedNumber,
        )}
        newer={newer}
        older={older}
        newest={newer === null}
        limit={LIMIT}
        seesConnectors={seesConnectors}
        maySend={maySend}
        from={from}
        readAt={readAt}
      />
    </AppShell>
  );
});
