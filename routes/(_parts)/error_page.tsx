import type { Context } from "fresh";
import { HttpError } from "fresh";
import { Head } from "fresh/runtime";
import type { VNode } from "preact";
import { ButtonLink } from "../../components/button_link.tsx";
import { EmptyState } from "../../components/empty_state.tsx";
import type { T } from "../../services/i18n/mod.ts";
import { kindOf, problemResponse, PROBLEMS } from "../api/problem.ts";
import { wordsOf } from "../page.ts";
import type { State } from "../state.ts";

interface Failure {
  readonly kind: "error" | "forbidden" | "missing";
  readonly title: string;
  readonly text: string;
}

function failureOf(t: T, kind: ReturnType<typeof kindOf>, ctx: Context<State>): Failure {
  switch (kind) {
    case "not-found":
    case "method-not-allowed":
      return { kind: "missing", title: t("errors.notFoundTitle"), text: t("errors.notFoundText") };
    case "unauthenticated":
      return {
        kind: "forbidden",
        title: t("errors.unauthenticatedTitle"),
        text: t("errors.unauthenticatedText"),
      };
    case "forbidden":
      return {
        kind: "forbidden",
        title: t("errors.forbiddenTitle"),
        text: t("errors.forbiddenText", {
          role: t(`roles.${ctx.state.principal?.role ?? "client"}`),
          account: t("app.name"),
        }),
      };
    case "unavailable":
      return {
        kind: "error",
        title: t("errors.unavailableTitle"),
        text: t("errors.unavailableText", { service: "PostgreSQL" }),
      };
    default:
      return {
        kind: "error",
        title: t("errors.internalTitle"),
        text: t("errors.internalText", { id: ctx.state.requestId }),
      };
  }
}

function ErrorPage({ t, failure }: { readonly t: T; readonly failure: Failure }): VNode {
  return (
    <main id="content" class="grid min-h-dvh place-items-center">
      <Head>
        <title>{t("app.title", { page: failure.title })}</title>
      </Head>
      <EmptyState
        kind={failure.kind}
        level={1}
        title={failure.title}
        actions={<ButtonLink href="/">{t("errors.goDashboard")}</ButtonLink>}
      >
        {failure.text}
      </EmptyState>
    </main>
  );
}

/** An error that nothing further in has answered: a page for who asks for one, else a problem. */
export async function respondToError(ctx: Context<State>, error: unknown): Promise<Response> {
  const asksPage = ctx.req.headers.get("accept")?.includes("text/html") === true;
  if (!asksPage || ctx.url.pathname.startsWith("/api/")) {
    return problemResponse(error, ctx.state.requestId);
  }
  const kind = kindOf(error);
  // Logs what nobody expected, under the id that the page tells.
  const { status } = problemResponse(error, ctx.state.requestId);
  const t = wordsOf(ctx);
  const shown = error instanceof HttpError ? error.status : status ?? PROBLEMS[kind].status;
  return await ctx.render(<ErrorPage t={t} failure={failureOf(t, kind, ctx)} />, {
    status: shown,
  });
}
