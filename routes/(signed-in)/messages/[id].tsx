import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import type { ApiMessageLife } from "../../../islands/message_api.ts";
import MessageLife from "../../../islands/message_life.tsx";
import { can } from "../../../services/auth/mod.ts";
import { NotFoundError } from "../../../services/errors/mod.ts";
import { spacedNumber } from "../../../services/i18n/mod.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { isId } from "../../forms.ts";
import { lifeShown, numbersOf } from "./shown.ts";

interface MessagePage {
  readonly shell: Shell;
  readonly message: ApiMessageLife;
  readonly seesConnectors: boolean;
  readonly maySend: boolean;
  readonly from: string | null;
  readonly readAt: number;
}

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = requirePage(ctx, "messages:read");
    const { services } = ctx.state;
    const id = ctx.params["id"] ?? "";
    if (!isId(id)) throw new NotFoundError(`There is no message ${id}`);
    const from = services.hub.position ?? null;
    const readAt = Date.now();
    const found = await services.messages.read(principal.scope, id);
    const shell = await shellOf(ctx, { current: "messages", crumbs: [], detail: true, live: true });
    const t = wordsOf(ctx);
    const seesConnectors = can(principal, "connectors:read");
    return page<MessagePage>({
      shell: {
        ...shell,
        crumbs: [
          { label: t("messages.title"), href: "/messages" },
          { label: spacedNumber(found.message.recipient) },
        ],
      },
      message: lifeShown(found, seesConnectors),
      seesConnectors,
      maySend: can(principal, "messages:send"),
      from,
      readAt,
    });
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, message, seesConnectors, maySend, from, readAt } = data;
  const t = wordsOf(props);
  const numbers = numbersOf([message.to], spacedNumber);
  return (
    <AppShell {...shell}>
      <Head>
        <title>
          {t("app.title", { page: t("message.title", { number: numbers[message.to] ?? "" }) })}
        </title>
      </Head>
      <MessageLife
        spoken={t.spoken(
          "message",
          "messageStates",
          "messageStateNotes",
          "signals",
          "compose",
          "common",
          "errors",
          "messages",
        )}
        message={message}
        numbers={numbers}
        seesConnectors={seesConnectors}
        maySend={maySend}
        from={from}
        readAt={readAt}
      />
    </AppShell>
  );
});
