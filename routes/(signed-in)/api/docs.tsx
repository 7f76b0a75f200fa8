import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AppShell } from "../../../components/app_shell.tsx";
import { ButtonLink } from "../../../components/button_link.tsx";
import { cx } from "../../../components/cx.ts";
import { PageHead } from "../../../components/page_head.tsx";
import { can, PERMISSIONS, type Principal } from "../../../services/auth/mod.ts";
import { principalOf, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define } from "../../state.ts";
import { OperationView } from "./(_parts)/operation_view.tsx";
import { type Operation, operations } from "./reference.ts";

interface Docs {
  readonly shell: Shell;
  readonly all: readonly Operation[];
  readonly shown: Operation | null;
  /** Whether it was asked for: then it stands alone where there is room for one column. */
  readonly chosen: boolean;
  readonly may: boolean;
}

function mayCall(principal: Principal, { access }: Operation): boolean {
  const permission = PERMISSIONS.find((each) => each === access);
  return permission === undefined || can(principal, permission);
}

export const handlers = define.handlers({
  async GET(ctx) {
    const principal = principalOf(ctx);
    const t = wordsOf(ctx);
    const all = operations();
    const asked = ctx.url.searchParams.get("op");
    const found = all.find(({ id }) => id === asked);
    const shown = found ?? all[0] ?? null;
    return page<Docs>({
      shell: await shellOf(ctx, { current: "api-docs", crumbs: [{ label: t("apiDocs.title") }] }),
      all,
      shown,
      chosen: found !== undefined,
      may: shown !== null && mayCall(principal, shown),
    });
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { all, chosen, may, shell, shown } = data;
  const tags = [...new Set(all.map(({ tag }) => tag))];
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("apiDocs.title") })}</title>
      </Head>
      <PageHead
        sub={t("apiDocs.intro")}
        actions={
          <>
            {chosen && (
              <ButtonLink kind="quiet" icon="chevron-left" href="/api/docs" class="lg:hidden">
                {t("apiDocs.requests")}
              </ButtonLink>
            )}
            <ButtonLink href="/api/openapi.json" icon="download">{t("apiDocs.openapi")}</ButtonLink>
          </>
        }
      />
      <div class="grid grid-cols-[18rem_minmax(0,1fr)] gap-4 max-lg:grid-cols-1">
        <nav
          aria-label={t("apiDocs.requests")}
          class={cx(
            "min-w-0 self-start rounded-6 border border-line-strong bg-surface p-2 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto",
            chosen && "max-lg:hidden",
          )}
        >
          {tags.map((tag) => (
            <details key={tag} open={tag === shown?.tag}>
              <summary class="cursor-pointer px-2 py-1.5 font-medium touch:py-3">{tag}</summary>
              <ul>
                {all.filter((each) => each.tag === tag).map(({ id, method, summary }) => (
                  <li key={id}>
                    <a
                      href={`/api/docs?op=${id}`}
                      class={cx(
                        "flex items-baseline gap-2 rounded-4 px-2 py-1 touch:py-3",
                        id === shown?.id ? "bg-pressed font-medium" : "hover:bg-hover",
                      )}
                      {...id === shown?.id ? { "aria-current": "page" } as const : {}}
                    >
                      <span class="w-11 flex-none font-mono text-11 text-ink-2">{method}</span>
                      <span class="min-w-0">{summary}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </nav>
        {shown !== null && (
          <div class={cx("min-w-0", !chosen && "max-lg:hidden")}>
            <OperationView t={t} operation={shown} origin={props.url.origin} may={may} />
          </div>
        )}
      </div>
    </AppShell>
  );
});
