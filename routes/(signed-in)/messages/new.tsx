import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import ComposeForm from "../../../islands/compose_form.tsx";
import { type Draft, faultsOf, type SendFault } from "../../../islands/compose_send.ts";
import { can } from "../../../services/auth/mod.ts";
import { ValidationError } from "../../../services/errors/mod.ts";
import { kindOf, PROBLEMS } from "../../api/problem.ts";
import { isId } from "../../forms.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";

interface ComposePage {
  readonly shell: Shell;
  readonly draft: Draft;
  readonly faults: readonly SendFault[];
  readonly sender: string | null;
  readonly key: string;
  readonly seesConnectors: boolean;
  readonly from: string | null;
}

/** The longest text that a form may bring; the composer stops there too. */
const MAX_TEXT = 2_000;

/** An idempotency key as the form makes them. */
type Ctx = Parameters<typeof shellOf>[0];

async function gather(ctx: Ctx, draft: Draft, faults: readonly SendFault[]): Promise<ComposePage> {
  const principal = requirePage(ctx, "messages:send");
  const { services } = ctx.state;
  const from = services.hub.position ?? null;
  const [shell, account] = await Promise.all([
    shellOf(ctx, { current: "messages", crumbs: [], live: true }),
    services.accounts.read(principal, principal.accountId),
  ]);
  const t = wordsOf(ctx);
  return {
    shell: {
      ...shell,
      crumbs: [{ label: t("messages.title"), href: "/messages" }, { label: t("compose.title") }],
    },
    draft,
    faults,
    sender: account.effective.settings.senderId ?? null,
    key: crypto.randomUUID(),
    seesConnectors: can(principal, "connectors:read"),
    from,
  };
}

function draftOf(values: URLSearchParams | FormData): Draft {
  const one = (name: string) => String(values.get(name) ?? "");
  return { to: one("to"), from: one("from"), text: one("text").replaceAll("\r\n", "\n") };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page<ComposePage>(await gather(ctx, draftOf(ctx.url.searchParams), []));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "messages:send");
    const form = await ctx.req.formData();
    const draft = draftOf(form);
    const key = String(form.get("key") ?? "");
    const from = draft.from.trim();
    try {
      if (draft.text.length > MAX_TEXT) throw new ValidationError("text", "Is too long");
      const { message } = await ctx.state.services.messages.send({
        accountId: principal.accountId,
        userId: principal.userId,
        ...isId(key) ? { idempotencyKey: key } : {},
      }, {
        to: draft.to.trim(),
        text: draft.text,
        ...from === "" ? {} : { from },
      });
      return ctx.redirect(`/messages/${message.id}`, 303);
    } catch (error) {
      const { status } = PROBLEMS[kindOf(error)];
      // What nobody expected is told and logged by the page of errors.
      if (status >= 500) throw error;
      const fields = error instanceof ValidationError ? error.faults.map(({ field }) => field) : [];
      return page<ComposePage>(await gather(ctx, draft, faultsOf(status, fields)), { status });
    }
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, draft, faults, sender, key, seesConnectors, from } = data;
  const t = wordsOf(props);
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("compose.title") })}</title>
      </Head>
      <ComposeForm
        spoken={t.spoken(
          "message",
          "messageStates",
          "messageStateNotes",
          "signals",
          "compose",
          "common",
          "errors",
          "messages",
          "form",
        )}
        draft={draft}
        faults={[...faults]}
        sender={sender}
        idempotencyKey={key}
        seesConnectors={seesConnectors}
        from={from}
      />
    </AppShell>
  );
});
